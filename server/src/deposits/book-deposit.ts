import { type DepositState, mayDepositBecome } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { raiseMinorAlert } from '../identity/raise-minor-alert.ts';
import type { DepositAnswer, Payment } from '../payments/provider.ts';
import { type BookDeps, bookPayment, bookStrangePayment, type Fate } from './book-payment.ts';
import {
  type DepositRow,
  findDepositOf,
  lockDeposit,
  recordDepositEvent,
  recordDepositState,
} from './queries.ts';

/**
 * Books what the provider said of a deposit, under the deposit's lock. Two payments for one deposit are both real; money
 * that comes after we gave up is credited all the same; nothing takes a deposit out of `credited`.
 */
export async function bookDeposit(
  tx: Tx,
  deps: BookDeps,
  id: string,
  answer: DepositAnswer,
): Promise<DepositRow> {
  let deposit = await lockDeposit(tx, id);
  const move = async (to: DepositState, reason: PaymentReason | null, detail: string | null = null) => {
    if (!mayDepositBecome(deposit.state, to)) return;
    await recordDepositState(tx, id, to, reason, detail);
    deposit = { ...deposit, state: to, reason };
  };
  switch (answer.kind) {
    case 'paid':
      for (const payment of answer.payments) {
        const fate = await bookOne(tx, deps, deposit, payment);
        if (fate === null) continue;
        // A second payment: the deposit stays what the first one made it, and its history tells of both.
        if (mayDepositBecome(deposit.state, fate.state)) await move(fate.state, fate.reason);
        else await recordDepositEvent(tx, id, fate.state, fate.reason);
      }
      break;
    case 'refused':
      await move('refused', answer.reason);
      await raiseMinorAlert(tx, deposit.playerId, answer.reason);
      break;
    case 'expired':
      await move('expired', 'deposit_expired');
      break;
    case 'unreadable':
      deps.log.error({ deposit: id, detail: answer.detail }, 'a deposit cannot be read');
      await move('review', 'amount_unreadable', answer.detail);
      break;
    case 'waiting':
      // The last try to pay failed: he reads why, and may try again.
      if (answer.reason !== undefined && deposit.state === 'requested' && answer.reason !== deposit.reason) {
        await recordDepositState(tx, id, 'requested', answer.reason);
        await raiseMinorAlert(tx, deposit.playerId, answer.reason);
        deposit = { ...deposit, reason: answer.reason };
      }
      break;
    case 'absent':
    case 'later':
    case 'closed':
    case 'unknown':
      break;
  }
  return deposit;
}

/** A payment that names none of this deposit's sessions was not made for it. */
async function bookOne(tx: Tx, deps: BookDeps, deposit: DepositRow, payment: Payment): Promise<Fate | null> {
  const { id, provider, isTest } = deposit;
  const { reference } = payment;
  const owner = reference === null ? id : await findDepositOf(tx, provider, { reference, session: null });
  if (owner === id) return bookPayment(tx, deps, deposit, payment);
  // Another deposit of ours is looked at by itself; its row is not locked here.
  if (owner === null) await bookStrangePayment(tx, deps, { provider, isTest, payment });
  return null;
}
