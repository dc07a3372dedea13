/** A payment has gone back to whoever made it: it leaves suspense, and its deposit, if it had one, has ended. */
import { suspenseSettled } from '#core/ledger.ts';
import type { Tx } from '../db.ts';
import { endReview } from '../deposits/end-review.ts';
import { openAccount, postTransfers } from '../ledger/post.ts';
import { suspenseSettledId } from '../ledger/transfer-ids.ts';
import { hashOperation } from '../operations/operation.ts';
import { settleBreak, settleBreakOfPayment } from '../reconciliation/settle-break.ts';
import { clearingOf } from '../wallet/provider-accounts.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { recordPaymentEnd, type SuspenseRow } from './queries.ts';

/**
 * Under the payment's lock. `breakId`: the statement told of the way back before people did, as of a movement that is
 * nothing of ours. It is in suspense with its sign, where the two make nothing, and the clearing account has moved.
 */
export async function bookRefund(
  tx: Tx,
  { providers }: Pick<WalletDeps, 'providers'>,
  item: SuspenseRow,
  breakId: string | null,
): Promise<void> {
  if (breakId === null) await post(tx, providers, item);
  else await settleBreak(tx, breakId, 0);
  await recordPaymentEnd(tx, item.id, { state: 'refunded', playerId: null });
  await settleBreakOfPayment(tx, item.id);
  if (item.depositId !== null) {
    await endReview(tx, item.depositId, { state: 'returned', reason: 'sent_back' });
  }
}

async function post(
  tx: Tx,
  providers: WalletDeps['providers'],
  { id: itemId, provider, isTest, amountXof }: SuspenseRow,
): Promise<void> {
  const from = await openAccount(tx, 'suspense', provider, isTest);
  const to = await clearingOf(tx, providers, { provider, isTest, side: 'deposits' });
  const id = suspenseSettledId(itemId);
  const kind = 'suspense_settled';
  const inputHash = hashOperation({ id, kind, actorId: itemId, input: { amountXof } });
  await postTransfers(tx, [{ id, kind, inputHash, postings: suspenseSettled({ from, to, amountXof }) }]);
}
