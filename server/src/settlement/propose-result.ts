/** A result: one member of staff proposes it, another confirms it. Neither can hold bets at all. */
import { type BoutEnding, hasWinner } from '#core/bout.ts';
import { fail } from '#core/errors.ts';
import type { Side } from '#core/market.ts';
import { lockMarketOfBout } from '../bouts/lock-market.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';

/** The first result of a bout; a correction is a second version. */
export const FIRST_VERSION = 1;

export interface ProposeResult {
  readonly operationId: string;
  readonly boutId: number;
  readonly ending: BoutEnding;
  readonly winnerSide?: Side | undefined;
  /** The official sheet, or where the verdict was read. */
  readonly source: string;
}

export interface ResultNamed {
  readonly operationId: string;
  readonly resultId: string;
}

/** Proposes the result of a closed bout whose root is published. The result's id is the operation's. */
export function proposeResult(db: Db, staff: StaffIdentity, asked: ProposeResult): Promise<ResultNamed> {
  const { operationId, boutId, ending, winnerSide, source } = asked;
  const input = { ending, winnerSide: winnerSide ?? null, source };
  const command = { operationId, command: 'propose-result', target: `bout ${boutId}`, input };
  return runStaffCommand(db, staff, command, async (tx) => {
    if (hasWinner(ending) && winnerSide === undefined) fail('winner_missing');
    if (!hasWinner(ending) && winnerSide !== undefined) fail('winner_not_expected');
    const market = await lockMarketOfBout(tx, staff, boutId);
    if (market.state === 'settling' || market.state === 'settled') fail('result_already_confirmed');
    if (market.state !== 'closed') fail('bout_state_forbids', { state: market.state });
    if (!market.hasRoot) fail('root_not_published');
    const inserted = await tx.query(
      `INSERT INTO result (id, bout_id, version, ending, winner_side, source, proposed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (bout_id, version) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id`,
      [operationId, boutId, FIRST_VERSION, ending, winnerSide ?? null, source, staff.staffId],
    );
    if (inserted.length === 0) fail('result_already_proposed');
    return { operationId, resultId: operationId };
  });
}

/** Takes a proposed result back before it is confirmed: anyone who may run the gala. */
export function withdrawResult(
  db: Db,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly boutId: number; readonly resultId: string },
): Promise<ResultNamed> {
  const { operationId, boutId, resultId } = asked;
  const command = { operationId, command: 'withdraw-result', target: `bout ${boutId}`, input: { resultId } };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockMarketOfBout(tx, staff, boutId);
    const result = await findLivingResult(tx, boutId);
    if (result === null || result.id !== resultId) return fail('result_absent');
    if (result.isConfirmed) fail('result_already_confirmed');
    await tx.query('UPDATE result SET withdrawn_at = clock_timestamp() WHERE id = $1', [resultId]);
    return { operationId, resultId };
  });
}

export interface LivingResult {
  readonly id: string;
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  readonly proposedBy: string;
  readonly isConfirmed: boolean;
}

/** The result of a bout that is proposed or confirmed, not withdrawn. */
export async function findLivingResult(tx: Tx, boutId: number): Promise<LivingResult | null> {
  return first(
    await tx.query<LivingResult>(
      `SELECT id, ending, winner_side AS "winnerSide", proposed_by AS "proposedBy", confirmed_at IS NOT NULL AS "isConfirmed"
       FROM result WHERE bout_id = $1 AND version = $2 AND withdrawn_at IS NULL`,
      [boutId, FIRST_VERSION],
    ),
  );
}
