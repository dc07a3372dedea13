/** Compliance has dealt with an alert, and says how. What happens afterwards raises a new one. */
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { lockAlert, recordClosed } from './queries.ts';

export function closePlayAlert(
  db: Db,
  staff: StaffIdentity,
  {
    operationId,
    alertId,
    note,
  }: { readonly operationId: string; readonly alertId: number; readonly note: string },
): Promise<{ readonly alertId: number }> {
  const command = {
    operationId,
    command: 'close-play-alert',
    target: `play-alert ${alertId}`,
    input: { note },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const { isClosed } = (await lockAlert(tx, alertId)) ?? fail('not_found');
    if (isClosed) fail('alert_already_closed');
    await recordClosed(tx, alertId, { staffId: staff.staffId, note: note.trim() });
    return { alertId };
  });
}
