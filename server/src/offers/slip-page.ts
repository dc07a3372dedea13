/** The slip before the tap: of a new offer; and what the slip of an acceptance has in common with it. */
import type { AcceptPageView, AnsweredOffer, SlipPageView, SlipSubject } from '#core/api/player-pages.ts';
import type { Audience, EndChoice } from '#core/bet-paths.ts';
import { isRefusal, type Refusal, spokenOf } from '#core/errors.ts';
import type { Side } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { judgeAcceptance, judgeOffer, largestOfferWithin, largestTakeWithin } from '#core/offer.ts';
import { winnerQuestion } from '#core/question.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { leftByLimit } from '#core/stake-allowance.ts';
import { type Bout, showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { bestInstead } from './best-instead.ts';
import { marcheOf, marketWords } from './market-words.ts';
import { findOfferOfPlayer, findOpenOffersByPlayer, type OwnOffer } from './queries.ts';
import { slipOf } from './quote-slip.ts';
import type { SlipRequest } from './slip-request.ts';

export async function showSlipPage(
  db: Db,
  request: SlipRequest,
  asked: {
    readonly side: Side;
    readonly stakeXof: Xof;
    readonly askXof: Xof;
    readonly audience: Audience | null;
    readonly endsIn: EndChoice | null;
    readonly answered: AnsweredOffer | null;
    readonly movedFromXof: number | null;
    /** What a limit has just left of this stake. */
    readonly leftXof: number | null;
    /** The operation that this slip's id has been used for before. */
    readonly earlierId: string | null;
  },
): Promise<SlipPageView> {
  const bout = await showBout(db, request.player, request.boutId, request.marketId);
  const { side, stakeXof, askXof, earlierId } = asked;
  const ruleCard = bout.market?.ruleCard ?? null;
  const earlier =
    earlierId === null || request.player === null
      ? null
      : await findOfferOfPlayer(db, earlierId, request.player.playerId);
  const placing = ruleCard === null ? nothingToPlace : placingOf(ruleCard, asked);
  const isForAll = asked.audience === null && asked.answered === null;
  const best =
    isForAll && placing.sums !== null
      ? bestInstead(bout, asked, await ownOffersOf(db, request.player))
      : null;
  return {
    subject: subjectOf(bout, side),
    stakeXof,
    askXof,
    ...placing,
    audience: asked.audience,
    endsIn: asked.endsIn,
    answered: asked.answered,
    movedFromXof: asked.movedFromXof,
    ...missing(request, stakeXof),
    slip: request.newSlip(),
    best: best === null ? null : { ...best, ...missing(request, xof(best.sums.stakeXof)) },
    earlier,
  };
}

async function ownOffersOf(db: Db, player: PlayerIdentity | null): Promise<OwnOffer[]> {
  return player === null ? [] : findOpenOffersByPlayer(db, player.playerId);
}

type Placing = Pick<SlipPageView, 'sums' | 'refusal' | 'nearest'>;
const nothingToPlace: Placing = { sums: null, refusal: null, nearest: null };

/** What these amounts would bring, or why they cannot be placed, with those that can. */
function placingOf(
  ruleCard: RuleCard,
  { leftXof, ...amounts }: { readonly stakeXof: Xof; readonly askXof: Xof; readonly leftXof: number | null },
): Placing {
  const { limits, rates } = ruleCard;
  const { stakeXof, askXof } = amounts;
  const refused = judgeOffer(stakeXof, askXof, limits, rates);
  const mostXof = leftXof ?? (refused === null ? null : leftByLimit(refused));
  const refusal = refused === null ? null : spokenOf(refused);
  if (mostXof !== null)
    return { sums: null, refusal, nearest: largestOfferWithin(mostXof, amounts, limits, rates) };
  if (refused !== null) return { sums: null, refusal, nearest: nearestOf(refused) };
  return { ...nothingToPlace, sums: slipOf(ruleCard, stakeXof, askXof) };
}

export type Taking = Pick<AcceptPageView, 'sums' | 'refusal' | 'lessXof'>;
export const nothingToTake: Taking = { sums: null, refusal: null, lessXof: null };

/** What taking this much of an offer would bring, or why it cannot be; `leftXof` is what a limit has just left. */
export function takingOf(
  offer: Bout['offers'][number],
  ruleCard: RuleCard,
  stakeXof: Xof,
  leftXof: number | null,
): Taking {
  const resting = {
    ratio: { stake: offer.ratioStake, ask: offer.ratioAsk },
    openXof: xof(offer.openXof),
  };
  const judged = judgeAcceptance(resting, stakeXof, false, ruleCard.limits);
  if (isRefusal(judged)) return { ...nothingToTake, refusal: spokenOf(judged) };
  if (leftXof === null) return { ...nothingToTake, sums: slipOf(ruleCard, stakeXof, judged.makerXof) };
  return { ...nothingToTake, lessXof: largestTakeWithin(leftXof, resting, ruleCard.limits) };
}

export function subjectOf({ bout, gala, market }: Bout, side: Side): SlipSubject {
  const words = marketWords(market?.question ?? winnerQuestion, bout);
  return {
    boutId: bout.id,
    boutName: `${bout.wrestlerA.name} – ${bout.wrestlerB.name}`,
    scheduledAt: bout.scheduledAt,
    side,
    kind: words.kind,
    question: words.question,
    ...words.sides[side],
    marche: marcheOf(market),
    isTest: gala.isTest,
  };
}

/** The bonus money in this stake, what the balance lacks for the rest, and the deposit that brings it. */
export function missing(
  { availableXof, bonusXof, depositMinXof }: SlipRequest,
  stakeXof: Xof,
): { missingXof: number; bonusXof: number; depositXof: number } {
  const missingXof = availableXof === null ? 0 : Math.max(0, stakeXof - availableXof - bonusXof);
  return {
    missingXof,
    bonusXof: Math.min(bonusXof, stakeXof),
    depositXof: Math.max(missingXof, depositMinXof),
  };
}

function nearestOf({ code, params }: Refusal): { stakeXof: number; askXof: number } | null {
  const { stakeXof, askXof } = params;
  return code === 'amount_off_ladder' && typeof stakeXof === 'number' && typeof askXof === 'number'
    ? { stakeXof, askXof }
    : null;
}
