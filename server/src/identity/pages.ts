import { ceilingsOf } from '#core/ceilings.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { readSettings } from '../settings/open-settings.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { sendDocument } from './send-document.ts';
import { showIdentity } from './show-identity.ts';

export function registerIdentityPages(site: PlayerPages, deps: IdentityDeps): void {
  const identityPage = async (caller: PlayerIdentity, slip: string, isNew: boolean) => {
    const identity = await showIdentity(deps.db, caller);
    const values = await readSettings(deps.db);
    const ceilings = {
      now: ceilingsOf(values, identity.tier),
      identified: ceilingsOf(values, 'identified'),
    };
    return { page: 'identity' as const, view: { identity, ceilings, isNew, slip } };
  };

  site.page('GET /moi/identite', ({ caller, query, newSlip }) =>
    identityPage(caller, newSlip(), query.fait === 'envoi'),
  );

  site.form('POST /moi/identite', {
    whereIs: () => '/moi/identite',
    act: async ({ caller, form: { slip: _, ...form }, files, slip }) => {
      const { front, back } = files;
      const pictures = { ...(front && { front }), ...(back && { back }) };
      await sendDocument(deps, caller, { ...form, operationId: slip.operationId, pictures });
      return { seeOther: '/moi/identite?fait=envoi' };
    },
    again: ({ caller, newSlip }) => identityPage(caller, newSlip(), false),
  });
}
