import type { BoutEnding } from '#core/bout.ts';
import type { Side } from '#core/market.ts';
import { type Xof, ZERO_XOF } from '#core/money.ts';
import { type Db, first } from '../db.ts';

/** A result that waits for its second person. */
export interface Proposal {
  readonly resultId: string;
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  readonly source: string;
  readonly proposedBy: string;
  readonly proposedById: string;
}

export async function findProposal(db: Db, boutId: number): Promise<Proposal | null> {
  return first(
    await db.query<Proposal>(
      `SELECT r.id AS "resultId", r.ending, r.winner_side AS "winnerSide", r.source, s.name AS "proposedBy",
         s.id AS "proposedById"
       FROM result r JOIN staff s ON s.id = r.proposed_by
       WHERE r.bout_id = $1 AND r.withdrawn_at IS NULL AND r.confirmed_at IS NULL`,
      [boutId],
    ),
  );
}

export interface WhistleSeen {
  readonly at: string;
  readonly proposedBy: string;
  readonly proposedById: string;
  readonly confirmedBy: string | null;
}

export async function findTrueWhistleSeen(db: Db, boutId: number): Promise<WhistleSeen | null> {
  const row = first(
    await db.query<Omit<WhistleSeen, 'at'> & { at: Date }>(
      `SELECT w.at, p.name AS "proposedBy", p.id AS "proposedById", c.name AS "confirmedBy"
       FROM true_whistle w JOIN staff p ON p.id = w.proposed_by LEFT JOIN staff c ON c.id = w.confirmed_by
       WHERE w.bout_id = $1`,
      [boutId],
    ),
  );
  return row === null ? null : { ...row, at: row.at.toISOString() };
}

/** Francs in open offers, and how many duels, in a market. */
export async function countStakes(db: Db, marketId: number): Promise<{ openXof: Xof; duelCount: number }> {
  const row = first(
    await db.query<{ openXof: Xof; duelCount: number }>(
      `SELECT coalesce((SELECT sum(open_xof) FROM offer WHERE market_id = $1 AND is_open), 0)::bigint AS "openXof",
         (SELECT count(*) FROM duel WHERE market_id = $1) AS "duelCount"`,
      [marketId],
    ),
  );
  return row ?? { openXof: ZERO_XOF, duelCount: 0 };
}
