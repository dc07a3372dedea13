/**
 * Finance closes a day: its statement was read to the end, nothing on it is open, and the last run explains the account.
 * Its figures are kept. No money moves, so one person is enough.
 */
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { findDays, insertClosedDay } from './day-queries.ts';
import { DAY_GRACE_MINUTES } from './read-statements.ts';
import { findLastRun } from './run-queries.ts';

export interface CloseDay {
  readonly operationId: string;
  readonly provider: string;
  readonly account: string;
  readonly day: string;
}

export function closeDay(
  { db }: { readonly db: Db },
  staff: StaffIdentity,
  { operationId, provider, account, day }: CloseDay,
): Promise<{ readonly day: string }> {
  const command = {
    operationId,
    command: 'close-day',
    target: `account ${account}`,
    input: { provider, account, day },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const of = { provider, account };
    const [figures] = await findDays(tx, of, { day, graceMinutes: DAY_GRACE_MINUTES, limit: 1 });
    if (figures === undefined) return fail('not_found');
    if (!figures.isWhole) fail('day_not_over');
    const run = (await findLastRun(tx, of)) ?? fail('day_not_over');
    if (figures.openCount > 0 || figures.waitingCount > 0 || run.unexplainedXof !== 0) fail('day_has_breaks');
    const isNew = await insertClosedDay(tx, { ...of, day, staffId: staff.staffId, runId: run.id, figures });
    if (!isNew) fail('day_closed');
    return { day };
  });
}
