import type { DepositState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { lockDeposit, recordDepositState } from './queries.ts';

/** The deposit's lock comes before the player's balance, here as everywhere: who will end its review takes it first. */
export async function lockForReview(tx: Tx, depositId: string): Promise<void> {
  await lockDeposit(tx, depositId);
}

/**
 * People decided where the money of a deposit in review goes. A deposit that was decided before, when a second payment
 * for it is, stays as it is.
 */
export async function endReview(
  tx: Tx,
  depositId: string,
  end: {
    readonly state: Extract<DepositState, 'credited' | 'refused' | 'returned'>;
    readonly reason: PaymentReason | null;
  },
): Promise<void> {
  const deposit = await lockDeposit(tx, depositId);
  if (deposit.state === 'review') await recordDepositState(tx, depositId, end.state, end.reason);
}
