/** An offer as the one sees it who may take it, and how an offer is there for a person at all. */
import type { AcceptPageView, ChallengePageView, OfferState } from '#core/api/player-pages.ts';
import { opposite } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { type Bout, showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { type Challenge, findOwnCounter } from './challenge-queries.ts';
import type { BetDesk } from './desk.ts';
import { findBetsOfOffer } from './queries.ts';
import { missing, nothingToTake, subjectOf, takingOf } from './slip-page.ts';
import type { SlipRequest } from './slip-request.ts';

/** own: he made it · open: everybody may take it · for_me: he alone, or by its link · answer: to an offer of his. */
export type Sight = 'own' | 'open' | 'for_me' | 'answer';

/** Null: there is no such offer for him. */
export function sightOf(
  desk: Pick<BetDesk, 'isChallengeKey'>,
  player: PlayerIdentity | null,
  { offer, makerId, visibility, invitedPlayerId }: Challenge,
  cle: string | undefined,
): Sight | null {
  if (player?.playerId === makerId) return 'own';
  const isInvited = player !== null && player.playerId === invitedPlayerId;
  switch (visibility) {
    case 'public':
      return 'open';
    case 'link':
      return desk.isChallengeKey(offer.offerId, cle) ? 'for_me' : null;
    case 'phone':
      return isInvited ? 'for_me' : null;
    case 'counter':
      return isInvited ? 'answer' : null;
  }
}

/** The slip of an acceptance: of an offer that everybody may take. */
export async function showAcceptPage(
  db: Db,
  request: SlipRequest,
  challenge: Challenge,
  asked: {
    readonly stakeXof: Xof | null;
    readonly cancels: string | null;
    /** What a limit has just left. */
    readonly leftXof: number | null;
  },
): Promise<AcceptPageView> {
  const { player } = request;
  const { offer } = challenge;
  const bout = await showBout(db, player, challenge.boutId, challenge.marketId);
  const ruleCard = bout.market?.ruleCard ?? null;
  const state = stateOf(challenge, bout.market);
  const stakeXof = asked.stakeXof ?? xof(offer.takerXof);
  const isThere = ruleCard !== null && state === 'open';
  const ownBets = player === null ? [] : await findBetsOfOffer(db, player.playerId, offer.offerId);
  const ownCounter = player === null ? null : await findOwnCounter(db, offer.offerId, player.playerId);
  // What waits in his own answer comes back with the tap.
  const availableXof =
    request.availableXof === null ? null : request.availableXof + (ownCounter?.openXof ?? 0);
  return {
    subject: subjectOf(bout, opposite(offer.side)),
    offer,
    state,
    ownBetId: ownBets.at(-1)?.betId ?? null,
    stakeXof,
    ...(isThere ? takingOf(offer, ruleCard, stakeXof, asked.leftXof) : nothingToTake),
    canSplit: isThere && offer.takerXof >= 2 * ruleCard.limits.stakeMinXof,
    cancels: asked.cancels ?? ownCounter?.offerId ?? null,
    ...missing({ ...request, availableXof }, stakeXof),
    slip: request.newSlip(),
  };
}

/** The same of a private one, with all that is to be known before taking it. */
export async function showChallengePage(
  db: Db,
  request: SlipRequest,
  challenge: Challenge,
  asked: { readonly cle: string | null; readonly stakeXof: Xof | null; readonly leftXof: number | null },
): Promise<ChallengePageView> {
  const { boutId, marketId, offer, expiresAt } = challenge;
  const bout = await showBout(db, request.player, boutId, marketId);
  return {
    ...(await showAcceptPage(db, request, challenge, { ...asked, cancels: null })),
    cle: asked.cle,
    makerPick: subjectOf(bout, offer.side).pick,
    expiresAt,
    ruleCard: bout.market?.ruleCard ?? null,
    ruleCardHash: bout.market?.ruleCardHash ?? null,
  };
}

function stateOf({ offer, isExpired, cameBack }: Challenge, market: Bout['market']): OfferState {
  if (market === null || (market.state !== 'open' && market.state !== 'suspended')) return 'over';
  if (cameBack) return isExpired ? 'expired' : 'withdrawn';
  if (offer.openXof === 0) return 'taken';
  return isExpired ? 'expired' : market.state;
}
