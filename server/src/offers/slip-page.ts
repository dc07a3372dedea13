/** The slip before the tap: of a new offer, and of the acceptance of one. */
import type { AcceptPageView, SlipPageView, SlipSubject } from '#core/api/player-pages.ts';
import { isRefusal, type Refusal, sentenceOf } from '#core/errors.ts';
import { opposite, type RuleCard, type Side } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { judgeAcceptance, judgeOffer } from '#core/offer.ts';
import { type Bout, showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findOfferOfPlayer } from './queries.ts';
import { slipOf } from './quote-slip.ts';

export interface SlipRequest {
  readonly player: PlayerIdentity | null;
  readonly boutId: number;
  readonly availableXof: number | null;
  readonly depositMinXof: number;
  newSlip(): string;
}

export async function showSlipPage(
  db: Db,
  request: SlipRequest,
  asked: {
    readonly side: Side;
    readonly stakeXof: Xof;
    readonly askXof: Xof;
    readonly movedFromXof: number | null;
    /** The operation that this slip's id has been used for before. */
    readonly earlierId: string | null;
  },
): Promise<SlipPageView> {
  const bout = await showBout(db, request.player, request.boutId);
  const { side, stakeXof, askXof, earlierId } = asked;
  const ruleCard = bout.market?.ruleCard ?? null;
  const refused = ruleCard === null ? null : judgeOffer(stakeXof, askXof, ruleCard.limits, ruleCard.rates);
  const earlier =
    earlierId === null || request.player === null
      ? null
      : await findOfferOfPlayer(db, earlierId, request.player.playerId);
  return {
    subject: subjectOf(bout, side),
    stakeXof,
    askXof,
    sums: ruleCard === null || refused !== null ? null : slipOf(ruleCard, stakeXof, askXof),
    refusal: refused === null ? null : { sentence: sentenceOf(refused, 'fr'), nearest: nearestOf(refused) },
    movedFromXof: asked.movedFromXof,
    ...missing(request, stakeXof),
    slip: request.newSlip(),
    earlier,
  };
}

export async function showAcceptPage(
  db: Db,
  request: SlipRequest,
  asked: { readonly offerId: string; readonly stakeXof: Xof | null },
): Promise<AcceptPageView> {
  const bout = await showBout(db, request.player, request.boutId);
  const ruleCard = bout.market?.ruleCard ?? null;
  const found = bout.offers.find((offer) => offer.offerId === asked.offerId) ?? null;
  const stakeXof = asked.stakeXof ?? xof(found?.takerXof ?? 0);
  const slip = found === null || ruleCard === null ? null : acceptanceSlip(found, ruleCard, stakeXof);
  return {
    subject: subjectOf(bout, opposite(found?.side ?? 'B')),
    offer: found,
    stakeXof,
    sums: slip === null || isRefusal(slip) ? null : slip,
    refusal: slip !== null && isRefusal(slip) ? sentenceOf(slip, 'fr') : null,
    canSplit: found !== null && ruleCard !== null && found.takerXof >= 2 * ruleCard.limits.stakeMinXof,
    ...missing(request, stakeXof),
    slip: request.newSlip(),
  };
}

function acceptanceSlip(offer: Bout['offers'][number], ruleCard: RuleCard, stakeXof: Xof) {
  const resting = {
    id: offer.offerId,
    // Whose it is plays no part in what a part of it pays.
    playerId: '',
    side: offer.side,
    ratio: { stake: offer.ratioStake, ask: offer.ratioAsk },
    seq: 0,
    openXof: offer.openXof,
  };
  const judged = judgeAcceptance(resting, stakeXof, false, ruleCard.limits);
  return isRefusal(judged) ? judged : slipOf(ruleCard, stakeXof, judged.makerXof);
}

function subjectOf({ bout, gala }: Bout, side: Side): SlipSubject {
  return {
    boutId: bout.id,
    boutName: `${bout.wrestlerA.name} – ${bout.wrestlerB.name}`,
    scheduledAt: bout.scheduledAt,
    side,
    wrestler: side === 'A' ? bout.wrestlerA.name : bout.wrestlerB.name,
    isTest: gala.isTest,
  };
}

/** What the balance lacks for this stake, and the deposit that brings it. */
function missing(
  { availableXof, depositMinXof }: SlipRequest,
  stakeXof: Xof,
): { missingXof: number; depositXof: number } {
  const missingXof = availableXof === null ? 0 : Math.max(0, stakeXof - availableXof);
  return { missingXof, depositXof: Math.max(missingXof, depositMinXof) };
}

function nearestOf({ code, params }: Refusal): { stakeXof: number; askXof: number } | null {
  const { stakeXof, askXof } = params;
  return code === 'amount_off_ladder' && typeof stakeXof === 'number' && typeof askXof === 'number'
    ? { stakeXof, askXof }
    : null;
}
