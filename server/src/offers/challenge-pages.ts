/** The pages of one offer: to accept it, to take it back, to hand it on, to answer it. */
import { challengePath } from '#core/bet-paths.ts';
import { fail } from '#core/errors.ts';
import { leftByLimit } from '#core/stake-allowance.ts';
import type { PlayerPages } from '../player-pages.ts';
import { acceptOffer } from './accept-offer.ts';
import { cancelOffer } from './cancel-offer.ts';
import { showAcceptPage, showChallengePage, sightOf } from './challenge-page.ts';
import { findChallenge } from './challenge-queries.ts';
import { showOwnOffer } from './own-offer-page.ts';
import { acceptRequest, type OfferPageDeps, readAmount } from './slip-request.ts';

export function registerChallengePages(site: PlayerPages, deps: OfferPageDeps): void {
  registerAccepting(site, deps);
  registerTakingBack(site, deps);
  registerShowing(site, deps);
}

function registerAccepting(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, desk } = deps;
  site.page('GET /combats/:boutId/defis/:offerId', async ({ caller, params, query, newSlip }) => {
    const { offerId } = params;
    const challenge = await findChallenge(db, offerId);
    const sight = challenge === null ? null : sightOf(desk, caller, challenge, undefined);
    if (challenge === null || sight === null) return fail('offer_not_found');
    if (sight !== 'open') return { seeOther: challengePath(offerId, null) };
    const request = await acceptRequest(deps, caller, challenge, newSlip);
    const { stakeXof = null, cancels = null } = query;
    const asked = { stakeXof, cancels, leftXof: null };
    return { page: 'accept', view: await showAcceptPage(db, request, challenge, asked) };
  });

  site.form('POST /combats/:boutId/defis/:offerId/accepter', {
    whereIs: ({ boutId, offerId }, { cle }) =>
      cle === undefined ? `/combats/${boutId}/defis/${offerId}` : challengePath(offerId, cle),
    act: async ({ caller, params, form, slip }) => {
      const { operationId, validUntil } = slip;
      const { offerId } = params;
      const { marketId } = (await findChallenge(db, offerId)) ?? fail('offer_not_found');
      const { bet } = await acceptOffer(desk, caller, {
        operationId,
        marketId,
        offerId,
        stakeXof: form.stakeXof,
        challengeKey: form.cle,
        cancelsOfferId: form.cancels,
        validUntil,
      });
      return { seeOther: `/paris/${bet.betId}?nouveau=1` };
    },
    again: async ({ caller, params, request: asked, newSlip }, problem) => {
      const { code, typed } = problem;
      const { offerId } = params;
      const leftXof = leftByLimit(problem);
      const challenge = (await findChallenge(db, offerId)) ?? fail('offer_not_found');
      const sight = sightOf(desk, caller, challenge, typed['cle']) ?? fail('offer_not_found');
      if (challenge.answersOfferId !== null && sight === 'answer') {
        const view = await showOwnOffer(deps, caller, challenge.answersOfferId, {
          isNew: false,
          request: asked,
          newSlip,
        });
        return { page: 'offer', view };
      }
      const request = await acceptRequest(deps, caller, challenge, newSlip);
      // After a race the amount that was refused helps nobody: the page proposes what is left.
      const stakeXof = code === 'offer_taken' ? null : readAmount(typed['stakeXof']);
      if (sight === 'for_me') {
        const cle = typed['cle'] ?? null;
        return {
          page: 'challenge',
          view: await showChallengePage(db, request, challenge, { cle, stakeXof, leftXof }),
        };
      }
      const cancels = typed['cancels'] ?? null;
      const view = await showAcceptPage(db, request, challenge, { stakeXof, cancels, leftXof });
      return { page: 'accept', view };
    },
  });
}

function registerTakingBack(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, desk } = deps;
  site.form('POST /combats/:boutId/defis/:offerId/retirer', {
    whereIs: ({ offerId }) => `/defis/${offerId}`,
    act: async ({ caller, params, slip }) => {
      const { offerId } = params;
      const { marketId } = (await findChallenge(db, offerId)) ?? fail('offer_not_found');
      await cancelOffer(desk, caller, { operationId: slip.operationId, marketId, offerId });
      return { seeOther: `/defis/${offerId}` };
    },
    again: async ({ caller, params, request, newSlip }) => ({
      page: 'offer',
      view: await showOwnOffer(deps, caller, params.offerId, { isNew: false, request, newSlip }),
    }),
  });
}

function registerShowing(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, desk } = deps;
  site.page('GET /defis/:offerId', async ({ caller, params, query, request: asked, newSlip }) => {
    const { offerId } = params;
    const { cle = null, stakeXof = null } = query;
    const challenge = await findChallenge(db, offerId);
    const sight = challenge === null ? null : sightOf(desk, caller, challenge, query.cle);
    if (challenge === null || sight === null) {
      // Nobody learns which offers there are: who is not logged in may be the one it is for.
      const suite = encodeURIComponent(challengePath(offerId, cle));
      return caller === null ? { seeOther: `/connexion?suite=${suite}` } : fail('offer_not_found');
    }
    if (sight === 'own' && caller !== null) {
      const isNew = query.nouveau === '1';
      return {
        page: 'offer',
        view: await showOwnOffer(deps, caller, offerId, { isNew, request: asked, newSlip }),
      };
    }
    if (sight === 'answer') return { seeOther: challengePath(challenge.answersOfferId ?? offerId, null) };
    if (sight === 'open') return { seeOther: `/combats/${challenge.boutId}/defis/${offerId}` };
    const request = await acceptRequest(deps, caller, challenge, newSlip);
    return {
      page: 'challenge',
      view: await showChallengePage(db, request, challenge, { cle, stakeXof, leftXof: null }),
    };
  });
}
