import type { Static } from 'typebox';
import type { SettlementView } from '#core/api/results.ts';
import { fail } from '#core/errors.ts';
import { lockBoutFor } from '../bouts/lock-market.ts';
import { findTrueWhistle } from '../bouts/record-true-whistle.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { requirePoolRoots } from '../pool-whistle/require-pool-roots.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { openedMarkets } from './propose-result.ts';
import { findSettlementsOfBout } from './queries.ts';
import { findLivingResult } from './result-queries.ts';
import { startSettlements } from './start-settlements.ts';

export interface ConfirmResult {
  readonly operationId: string;
  readonly boutId: number;
  /** The result he read and confirms. */
  readonly resultId: string;
}

export interface ConfirmedResult {
  readonly operationId: string;
  readonly resultId: string;
  /** One a market that is paid now, in id order; one that waits for the homologation has none. */
  readonly settlements: Static<typeof SettlementView>[];
}

/**
 * Confirms a proposed result, the first or a correction: another person. The settlement of every market of the bout
 * starts in the same transaction; a correction waits for the one before it to be done.
 */
export function confirmResult(
  deps: { readonly db: Db; readonly jobs: Jobs },
  staff: StaffIdentity,
  asked: ConfirmResult,
): Promise<ConfirmedResult> {
  const { operationId, boutId, resultId } = asked;
  const command = { operationId, command: 'confirm-result', target: `bout ${boutId}`, input: { resultId } };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const bout = await lockBoutFor(tx, staff, boutId);
    const result = await findLivingResult(tx, boutId);
    if (result === null || result.id !== resultId) return fail('result_absent');
    if (result.isConfirmed) fail('result_already_confirmed');
    if (result.proposedBy === staff.staffId) fail('same_person');
    const whistle = await findTrueWhistle(tx, boutId);
    if (whistle !== null && whistle.confirmedBy === null) fail('true_whistle_unconfirmed');
    if (openedMarkets(bout).some(({ hasRoot }) => !hasRoot)) fail('root_not_published');
    await requirePoolRoots(tx, boutId);

    await tx.query('UPDATE result SET confirmed_by = $2, confirmed_at = clock_timestamp() WHERE id = $1', [
      resultId,
      staff.staffId,
    ]);
    await startSettlements(tx, deps.jobs, bout, result);
    const settlements = await findSettlementsOfBout(tx, boutId, result.version);
    return { operationId, resultId, settlements };
  });
}
