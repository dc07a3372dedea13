/**
 * Asks the provider to give a payment back to whoever made it, as two people decided. Their decision is committed before
 * the provider hears of it; what it does not say is asked again, and moves nothing here.
 */
import type { PaymentProvider, RefundAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { bookRefund } from './book-refund.ts';
import { lockItem } from './lock-item.ts';
import { findRefund, type RefundRow, recordRefundEnd } from './refund-queries.ts';

const AGAIN_AFTER_MS_MIN = 5_000;
const AGAIN_AFTER_MS_MAX = 10 * 60_000;

/** Safe to run any number of times, also at once: a refund is one at the provider. */
export async function refundPayment(
  deps: Pick<WalletDeps, 'db' | 'jobs' | 'log' | 'providers'>,
  refundId: string,
): Promise<void> {
  const refund = await findRefund(deps.db, refundId);
  if (refund?.state !== 'asked') return;
  const answer = await ask(deps, deps.providers[refund.provider], refund);
  await deps.db.transaction(async (tx) => {
    const item = await lockItem(tx, refund.paymentId);
    // Read again under the lock.
    if ((await findRefund(tx, refundId))?.state !== 'asked') return;
    if (answer.kind === 'refunded') {
      await bookRefund(tx, deps, item, null);
      await recordRefundEnd(tx, refundId, { state: 'refunded', reason: null });
    } else if (answer.kind === 'refused' || answer.kind === 'absent') {
      const reason = answer.kind === 'refused' ? answer.reason : 'order_refused';
      await recordRefundEnd(tx, refundId, { state: 'refused', reason });
      deps.log.error({ payment: refund.paymentId, reason }, 'a provider does not give a payment back');
    } else {
      const afterMs = Math.min(Math.max(refund.ageMs / 2, AGAIN_AFTER_MS_MIN), AGAIN_AFTER_MS_MAX);
      await deps.jobs.send(tx, 'refund-payment', { refundId }, { afterMs });
    }
  });
}

async function ask(
  { log }: Pick<WalletDeps, 'log'>,
  provider: PaymentProvider | undefined,
  { id, session, transaction }: RefundRow,
): Promise<RefundAnswer> {
  if (provider?.refundDeposit === undefined) return { kind: 'unknown', detail: 'nobody to ask' };
  try {
    return await provider.refundDeposit({ session, transaction });
  } catch (error) {
    log.error({ err: error, refund: id }, 'the provider did not answer a refund');
    return { kind: 'unknown', detail: 'no answer' };
  }
}
