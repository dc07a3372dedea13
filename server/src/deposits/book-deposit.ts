import { type DepositState, mayDepositBecome } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { type BookDeps, bookPayment } from './book-payment.ts';
import { type DepositRow, lockDeposit, recordDepositState } from './queries.ts';

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
        const fate = await bookPayment(tx, deps, deposit, payment);
        if (fate !== null) await move(fate.state, fate.reason);
      }
      break;
    case 'refused':
      await move('refused', answer.reason);
      break;
    case 'expired':
      await move('expired', 'deposit_expired');
      break;
    case 'unreadable':
      deps.log.error({ deposit: id, detail: answer.detail }, 'a deposit cannot be read');
      await move('review', 'amount_unreadable', answer.detail);
      break;
    case 'waiting':
    case 'absent':
    case 'later':
    case 'closed':
    case 'unknown':
      break;
  }
  return deposit;
}
