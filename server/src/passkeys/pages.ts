/** "My keys", on both sites. A key is added by the page's script; everything else works without one. */
import { originOf, type PlayerIdentity, type StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PlayerPages } from '../player-pages.ts';
import { listPasskeys, removePasskey, renamePasskey } from './manage-passkeys.ts';
import type { PasskeyDeps } from './passkey-deps.ts';

type News = 'ajout' | 'nom' | 'retrait';

export function registerPlayerPasskeyPages(site: PlayerPages, { db }: PasskeyDeps): void {
  const page = async (caller: PlayerIdentity, news: News | null) => ({
    page: 'passkeys' as const,
    view: { passkeys: await listPasskeys(db, caller), news },
  });
  site.page('GET /moi/cles', ({ caller, query }) => page(caller, query.fait ?? null));
  site.form('POST /moi/cles/:passkeyId/nom', {
    whereIs: () => '/moi/cles',
    act: async ({ caller, params, form, request }) => {
      await renamePasskey(db, caller, { ...params, ...form, origin: originOf(request) });
      return { seeOther: '/moi/cles?fait=nom' };
    },
    again: ({ caller }) => page(caller, null),
  });
  site.form('POST /moi/cles/:passkeyId/retirer', {
    whereIs: () => '/moi/cles',
    act: async ({ caller, params, request }) => {
      await removePasskey(db, caller, { ...params, origin: originOf(request) });
      return { seeOther: '/moi/cles?fait=retrait' };
    },
    again: ({ caller }) => page(caller, null),
  });
}

export function registerOfficePasskeyPages(site: OfficePages, { db }: PasskeyDeps): void {
  const page = async (caller: StaffIdentity, news: News | null) => ({
    page: 'passkeys' as const,
    view: { passkeys: await listPasskeys(db, caller), news },
  });
  site.page('GET /cles', ({ caller, query }) => page(caller, query.fait ?? null));
  site.form('POST /cles/:passkeyId/nom', {
    whereIs: () => '/cles',
    act: async ({ caller, params, form, request }) => {
      await renamePasskey(db, caller, { ...params, ...form, origin: originOf(request) });
      return { seeOther: '/cles?fait=nom' };
    },
    again: ({ caller }) => page(caller, null),
  });
  site.form('POST /cles/:passkeyId/retirer', {
    whereIs: () => '/cles',
    act: async ({ caller, params, request }) => {
      await removePasskey(db, caller, { ...params, origin: originOf(request) });
      return { seeOther: '/cles?fait=retrait' };
    },
    again: ({ caller }) => page(caller, null),
  });
}
