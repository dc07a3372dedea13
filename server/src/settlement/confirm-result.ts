import type { Static } from 'typebox';
import type { SettlementView } from '#core/api/bouts.ts';
import { fail } from '#core/errors.ts';
import { winnerOutcome } from '#core/settlement.ts';
import { lockMarketOfBout } from '../bouts/lock-market.ts';
import { findTrueWhistle } from '../bouts/record-true-whistle.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { uuidV5 } from '../uuid.ts';
import { FIRST_VERSION, findLivingResult } from './propose-result.ts';
import { findSettlement } from './queries.ts';

export interface ConfirmResult {
  readonly operationId: string;
  readonly boutId: number;
  /** The result he read and confirms. */
  readonly resultId: string;
}

export interface ConfirmedResult {
  readonly operationId: string;
  readonly resultId: string;
  readonly settlement: Static<typeof SettlementView>;
}

/** Confirms a proposed result: another person. Settlement starts in the same transaction. */
export function confirmResult(
  deps: { readonly db: Db; readonly jobs: Jobs },
  staff: StaffIdentity,
  asked: ConfirmResult,
): Promise<ConfirmedResult> {
  const { operationId, boutId, resultId } = asked;
  const command = { operationId, command: 'confirm-result', target: `bout ${boutId}`, input: { resultId } };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const market = await lockMarketOfBout(tx, staff, boutId);
    const result = await findLivingResult(tx, boutId);
    if (result === null || result.id !== resultId) return fail('result_absent');
    if (result.isConfirmed) fail('result_already_confirmed');
    if (result.proposedBy === staff.staffId) fail('same_person');
    const whistle = await findTrueWhistle(tx, boutId);
    if (whistle !== null && whistle.confirmedBy === null) fail('true_whistle_unconfirmed');

    await tx.query('UPDATE result SET confirmed_by = $2, confirmed_at = clock_timestamp() WHERE id = $1', [
      resultId,
      staff.staffId,
    ]);
    await tx.query('UPDATE bout SET state = $2 WHERE id = $1', [
      boutId,
      result.ending === 'cancelled' ? 'cancelled' : 'decided',
    ]);
    await tx.query(
      `INSERT INTO settlement (id, market_id, version, result_id, outcome, duel_count)
       SELECT $1, $2, $3, $4, $5, count(*) FROM duel WHERE market_id = $2`,
      [
        uuidV5(`settlement:${market.id}`, FIRST_VERSION),
        market.id,
        FIRST_VERSION,
        resultId,
        winnerOutcome(result.ending, result.winnerSide),
      ],
    );
    await tx.query(`UPDATE market SET state = 'settling' WHERE id = $1`, [market.id]);
    await deps.jobs.send(tx, 'settle-market', { marketId: market.id });
    const settlement = (await findSettlement(tx, market.id)) ?? fail('internal');
    return { operationId, resultId, settlement };
  });
}
