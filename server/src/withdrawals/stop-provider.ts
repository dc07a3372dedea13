/** Finance stops deposits or withdrawals at a provider, or lets them go on; what was asked for meanwhile waits. */
import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import type { ProviderName } from '../payments/provider.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { type ProviderSide, recordStopped } from './provider-state.ts';

export interface StopProvider {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly side: ProviderSide;
  readonly isStopped: boolean;
  readonly note: string;
}

export function stopProvider(
  deps: WalletDeps,
  staff: StaffIdentity,
  { operationId, provider, side, isStopped, note }: StopProvider,
) {
  const name = isStopped ? 'stop-provider' : 'resume-provider';
  const target = `provider ${provider}`;
  const command = { operationId, command: name, target, input: { side, note } };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    if (!Object.hasOwn(deps.providers, provider)) fail('not_found');
    return recordStopped(tx, { provider, side, isStopped, note, staffId: staff.staffId });
  });
}
