import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { nameProvider } from '../payments/name-provider.ts';
import type { Providers } from '../payments/provider.ts';
import { findDeadDeposits } from './queries.ts';

export function registerOfficeDepositPages(
  site: OfficePages,
  { db, providers }: { readonly db: Db; readonly providers: Providers },
): void {
  site.page('GET /depots-a-voir', async () => {
    const dead = await findDeadDeposits(db);
    const deposits = dead.map(({ provider, requestedAt, endedAt, ...one }) => ({
      ...one,
      provider: nameProvider(providers, provider),
      requestedAt: requestedAt.toISOString(),
      endedAt: endedAt.toISOString(),
    }));
    return { page: 'deadDeposits', view: { deposits } };
  });
}
