/** What holds for an allocation when it is proposed and again when it is confirmed. */
import { fail } from '#core/errors.ts';
import { type AllocationChoice, allocationChoicesOf } from '#core/reconciliation.ts';
import type { Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Providers } from '../payments/provider.ts';
import { refuseDepositor } from '../responsible-play/refuse-deposit.ts';
import { isStaffPhone, type SuspenseRow } from './queries.ts';

export async function judgeAllocation(
  tx: Tx,
  { providers }: { readonly providers: Providers },
  staff: StaffIdentity,
  item: SuspenseRow,
  of: { readonly choice: AllocationChoice; readonly playerId: string | null },
): Promise<void> {
  if (!item.isOpen) fail('suspense_settled');
  if (item.isRefunding) fail('allocation_waiting');
  if (item.payerPhone !== null && (await isStaffPhone(tx, staff.staffId, item.payerPhone))) {
    fail('allocation_own_account');
  }
  if (!choicesOf(providers, item).includes(of.choice)) fail('allocation_does_not_fit');
  if (of.choice !== 'player' && of.choice !== 'payer') return;
  if (of.playerId === null) return fail('allocation_player_unknown');
  if (of.choice === 'player' && (await refuseDepositor(tx, of.playerId)) !== null) {
    fail('allocation_player_barred');
  }
}

/** None while the provider is asked to give it back. */
export function choicesOf(providers: Providers, item: SuspenseRow): AllocationChoice[] {
  if (item.isRefunding) return [];
  const canRefund = providers[item.provider]?.refundDeposit !== undefined;
  return allocationChoicesOf({ ...item, hasPayer: payerOf(item) !== null, canRefund });
}

/** To whose account its way back belongs: a withdrawal is always somebody's. */
export function payerOf({ playerId, payerId }: SuspenseRow): string | null {
  return playerId ?? payerId;
}
