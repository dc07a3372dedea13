import { isPaymentReason, paymentReasons } from '#core/payment-reasons.ts';
import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import type { Providers } from '../payments/provider.ts';
import { findDeadDeposits } from './queries.ts';

export function registerOfficeDepositPages(
  site: OfficePages,
  { db, providers }: { readonly db: Db; readonly providers: Providers },
): void {
  site.page('GET /depots-a-voir', async () => {
    const dead = await findDeadDeposits(db);
    const deposits = dead.map(({ provider, reason, requestedAt, endedAt, ...one }) => ({
      ...one,
      provider: providers[provider]?.label ?? provider,
      reason: isPaymentReason(reason) ? paymentReasons[reason].fr : reason,
      requestedAt: requestedAt.toISOString(),
      endedAt: endedAt.toISOString(),
    }));
    return { page: 'deadDeposits', view: { deposits } };
  });
}
