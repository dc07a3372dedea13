/** A private offer as the one it is for sees it, and how an offer is there for a person at all. */
import type { ChallengePageView } from '#core/api/player-pages.ts';
import { opposite } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import type { Challenge } from './challenge-queries.ts';
import type { BetDesk } from './desk.ts';
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

export async function showChallengePage(
  db: Db,
  request: SlipRequest,
  challenge: Challenge,
  asked: { readonly cle: string | null; readonly stakeXof: Xof | null; readonly leftXof: number | null },
): Promise<ChallengePageView> {
  const bout = await showBout(db, request.player, challenge.boutId, challenge.marketId);
  const { offer } = challenge;
  const ruleCard = bout.market?.ruleCard ?? null;
  const state = stateOf(challenge, bout.market);
  const stakeXof = asked.stakeXof ?? xof(offer.takerXof);
  const isThere = ruleCard !== null && state === 'open';
  return {
    subject: subjectOf(bout, opposite(offer.side)),
    offer,
    cle: asked.cle,
    state,
    makerPick: subjectOf(bout, offer.side).pick,
    expiresAt: challenge.expiresAt,
    stakeXof,
    ...(isThere ? takingOf(offer, ruleCard, stakeXof, asked.leftXof) : nothingToTake),
    canSplit: isThere && offer.takerXof >= 2 * ruleCard.limits.stakeMinXof,
    cancels: null,
    ...missing(request, stakeXof),
    slip: request.newSlip(),
    ruleCard,
    ruleCardHash: bout.market?.ruleCardHash ?? null,
  };
}

function stateOf(
  { offer, isExpired }: Challenge,
  market: Awaited<ReturnType<typeof showBout>>['market'],
): ChallengePageView['state'] {
  if (market === null || (market.state !== 'open' && market.state !== 'suspended')) return 'over';
  if (offer.openXof === 0) return 'taken';
  if (isExpired) return 'expired';
  return market.state;
}
