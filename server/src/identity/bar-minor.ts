/** Compliance shuts betting to a player whose mobile account is a minor's, as the provider said; the alert is dealt with. */
import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { barPlayer } from './bar-player.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { lockAlert, recordAlertClosed } from './queries.ts';

export function barMinor(
  deps: IdentityDeps,
  staff: StaffIdentity,
  { operationId, alertId }: { readonly operationId: string; readonly alertId: number },
): Promise<{ readonly alertId: number }> {
  const command = { operationId, command: 'bar-minor', target: `alert ${alertId}`, input: {} };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const alert = await lockAlert(tx, alertId);
    // A document's alert is acted on where the document is looked at.
    if (alert === null || alert.kind !== 'account_of_minor') return fail('not_found');
    if (alert.isClosed) return fail('alert_already_closed');
    await recordAlertClosed(tx, alertId, staff.staffId);
    await barPlayer(tx, deps.jobs, alert.playerId);
    return { alertId };
  });
}
