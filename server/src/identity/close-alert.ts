/** Compliance has dealt with an alert. */
import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { lockAlert, recordAlertClosed } from './queries.ts';

export function closeAlert(
  deps: IdentityDeps,
  staff: StaffIdentity,
  { operationId, alertId }: { readonly operationId: string; readonly alertId: number },
): Promise<{ readonly alertId: number }> {
  const command = { operationId, command: 'close-alert', target: `alert ${alertId}`, input: {} };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const alert = (await lockAlert(tx, alertId)) ?? fail('not_found');
    if (alert.isClosed) return fail('alert_already_closed');
    await recordAlertClosed(tx, alertId, staff.staffId);
    return { alertId };
  });
}
