/**
 * Books one payment of a provider's, once, whoever hears of it first: its row is unique by (provider, transaction), and
 * the id of its transfer follows from it. What is not what was asked for waits in suspense for people; money for who
 * may not play goes back to its payer.
 */
import { depositCredited, depositReturned, paymentSuspended } from '#core/ledger.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import { depositBookedId } from '../ledger/transfer-ids.ts';
import { hashOperation } from '../operations/operation.ts';
import type { Payment, ProviderName } from '../payments/provider.ts';
import { refuseDepositor } from '../responsible-play/refuse-deposit.ts';
import { uuidV5 } from '../uuid.ts';
import { clearingOf, pendingOf } from '../wallet/provider-accounts.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { returnPayment } from '../withdrawals/return-payment.ts';
import { type DepositRow, findDepositPaidBy, insertIncomingPayment, type PaymentState } from './queries.ts';

export type BookDeps = Pick<WalletDeps, 'log' | 'jobs' | 'providers'>;

export interface Fate {
  readonly state: PaymentState;
  readonly reason: PaymentReason | null;
}

/** Under the deposit's lock. Null when this payment is booked already for this deposit. */
export async function bookPayment(
  tx: Tx,
  deps: BookDeps,
  deposit: DepositRow,
  payment: Payment,
): Promise<Fate | null> {
  // Who excludes himself takes this lock: he has done it before, or does it after.
  await lockBalances(tx, [deposit.accountId]);
  const fate = await fateOf(tx, deposit, payment);
  const { provider, playerId, accountId, isTest } = deposit;
  const isNew = await book(tx, deps, {
    ...fate,
    provider,
    isTest,
    payment,
    depositId: deposit.id,
    player: { playerId, accountId },
  });
  if (isNew) return fate;
  const paidFor = await findDepositPaidBy(tx, provider, payment.transaction);
  return paidFor === deposit.id ? null : { state: 'review', reason: 'payment_counted_before' };
}

/** Money that no deposit of ours asked for. False when it is booked already. */
export function bookStrangePayment(
  tx: Tx,
  deps: BookDeps,
  of: { readonly provider: ProviderName; readonly isTest: boolean; readonly payment: Payment },
): Promise<boolean> {
  return book(tx, deps, {
    ...of,
    state: 'review',
    reason: 'reference_unknown',
    depositId: null,
    player: null,
  });
}

async function fateOf(tx: Tx, deposit: DepositRow, payment: Payment): Promise<Fate> {
  if ((await refuseDepositor(tx, deposit.playerId)) !== null) {
    return { state: 'returned', reason: 'player_may_not_play' };
  }
  if (payment.amountXof !== deposit.amountXof) return { state: 'review', reason: 'amount_differs' };
  const isOwn = payment.payerPhone === null || payment.payerPhone === deposit.phone;
  return isOwn ? { state: 'credited', reason: null } : { state: 'review', reason: 'payer_differs' };
}

interface Booking extends Fate {
  readonly provider: ProviderName;
  readonly isTest: boolean;
  readonly payment: Payment;
  readonly depositId: string | null;
  readonly player: { readonly playerId: string; readonly accountId: number } | null;
}

async function book(tx: Tx, deps: BookDeps, booking: Booking): Promise<boolean> {
  const { provider, payment, player, state, reason } = booking;
  const id = uuidV5(`payment ${provider}`, payment.transaction);
  const isNew = await insertIncomingPayment(tx, { ...booking, id, playerId: player?.playerId ?? null });
  if (!isNew) return false;
  if (state === 'review') deps.log.error({ payment: id, reason }, 'a payment waits for people');
  await post(tx, deps, booking, id);
  return true;
}

/** One transfer for each payment, whatever its fate. */
async function post(tx: Tx, deps: BookDeps, booking: Booking, paymentId: string): Promise<void> {
  const { provider, isTest, player, state } = booking;
  const { amountXof } = booking.payment;
  const clearing = await clearingOf(tx, deps.providers, { provider, isTest, side: 'deposits' });
  const id = depositBookedId(paymentId);
  const actorId = player?.playerId ?? paymentId;
  const inputHash = hashOperation({ id, kind: 'book-payment', actorId, input: { amountXof } });
  if (state === 'credited' && player !== null) {
    const postings = depositCredited({ clearing, player: player.accountId, amountXof });
    await postTransfers(tx, [{ id, kind: 'deposit_credited', inputHash, postings }]);
  } else if (state === 'returned') {
    const pending = await pendingOf(tx, { provider, isTest });
    const postings = depositReturned({ clearing, pending, amountXof });
    await postTransfers(tx, [{ id, kind: 'deposit_returned', inputHash, postings }]);
    await returnPayment(tx, deps, paymentId);
  } else {
    const suspense = await openAccount(tx, 'suspense', provider, isTest);
    const postings = paymentSuspended({ clearing, suspense, amountXof });
    await postTransfers(tx, [{ id, kind: 'payment_suspended', inputHash, postings }]);
  }
}
