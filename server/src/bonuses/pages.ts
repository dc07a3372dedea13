import type { PlayerPages } from '../player-pages.ts';
import { mayReceiveMarketing } from '../responsible-play/may-receive-marketing.ts';
import type { BonusPageDeps } from './routes.ts';
import { showBonus, showBonusStatement, showReferral } from './show-bonus.ts';

export function registerBonusPages(site: PlayerPages, { db, origins }: BonusPageDeps): void {
  site.page('GET /portefeuille/bonus', async ({ caller, query }) => ({
    page: 'bonus',
    view: {
      bonus: await showBonus(db, caller),
      ...(await showBonusStatement(db, caller, query.before ?? null)),
    },
  }));

  site.page('GET /parrainer', async ({ caller }) => ({
    page: 'referral',
    view: {
      referral: await showReferral(db, caller, origins),
      mayInvite: await mayReceiveMarketing(db, caller.playerId),
    },
  }));
}
