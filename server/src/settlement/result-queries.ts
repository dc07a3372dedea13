import type { BoutResult } from '#core/outcome.ts';
import { first, type Tx } from '../db.ts';

export interface NewResult extends BoutResult {
  readonly id: string;
  readonly boutId: number;
  readonly version: number;
  readonly voidMarketIds: readonly number[];
  readonly source: string;
  readonly reason: string | null;
  readonly proposedBy: string;
}

/** False when the bout has a living result of that version. */
export async function insertResult(tx: Tx, result: NewResult): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO result (id, bout_id, version, ending, winner_side, wrestled_seconds, void_market_ids, source, reason, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (bout_id, version) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id`,
    [
      result.id,
      result.boutId,
      result.version,
      result.ending,
      result.winnerSide,
      result.wrestledSeconds,
      result.voidMarketIds,
      result.source,
      result.reason,
      result.proposedBy,
    ],
  );
  return rows.length > 0;
}

export async function insertPostponed(
  tx: Tx,
  result: { readonly id: string; readonly boutId: number; readonly source: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO result (id, bout_id, version, ending, source, confirmed_at)
     VALUES ($1, $2, 1, 'postponed', $3, clock_timestamp())`,
    [result.id, result.boutId, result.source],
  );
}

/** A result that stands or is about to: what settlements are started from. */
export interface LivingResult extends BoutResult {
  readonly id: string;
  readonly version: number;
  readonly voidMarketIds: readonly number[];
  /** Null when the job made it. */
  readonly proposedBy: string | null;
  readonly isConfirmed: boolean;
}

const RESULT = `SELECT id, version, ending, winner_side AS "winnerSide", wrestled_seconds AS "wrestledSeconds",
    void_market_ids AS "voidMarketIds", proposed_by AS "proposedBy", confirmed_at IS NOT NULL AS "isConfirmed"
  FROM result WHERE bout_id = $1 AND withdrawn_at IS NULL`;

/** The newest result of a bout that is proposed or confirmed, not withdrawn. */
export async function findLivingResult(tx: Tx, boutId: number): Promise<LivingResult | null> {
  return first(await tx.query<LivingResult>(`${RESULT} ORDER BY version DESC LIMIT 1`, [boutId]));
}

/** The result of a bout that stands now: the newest that two people agreed on. */
export async function findStandingResult(tx: Tx, boutId: number): Promise<LivingResult | null> {
  return first(
    await tx.query<LivingResult>(`${RESULT} AND confirmed_at IS NOT NULL ORDER BY version DESC LIMIT 1`, [
      boutId,
    ]),
  );
}
