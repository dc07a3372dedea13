/** Finance reads the statements now. The providers are asked first; that somebody asked for it is written down with the figures. */
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type RunFound, reconcile } from './reconcile.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';

export async function runReconciliation(
  deps: ReconciliationDeps,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly provider?: string | undefined },
): Promise<readonly RunFound[]> {
  const { operationId, provider } = asked;
  const found = await reconcile(deps, { provider, staffId: staff.staffId });
  const command = {
    operationId,
    command: 'run-reconciliation',
    target: `provider ${provider ?? 'all'}`,
    input: {},
  };
  await runStaffCommand(deps.db, staff, command, async () => ({ runIds: found.map(({ id }) => id) }));
  return found;
}
