/** Betting the same again: the page that shows it, and the tap that does what it showed. */
import { fail } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { acceptOffer } from './accept-offer.ts';
import { placeOffer } from './place-offer.ts';
import { findInvitedPhone } from './queries.ts';
import { type Past, readPast, showRebet } from './show-rebet.ts';
import type { OfferPageDeps } from './slip-request.ts';

export function registerRebetPages(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, desk } = deps;
  site.page('GET /rejouer/:pastId', async ({ caller, params, newSlip }) => ({
    page: 'rebet',
    view: await showPage(deps, caller, params.pastId, newSlip),
  }));

  site.form('POST /rejouer/:pastId', {
    whereIs: ({ pastId }) => `/rejouer/${pastId}`,
    act: async ({ caller, params, form, slip }) => {
      const past = await readPast(db, caller, params.pastId);
      const { operationId, validUntil } = slip;
      const marketId = Number(form.marketId);
      const { side, stakeXof, askXof, offerId } = form;
      if (offerId !== undefined) {
        const acceptance = { operationId, marketId, offerId, stakeXof, validUntil };
        const { bet } = await acceptOffer(desk, caller, acceptance);
        return { seeOther: `/paris/${bet.betId}?nouveau=1` };
      }
      const audience = await audienceOf(deps, caller, past);
      await placeOffer(desk, caller, {
        operationId,
        marketId,
        side,
        stakeXof,
        askXof,
        validUntil,
        ...audience,
      });
      return { seeOther: `/defis/${operationId}?nouveau=1` };
    },
    again: async ({ caller, params, newSlip }) => ({
      page: 'rebet',
      view: await showPage(deps, caller, params.pastId, newSlip),
    }),
  });
}

async function showPage(deps: OfferPageDeps, player: PlayerIdentity, pastId: string, newSlip: () => string) {
  const past = await readPast(deps.db, player, pastId);
  const { boutName, pick, stakeXof } = past;
  return { pastId, boutName, pick, stakeXof, rebet: await showRebet(deps, player, past, newSlip) };
}

/** A private challenge is for the same person again; its number is never on a page. */
async function audienceOf({ db }: OfferPageDeps, player: PlayerIdentity, { pastId, audience }: Past) {
  if (audience === null) return {};
  if (audience === 'link') return { byLink: true };
  return { invitedPhone: (await findInvitedPhone(db, pastId, player.playerId)) ?? fail('not_found') };
}
