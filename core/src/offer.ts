/**
 * Offers: ratios, crossing and fills. Pure arithmetic on whole units, so that every part fill is exact.
 *
 * A ratio p:q (p my stake, q what the other puts, both 1..20 in lowest terms) has a unit of p × U against q × U
 * francs, U being the rule card's stake unit. Offers, fills and rests are whole numbers of units of the resting
 * offer's ratio. Source: the specification's section 5, Offer and Matching.
 */
import { isRefusal, type Refusal, refusal } from './errors.ts';
import type { BetLimits, Rates, Side } from './market.ts';
import { type Xof, xof } from './money.ts';
import { winnerGains, winnerSlip } from './settlement.ts';

export const RATIO_TERM_MAX = 20;

/** lcm(1..20): makes the price of every ratio a whole number. */
export const PRICE_WHOLE = 232_792_560;

/** In lowest terms: my stake to what the other puts. */
export interface Ratio {
  readonly stake: number;
  readonly ask: number;
}

/** An offer with an open part, waiting in the book. */
export interface RestingOffer {
  readonly id: string;
  readonly playerId: string;
  readonly side: Side;
  readonly ratio: Ratio;
  /** Order of arrival, given under the market's lock. */
  readonly seq: number;
  /** What is left of its stake, in francs: a whole number of units. */
  readonly openXof: Xof;
  /** Of what is left, bonus money. */
  readonly bonusXof: Xof;
  /** Whom it is for; null: everybody. */
  readonly challenge: Challenge | null;
  /** When it ends by itself; null: at the close. */
  readonly expiresAtMs: number | null;
}

/**
 * Whom a private offer is for: the player invited, or whoever has its link. Nobody, as long as the number that was
 * invited has no account.
 */
export type Challenge = { readonly by: 'player'; readonly playerId: string | null } | { readonly by: 'link' };

/** What a taker pays for one franc of an offer of this ratio, in 1/PRICE_WHOLE: the lower, the better for the taker. */
export function priceOf(ratio: Ratio): number {
  return (PRICE_WHOLE / ratio.stake) * ratio.ask;
}

/** The ratio of two amounts in lowest terms, or null when it is not on the ladder. */
export function ratioOf(stakeXof: Xof, askXof: Xof): Ratio | null {
  const divisor = greatestCommonDivisor(stakeXof, askXof);
  const ratio = { stake: stakeXof / divisor, ask: askXof / divisor };
  return ratio.stake <= RATIO_TERM_MAX && ratio.ask <= RATIO_TERM_MAX ? ratio : null;
}

/** What says how much of an offer can be taken. */
type Fillable = Pick<RestingOffer, 'ratio' | 'openXof'>;

/** Whether the offer is there for this player to take. To its own maker it is there, though not to take. */
export function mayTake(offer: RestingOffer, playerId: string, hasLink: boolean): boolean {
  if (offer.challenge === null || offer.playerId === playerId) return true;
  return offer.challenge.by === 'link' ? hasLink : offer.challenge.playerId === playerId;
}

/** The taker's francs against `makerXof` of an offer of this ratio. `makerXof` is a whole number of units. */
export function takerStake(ratio: Ratio, makerXof: Xof): Xof {
  return xof((makerXof / ratio.stake) * ratio.ask);
}

/**
 * Whether a new offer meets a resting one: the taker, at the resting ratio, gets at least what he asked.
 * resting.ask × new.ask ≤ new.stake × resting.stake, on ratios so that nothing overflows.
 */
export function crosses(resting: Ratio, incoming: Ratio): boolean {
  return resting.ask * incoming.ask <= incoming.stake * resting.stake;
}

/**
 * Checks a new offer against the rule card; null when it is good. What the winner holds is judged before the ladder:
 * amounts that are too far apart have no good ones near them to suggest.
 */
export function judgeOffer(stakeXof: Xof, askXof: Xof, limits: BetLimits, rates: Rates): Refusal | null {
  const refused = judgeAmounts(stakeXof, askXof, limits, rates);
  if (refused !== null || isOnLadder(stakeXof, askXof, limits)) return refused;
  return refusal('amount_off_ladder', nearestOnLadder(stakeXof, askXof, limits, rates));
}

/** The limits, and what the winner holds. */
export function judgeAmounts(stakeXof: Xof, askXof: Xof, limits: BetLimits, rates: Rates): Refusal | null {
  if (stakeXof < limits.stakeMinXof) return refusal('stake_below_min', { minXof: limits.stakeMinXof });
  const most = { maxXof: limits.stakeMaxXof, until: 'market_close' } as const;
  if (stakeXof > limits.stakeMaxXof) return refusal('stake_above_max', most);
  if (askXof < limits.stakeMinXof) return refusal('ask_below_min', { minXof: limits.stakeMinXof });
  if (askXof > limits.stakeMaxXof) return refusal('ask_above_max', most);
  for (const [winner, loser] of [
    [stakeXof, askXof],
    [askXof, stakeXof],
  ] as const) {
    if (!winnerGains(winner, loser, rates)) {
      return refusal('net_below_stake', {
        netXof: winnerSlip(winner, loser, rates).netXof,
        stakeXof: winner,
      });
    }
  }
  return null;
}

/** Whether these amounts are whole units of a ratio. */
export function isOnLadder(stakeXof: Xof, askXof: Xof, limits: BetLimits): boolean {
  const ratio = ratioOf(stakeXof, askXof);
  return ratio !== null && stakeXof % (ratio.stake * limits.stakeUnitXof) === 0;
}

/**
 * The nearest amounts that make a good offer: on the ladder, within the limits, gainful for either winner.
 * Nearest is the least |stake difference| + |ask difference|; ties go to the smaller stake, then to the smaller ask.
 */
export function nearestOnLadder(
  stakeXof: Xof,
  askXof: Xof,
  limits: BetLimits,
  rates: Rates,
): { stakeXof: Xof; askXof: Xof } {
  let best = { stakeXof: limits.stakeMinXof, askXof: limits.stakeMinXof };
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let p = 1; p <= RATIO_TERM_MAX; p++) {
    for (let q = 1; q <= RATIO_TERM_MAX; q++) {
      if (greatestCommonDivisor(p, q) !== 1) continue;
      const unitStake = xof(p * limits.stakeUnitXof);
      const unitAsk = xof(q * limits.stakeUnitXof);
      for (const units of unitsNear(stakeXof, askXof, unitStake, unitAsk, limits)) {
        const candidate = { stakeXof: xof(units * unitStake), askXof: xof(units * unitAsk) };
        const distance = Math.abs(candidate.stakeXof - stakeXof) + Math.abs(candidate.askXof - askXof);
        const rank =
          distance - bestDistance || candidate.stakeXof - best.stakeXof || candidate.askXof - best.askXof;
        if (rank >= 0 || !gainsBothWays(unitStake, unitAsk, rates)) continue;
        bestDistance = distance;
        best = candidate;
      }
    }
  }
  return best;
}

/** The numbers of units among which the nearest amounts of one ratio are: around the stake and around the ask. */
function unitsNear(
  stakeXof: Xof,
  askXof: Xof,
  unitStake: Xof,
  unitAsk: Xof,
  limits: BetLimits,
): ReadonlySet<number> {
  const least = Math.ceil(limits.stakeMinXof / Math.min(unitStake, unitAsk));
  const most = Math.floor(limits.stakeMaxXof / Math.max(unitStake, unitAsk));
  if (most < least) return new Set();
  const around = [stakeXof / unitStake, askXof / unitAsk].flatMap((units) => [
    Math.floor(units),
    Math.ceil(units),
  ]);
  return new Set(around.map((units) => Math.min(Math.max(units, least), most)));
}

function gainsBothWays(stakeXof: Xof, askXof: Xof, rates: Rates): boolean {
  return winnerGains(stakeXof, askXof, rates) && winnerGains(askXof, stakeXof, rates);
}

/**
 * What a budget takes of a resting offer, in francs of the maker's stake: whole units, 0 when not even one fits.
 */
export function fillFor(resting: Fillable, budgetXof: number, limits: BetLimits): Xof {
  const makerUnit = resting.ratio.stake * limits.stakeUnitXof;
  const takerUnit = resting.ratio.ask * limits.stakeUnitXof;
  const units = Math.min(Math.floor(budgetXof / takerUnit), resting.openXof / makerUnit);
  return xof(units * makerUnit);
}

/** What stays open of an unspent budget at the offer's own ratio; the rest of it returns at once. */
export function restFor(budgetXof: Xof, ratio: Ratio, limits: BetLimits): Xof {
  const unit = ratio.stake * limits.stakeUnitXof;
  const units = Math.floor(budgetXof / unit);
  const openXof = xof(units * unit);
  const below = openXof < limits.stakeMinXof || takerStake(ratio, openXof) < limits.stakeMinXof;
  return below ? xof(0) : openXof;
}

/**
 * How much of a visible offer an acceptance takes, in francs of the maker's stake.
 * `wantedXof` is what the taker puts. All or nothing unless `partial`; fill and rest are each at least the minimum
 * on both sides, or the fill is the whole rest.
 */
export function judgeAcceptance(
  resting: Fillable,
  wantedXof: Xof,
  partial: boolean,
  limits: BetLimits,
): { makerXof: Xof } | Refusal {
  const takerUnit = resting.ratio.ask * limits.stakeUnitXof;
  const makerUnit = resting.ratio.stake * limits.stakeUnitXof;
  const leftXof = takerStake(resting.ratio, resting.openXof);
  if (wantedXof > leftXof && !partial) return refusal('offer_taken', { leftXof });
  const fillXof = Math.min(wantedXof, leftXof);
  const least = leastUnits(resting.ratio, limits);
  const unitsLeft = leftXof / takerUnit;
  if (fillXof % takerUnit !== 0) {
    const units = nearestTake(fillXof / takerUnit, least, unitsLeft);
    return refusal('amount_off_ladder', { stakeXof: units * takerUnit, askXof: units * makerUnit });
  }
  const makerXof = xof((fillXof / takerUnit) * makerUnit);
  if (fillXof === leftXof) return { makerXof };
  if (unitsLeft < 2 * least) return refusal('offer_whole_only', { leftXof });
  if (fillXof / takerUnit < least) return refusal('fill_below_min', { minXof: least * takerUnit, leftXof });
  if (unitsLeft - fillXof / takerUnit < least) {
    return refusal('rest_below_min', { fillXof: (unitsLeft - least) * takerUnit, leftXof });
  }
  return { makerXof };
}

/** The greatest good offer at the ratio of these amounts that stakes `mostXof` at most; null when there is none. */
export function largestOfferWithin(
  mostXof: number,
  { stakeXof, askXof }: { readonly stakeXof: Xof; readonly askXof: Xof },
  limits: BetLimits,
  rates: Rates,
): { stakeXof: Xof; askXof: Xof } | null {
  const ratio = ratioOf(stakeXof, askXof);
  if (ratio === null) return null;
  const [unitStake, unitAsk] = [ratio.stake * limits.stakeUnitXof, ratio.ask * limits.stakeUnitXof];
  const units = Math.floor(Math.min(mostXof / unitStake, limits.stakeMaxXof / Math.max(unitStake, unitAsk)));
  const offer = { stakeXof: xof(units * unitStake), askXof: xof(units * unitAsk) };
  return judgeOffer(offer.stakeXof, offer.askXof, limits, rates) === null ? offer : null;
}

/** The most that may be taken of an offer for `mostXof` at most; null when nothing may. */
export function largestTakeWithin(mostXof: number, resting: Fillable, limits: BetLimits): Xof | null {
  const takerUnit = resting.ratio.ask * limits.stakeUnitXof;
  const leftXof = takerStake(resting.ratio, resting.openXof);
  if (mostXof >= leftXof) return leftXof;
  const most = leftXof / takerUnit - leastUnits(resting.ratio, limits);
  const units = Math.min(Math.floor(mostXof / takerUnit), most);
  const takeXof = xof(Math.max(units, 0) * takerUnit);
  return isRefusal(judgeAcceptance(resting, takeXof, false, limits)) ? null : takeXof;
}

/** The units nearest to `wanted` that may be taken: all that is left, or a part that leaves enough; ties go down. */
function nearestTake(wanted: number, least: number, unitsLeft: number): number {
  const most = unitsLeft - least;
  if (most < least) return unitsLeft;
  const part = Math.min(Math.max(Math.ceil(wanted - 0.5), least), most);
  return wanted - part <= unitsLeft - wanted ? part : unitsLeft;
}

/** The least units whose two stakes both reach the minimum. */
function leastUnits(ratio: Ratio, limits: BetLimits): number {
  return Math.ceil(limits.stakeMinXof / (Math.min(ratio.stake, ratio.ask) * limits.stakeUnitXof));
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
