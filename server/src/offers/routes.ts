import { fail } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { acceptOffer } from './accept-offer.ts';
import { cancelOffer } from './cancel-offer.ts';
import type { BetDesk } from './desk.ts';
import { placeOffer } from './place-offer.ts';
import { findBetOfPlayer, findBetsByPlayer, findOfferOfPlayer, findOpenOffersByPlayer } from './queries.ts';
import { quoteSlip } from './quote-slip.ts';

export function registerOffers(
  implement: Implement,
  deps: { readonly db: Db; readonly desk: BetDesk },
): void {
  const { db, desk } = deps;

  implement('POST /markets/:marketId/offers', ({ caller, params, body }) =>
    placeOffer(desk, caller, { ...body, marketId: Number(params.marketId) }),
  );
  implement('POST /markets/:marketId/offers/:offerId/accept', ({ caller, params, body }) =>
    acceptOffer(desk, caller, { ...body, marketId: Number(params.marketId), offerId: params.offerId }),
  );
  implement('POST /markets/:marketId/offers/:offerId/cancel', ({ caller, params, body }) =>
    cancelOffer(desk, caller, { ...body, marketId: Number(params.marketId), offerId: params.offerId }),
  );
  implement('GET /markets/:marketId/slip', async ({ caller, params, query }) => {
    const door = await desk.enter(Number(params.marketId), caller);
    return quoteSlip(door.ruleCard, xof(Number(query.stakeXof)), xof(Number(query.askXof)));
  });
  implement('GET /offers', async ({ caller }) => ({
    offers: await findOpenOffersByPlayer(db, caller.playerId),
  }));
  implement('GET /offers/:offerId', async ({ caller, params }) => {
    return (await findOfferOfPlayer(db, params.offerId, caller.playerId)) ?? fail('not_found');
  });
  implement('GET /bets', async ({ caller, query }) => ({
    bets: await findBetsByPlayer(db, caller.playerId, query.before ?? null),
  }));
  implement('GET /bets/:betId', async ({ caller, params }) => {
    return (await findBetOfPlayer(db, params.betId, caller.playerId)) ?? fail('not_found');
  });
}
