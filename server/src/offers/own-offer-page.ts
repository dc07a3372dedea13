/** The page of one of a player's own offers: its receipt, its bets, what to hand on, the answers to it. */
import type { FastifyRequest } from 'fastify';
import type { OfferPageView, OfferShare } from '#core/api/player-pages.ts';
import { challengePath } from '#core/bet-paths.ts';
import { fail } from '#core/errors.ts';
import { opposite } from '#core/market.ts';
import { winnerQuestion } from '#core/question.ts';
import { showBout } from '../bouts/show-bouts.ts';
import { languageOf, type Origins, type PlayerIdentity } from '../http.ts';
import { type Challenge, findChallenge, findCounterOffers } from './challenge-queries.ts';
import type { BetDesk } from './desk.ts';
import { marcheOf, marketWords } from './market-words.ts';
import { findBetsOfOffer, findOfferOfPlayer } from './queries.ts';
import { readPast, showRebet } from './show-rebet.ts';
import type { OfferPageDeps } from './slip-request.ts';

interface OwnOfferCall {
  /** Just placed. */
  readonly isNew: boolean;
  readonly request: FastifyRequest;
  newSlip(): string;
}

export async function showOwnOffer(
  deps: OfferPageDeps,
  player: PlayerIdentity,
  offerId: string,
  { isNew, request, newSlip }: OwnOfferCall,
): Promise<OfferPageView> {
  const { db, desk, origins } = deps;
  const offer = (await findOfferOfPlayer(db, offerId, player.playerId)) ?? fail('not_found');
  const challenge = (await findChallenge(db, offerId)) ?? fail('not_found');
  const { bout, market } = await showBout(db, player, offer.boutId, offer.marketId);
  const isTaking = market?.state === 'open' || market?.state === 'suspended';
  const words = marketWords(market?.question ?? winnerQuestion, bout);
  const link = isTaking ? linkTo(desk, origins, challenge) : null;
  const share: OfferShare | null =
    link === null
      ? null
      : {
          link,
          language: languageOf(request),
          takerPick: words.sides[opposite(offer.side)].pick,
          takerXof: challenge.offer.takerXof,
          takerNetXof: challenge.offer.takerNetXof,
        };
  const counters = isTaking ? await findCounterOffers(db, offerId) : [];
  return {
    offer,
    marche: marcheOf(market),
    bets: await findBetsOfOffer(db, player.playerId, offerId),
    isNew,
    isTest: player.isTest,
    slip: newSlip(),
    share,
    rebet: await showRebet(deps, player, await readPast(db, player, offerId), newSlip),
    counters: counters.map((counter) => ({ offer: counter.offer, slip: newSlip() })),
  };
}

/** Where the other finds it; null when there is nothing to take any more, or when it is for one person who knows. */
function linkTo(desk: BetDesk, origins: Origins, challenge: Challenge): string | null {
  const { offer, boutId, visibility, isExpired } = challenge;
  if (offer.openXof === 0 || isExpired) return null;
  switch (visibility) {
    case 'public':
      return `${origins.player}/combats/${boutId}/defis/${offer.offerId}`;
    case 'phone':
      return `${origins.player}${challengePath(offer.offerId, null)}`;
    case 'link':
      return `${origins.player}${challengePath(offer.offerId, desk.challengeKey(offer.offerId))}`;
    case 'counter':
      return null;
  }
}
