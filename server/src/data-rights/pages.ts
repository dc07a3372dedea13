import { fail } from '#core/errors.ts';
import { originOf, type PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { showProfile } from '../players/show-profile.ts';
import { readSettings } from '../settings/open-settings.ts';
import { payoutOf } from '../withdrawals/pay-out-balance.ts';
import { closeAccount } from './close-account.ts';
import type { DataDeps } from './data-deps.ts';
import { fetchExport, requestExport } from './export-data.ts';
import { findEngaged } from './queries.ts';
import { showData } from './show-data.ts';

export function registerDataPages(site: PlayerPages, deps: DataDeps): void {
  const { db } = deps;
  const dataPage = async (caller: PlayerIdentity, slip: string, done: 'copie' | 'fermeture' | null) => ({
    page: 'data' as const,
    view: { ...(await showData(db, caller)), done, slip },
  });
  site.page('GET /moi/donnees', ({ caller, query, newSlip }) =>
    dataPage(caller, newSlip(), query.fait ?? null),
  );

  site.form('POST /moi/donnees/copie', {
    whereIs: () => '/moi/donnees',
    act: async ({ caller, slip: { operationId }, request }) => {
      await requestExport(deps, caller, { operationId, origin: originOf(request) });
      return { seeOther: '/moi/donnees?fait=copie' };
    },
    again: ({ caller, newSlip }) => dataPage(caller, newSlip(), null),
  });

  site.page('GET /moi/donnees/copies/:exportId', async ({ caller, params: { exportId }, request, reply }) => {
    const file = await fetchExport(deps, caller, { exportId, origin: originOf(request) });
    if (file === null) return fail('not_found');
    await reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="mes-donnees-mbayar.zip"')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(file);
    return { answered: true };
  });

  const closingPage = async (caller: PlayerIdentity, slip: string) => {
    const { openOfferCount, duelCount, availableXof } = await findEngaged(db, caller);
    const { amountXof, remainderXof } = payoutOf(availableXof, await readSettings(db));
    const { closure } = await showData(db, caller);
    const { maskedPhone } = await showProfile(db, caller);
    return {
      page: 'closing' as const,
      view: { closure, openOfferCount, duelCount, payoutXof: amountXof, remainderXof, maskedPhone, slip },
    };
  };
  site.page('GET /moi/donnees/fermer', ({ caller, newSlip }) => closingPage(caller, newSlip()));

  site.form('POST /moi/donnees/fermer', {
    whereIs: () => '/moi/donnees/fermer',
    act: async ({ caller, slip: { operationId }, request }) => {
      const { state } = await closeAccount(deps, caller, { operationId, origin: originOf(request) });
      return { seeOther: state === 'closed' ? '/compte-ferme' : '/moi/donnees?fait=fermeture' };
    },
    again: ({ caller, newSlip }) => closingPage(caller, newSlip()),
  });

  site.page('GET /compte-ferme', async () => ({ page: 'closed', view: {} }));
}
