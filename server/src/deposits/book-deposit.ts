import { depositCredited, depositReturned, paymentSuspended } from '#core/ledger.ts';
import { mayDepositBecome } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import { hashOperation } from '../operations/operation.ts';
import type { DepositAnswer, Payment } from '../payments/provider.ts';
import { refuseDepositor } from '../responsible-play/refuse-deposit.ts';
import { uuidV5 } from '../uuid.ts';
import { clearingOf, pendingOf } from '../wallet/provider-accounts.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { returnPayment } from '../withdrawals/return-payment.ts';
import {
  type DepositRow,
  findDepositPaidBy,
  insertIncomingPayment,
  lockDeposit,
  type PaymentState,
  recordDepositState,
} from './queries.ts';

type BookDeps = Pick<WalletDeps, 'log' | 'jobs' | 'providers'>;

/**
 * Books what the provider said of a deposit, under the deposit's lock. Each payment of the provider's is booked once,
 * whoever comes first, and two payments for one deposit are both real. Money that is not what was asked for waits in
 * suspense for people; money for who may not play goes back to its payer.
 */
export async function bookDeposit(
  tx: Tx,
  deps: BookDeps,
  id: string,
  answer: DepositAnswer,
): Promise<DepositRow> {
  const deposit = await lockDeposit(tx, id);
  if (answer.kind === 'paid') {
    let state = deposit.state;
    for (const payment of answer.payments) {
      const booked = await bookPayment(tx, deps, deposit, payment);
      if (booked !== null && mayDepositBecome(state, booked.state)) {
        await recordDepositState(tx, id, booked.state, booked.reason);
        state = booked.state;
      }
    }
    return { ...deposit, state };
  }
  if (answer.kind !== 'refused' || !mayDepositBecome(deposit.state, 'refused')) return deposit;
  await recordDepositState(tx, id, 'refused', answer.reason);
  return { ...deposit, state: 'refused', reason: answer.reason };
}

interface Fate {
  readonly state: PaymentState;
  readonly reason: PaymentReason | null;
}

/** Null when this payment is booked already for this deposit. */
async function bookPayment(
  tx: Tx,
  deps: BookDeps,
  deposit: DepositRow,
  payment: Payment,
): Promise<Fate | null> {
  // Who excludes himself takes this lock: he has done it before, or does it after.
  await lockBalances(tx, [deposit.accountId]);
  const fate = await fateOf(tx, deposit, payment);
  const { provider, playerId, isTest } = deposit;
  const id = uuidV5(`payment ${provider}`, payment.transaction);
  const isNew = await insertIncomingPayment(tx, {
    ...fate,
    id,
    provider,
    playerId,
    isTest,
    payment,
    depositId: deposit.id,
  });
  if (!isNew) {
    const paidFor = await findDepositPaidBy(tx, provider, payment.transaction);
    return paidFor === deposit.id ? null : { state: 'review', reason: 'payment_counted_before' };
  }
  if (fate.state === 'review')
    deps.log.error({ payment: id, reason: fate.reason }, 'a payment waits for people');
  await post(tx, deps, deposit, { ...payment, id, state: fate.state });
  return fate;
}

async function fateOf(tx: Tx, deposit: DepositRow, payment: Payment): Promise<Fate> {
  if ((await refuseDepositor(tx, deposit.playerId)) !== null) {
    return { state: 'returned', reason: 'player_may_not_play' };
  }
  if (payment.amountXof !== deposit.amountXof) return { state: 'review', reason: 'amount_differs' };
  const isOwn = payment.payerPhone === null || payment.payerPhone === deposit.phone;
  return isOwn ? { state: 'credited', reason: null } : { state: 'review', reason: 'payer_differs' };
}

/** One transfer for each payment, whatever its fate: its id follows from the payment. */
async function post(
  tx: Tx,
  deps: BookDeps,
  { provider, isTest, accountId, playerId }: DepositRow,
  payment: Payment & { readonly id: string; readonly state: PaymentState },
): Promise<void> {
  const { amountXof } = payment;
  const clearing = await clearingOf(tx, deps.providers, { provider, isTest, side: 'deposits' });
  const id = uuidV5(`payment ${payment.id}`, 'booked');
  const inputHash = hashOperation({ id, kind: 'book-payment', actorId: playerId, input: { amountXof } });
  if (payment.state === 'credited') {
    const postings = depositCredited({ clearing, player: accountId, amountXof });
    await postTransfers(tx, [{ id, kind: 'deposit_credited', inputHash, postings }]);
  } else if (payment.state === 'review') {
    const suspense = await openAccount(tx, 'suspense', provider, isTest);
    const postings = paymentSuspended({ clearing, suspense, amountXof });
    await postTransfers(tx, [{ id, kind: 'payment_suspended', inputHash, postings }]);
  } else {
    const pending = await pendingOf(tx, { provider, isTest });
    const postings = depositReturned({ clearing, pending, amountXof });
    await postTransfers(tx, [{ id, kind: 'deposit_returned', inputHash, postings }]);
    await returnPayment(tx, deps, payment.id);
  }
}
