/** What betting the same again would be: the best that is there now for the same side and stake. */
import type { RebetView } from '#core/api/player-pages.ts';
import type { Audience } from '#core/bet-paths.ts';
import { amountsForRatio, type PickedAmounts } from '#core/choice.ts';
import { fail } from '#core/errors.ts';
import { opposite, type Side } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { judgeOffer, ratioOf } from '#core/offer.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { type Bout, showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findChance } from '../rebets/find-chances.ts';
import { findBetOfPlayer, findOfferOfPlayer } from './queries.ts';
import { type Slip, slipOf } from './quote-slip.ts';
import { missing, subjectOf, takingOf } from './slip-page.ts';
import { type OfferPageDeps, slipRequest } from './slip-request.ts';

/** A bet that is over, or the part of an offer that came back. */
export interface Past {
  readonly pastId: string;
  readonly boutName: string;
  readonly pick: string;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  /** In hand for that stake, had it won. */
  readonly netXof: number;
  readonly audience: Audience | null;
  readonly maskedPhone: string | null;
}

/** Refuses what is not this player's. */
export async function readPast(db: Db, player: PlayerIdentity, pastId: string): Promise<Past> {
  const bet = await findBetOfPlayer(db, pastId, player.playerId);
  if (bet !== null) {
    const { boutName, pick, netXof } = bet;
    const amounts = { stakeXof: xof(bet.stakeXof), askXof: xof(bet.opponentStakeXof) };
    return { pastId, boutName, pick, ...amounts, netXof, audience: null, maskedPhone: null };
  }
  const offer = (await findOfferOfPlayer(db, pastId, player.playerId)) ?? fail('not_found');
  const { market } = await showBout(db, player, offer.boutId, offer.marketId);
  if (market?.ruleCard == null) throw new Error(`offer ${pastId} on a market without a rule card`);
  const { boutName, pick, visibility, maskedPhone } = offer;
  // The whole of it when nothing came back: then there is no chance for it either.
  const stakeXof = xof(offer.returnedXof === 0 ? offer.stakeXof : offer.returnedXof);
  const askXof = xof(Math.floor((stakeXof * offer.askXof) / offer.stakeXof));
  const { netXof } = slipOf(market.ruleCard, stakeXof, askXof);
  const audience = visibility === 'phone' || visibility === 'link' ? visibility : null;
  return { pastId, boutName, pick, stakeXof, askXof, netXof, audience, maskedPhone };
}

/** Null when it cannot be bet again now. Refuses what is not this player's. */
export async function showRebet(
  deps: OfferPageDeps,
  player: PlayerIdentity,
  past: Past,
  newSlip: () => string,
): Promise<RebetView | null> {
  const { db } = deps;
  const { pastId, audience, maskedPhone } = past;
  const chance = await findChance(db, player, pastId);
  if (chance === null) return null;
  const { boutId, marketId, side, isNextBout } = chance;
  const bout = await showBout(db, player, boutId, marketId);
  const ruleCard = bout.market?.ruleCard ?? null;
  if (ruleCard === null) return null;
  const amounts = amountsLike(past, ruleCard);
  const best = audience === null ? bestOffer(bout, ruleCard, side, past.stakeXof, player.pseudonym) : null;
  const sums = best?.sums ?? (amounts && slipOf(ruleCard, amounts.stakeXof, amounts.askXof));
  if (sums === null) return null;
  const isWorse = sums.netXof * past.stakeXof < past.netXof * sums.stakeXof;
  const request = await slipRequest(deps, player, { boutId, marketId, newSlip, isPublic: audience === null });
  return {
    pastId,
    subject: subjectOf(bout, side),
    marketId,
    isNextBout,
    taken: best?.offer ?? null,
    sums,
    movedFromXof: sums.stakeXof === past.stakeXof ? null : past.stakeXof,
    betterBefore: isWorse ? { stakeXof: past.stakeXof, netXof: past.netXof } : null,
    waiting: isWorse && best !== null ? amounts : null,
    audience,
    maskedPhone,
    ...missing(request, xof(sums.stakeXof)),
    slip: newSlip(),
  };
}

/** The offer of somebody else that takes exactly this stake and leaves most in hand; the oldest of equals. */
function bestOffer(bout: Bout, ruleCard: RuleCard, side: Side, stakeXof: Xof, pseudonym: string) {
  let best: { offer: Bout['offers'][number]; sums: Slip } | null = null;
  for (const offer of bout.offers) {
    if (offer.side !== opposite(side) || offer.pseudonym === pseudonym) continue;
    const { sums } = takingOf(offer, ruleCard, stakeXof, null);
    if (sums === null || (best !== null && sums.netXof <= best.sums.netXof)) continue;
    best = { offer, sums };
  }
  return best;
}

/** The amounts of before, or the nearest of their ratio that are good under this rule card; else one against one. */
function amountsLike({ stakeXof, askXof }: Past, { limits, rates }: RuleCard): PickedAmounts | null {
  const ratio = ratioOf(stakeXof, askXof) ?? { stake: 1, ask: 1 };
  const tries = [
    { stakeXof, askXof },
    amountsForRatio(stakeXof, ratio, limits),
    amountsForRatio(stakeXof, { stake: 1, ask: 1 }, limits),
  ];
  return (
    tries.find((amounts) => judgeOffer(amounts.stakeXof, amounts.askXof, limits, rates) === null) ?? null
  );
}
