import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { findObjectedBet } from './queries.ts';
import { raiseObjection } from './raise-objection.ts';
import { showBetObjection } from './show-objection.ts';

export function registerObjectionPages(site: PlayerPages, { db }: { readonly db: Db }): void {
  const show = async (player: PlayerIdentity, betId: string, newSlip: () => string) => ({
    page: 'objection' as const,
    view: {
      betId,
      bet: (await findObjectedBet(db, player.playerId, betId)) ?? fail('not_found'),
      about: await showBetObjection(db, player, betId),
      slip: newSlip(),
    },
  });
  site.page('GET /paris/:betId/reclamation', ({ caller, params, newSlip }) =>
    show(caller, params.betId, newSlip),
  );
  site.form('POST /paris/:betId/reclamation', {
    whereIs: ({ betId }) => `/paris/${betId}/reclamation`,
    act: async ({ caller, params, form: { reason }, slip: { operationId } }) => {
      await raiseObjection(db, caller, { operationId, ...params, reason });
      return { seeOther: `/paris/${params.betId}/reclamation` };
    },
    again: ({ caller, params, newSlip }) => show(caller, params.betId, newSlip),
  });
}
