/**
 * The ends of a withdrawal and their postings. `paid` and `refused` share one transfer id, which keeps a withdrawal from
 * being paid and given back; a reversal has one of its own.
 */
import { withdrawalPaid, withdrawalRefused, withdrawalReversed } from '#core/ledger.ts';
import { mayWithdrawalBecome } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { raiseMinorAlert } from '../identity/raise-minor-alert.ts';
import { postTransfers } from '../ledger/post.ts';
import { withdrawalEndedId, withdrawalReversedId } from '../ledger/transfer-ids.ts';
import { hashOperation } from '../operations/operation.ts';
import type { Providers } from '../payments/provider.ts';
import { clearingOf, pendingOf } from '../wallet/provider-accounts.ts';
import { recordWithdrawalState, type WithdrawalRow } from './queries.ts';

export interface End {
  readonly state: 'paid' | 'refused' | 'reversed';
  readonly transaction?: string | null;
  readonly reason?: PaymentReason | null;
  readonly detail?: string | null;
}

/** Under the withdrawal's lock. False when it cannot end this way any more: somebody else was first. */
export async function endWithdrawal(
  tx: Tx,
  providers: Providers,
  withdrawal: WithdrawalRow,
  end: End,
): Promise<boolean> {
  const { id, provider, isTest, accountId: player, amountXof } = withdrawal;
  if (!mayWithdrawalBecome(withdrawal.state, end.state)) return false;
  await recordWithdrawalState(tx, id, end.state, end);
  // The way back of a payment goes to whoever made it: what is said of him is not said of the player.
  if (withdrawal.isOwnNumber) await raiseMinorAlert(tx, withdrawal.playerId, end.reason);
  const pending = await pendingOf(tx, { provider, isTest });
  const clearing = await clearingOf(tx, providers, { provider, isTest, side: 'withdrawals' });
  if (end.state === 'paid') {
    await post(tx, withdrawal, 'withdrawal_paid', withdrawalPaid({ pending, clearing, amountXof }));
  } else if (end.state === 'refused' || withdrawal.state !== 'paid') {
    // Reversed before we knew that it was paid: our books never saw it leave.
    await post(tx, withdrawal, 'withdrawal_refused', withdrawalRefused({ pending, player, amountXof }));
  } else {
    await post(tx, withdrawal, 'withdrawal_reversed', withdrawalReversed({ clearing, player, amountXof }));
  }
  return true;
}

async function post(
  tx: Tx,
  { id, playerId, amountXof }: WithdrawalRow,
  kind: 'withdrawal_paid' | 'withdrawal_refused' | 'withdrawal_reversed',
  postings: ReturnType<typeof withdrawalPaid>,
): Promise<void> {
  const transferId = kind === 'withdrawal_reversed' ? withdrawalReversedId(id) : withdrawalEndedId(id);
  const inputHash = hashOperation({ id: transferId, kind, actorId: playerId, input: { amountXof } });
  await postTransfers(tx, [{ id: transferId, kind, inputHash, postings }]);
}
