/**
 * The order book as people read it: open public offers of one side by ratio, and the best of it for who asks for more
 * than there is. Pure; what really meets is decided by the matching engine (batch.ts), by the same `crosses` and fills.
 */
import type { BetLimits, Rates, Side } from './market.ts';
import { type Xof, xof } from './money.ts';
import { crosses, fillFor, judgeAmounts, ratioOf } from './offer.ts';

/** Ratios shown a side; worse ones are only said to exist. */
export const LEVELS_MAX = 6;

/** What waits on one side at one ratio, in lowest terms. */
export interface BookLevel {
  /** The makers' part of the ratio, and the takers'. */
  readonly ratioStake: number;
  readonly ratioAsk: number;
  /** What is left of the makers' stakes, and what takes all of it, in francs. */
  readonly openXof: number;
  readonly takerXof: number;
  readonly offerCount: number;
}

/** One side of the book: best first for the one who takes, at most `LEVELS_MAX`. */
export interface BookSideDepth {
  readonly levels: readonly BookLevel[];
  /** Worse ratios wait beyond these. */
  readonly more: boolean;
}

/** An offer of the one who reads the book. */
interface OwnOffer {
  readonly side: Side;
  readonly stakeXof: number;
  readonly askXof: number;
  readonly openXof: number;
  readonly visibility: string;
}

/** What a player can take of this side: nobody meets himself. Private offers are not in the book. */
export function withoutOwn(
  { levels }: BookSideDepth,
  side: Side,
  ownOffers: readonly OwnOffer[],
): readonly BookLevel[] {
  return levels
    .map((level) => {
      const own = ownOffers.filter(
        (offer) =>
          offer.side === side &&
          offer.visibility === 'public' &&
          offer.openXof > 0 &&
          offer.stakeXof * level.ratioAsk === offer.askXof * level.ratioStake,
      );
      const openXof = level.openXof - own.reduce((sum, offer) => sum + offer.openXof, 0);
      const takerXof = (openXof / level.ratioStake) * level.ratioAsk;
      return { ...level, openXof, takerXof, offerCount: level.offerCount - own.length };
    })
    .filter((level) => level.openXof > 0);
}

/** Amounts that meet what waits now. */
export interface BestAvailable {
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  /** Of the stake, what is taken at once; the rest would wait. */
  readonly atOnceXof: Xof;
}

/**
 * For an offer that would not meet anything at once: the best ratio that waits on the other side (`levels`), with the
 * same stake or the nearest below that is a whole number of its units. Null when the offer meets something as it is,
 * and when nothing that waits makes a good offer of this stake.
 */
export function bestAvailable(
  levels: readonly BookLevel[],
  asked: { readonly stakeXof: Xof; readonly askXof: Xof },
  limits: BetLimits,
  rates: Rates,
): BestAvailable | null {
  const ratio = ratioOf(asked.stakeXof, asked.askXof);
  if (ratio === null || takenAtOnce(levels, ratio, asked.stakeXof, limits) > 0) return null;
  for (const level of levels) {
    const unitXof = level.ratioAsk * limits.stakeUnitXof;
    const units = Math.floor(asked.stakeXof / unitXof);
    const stakeXof = xof(units * unitXof);
    const askXof = xof(units * level.ratioStake * limits.stakeUnitXof);
    if (units > 0 && judgeAmounts(stakeXof, askXof, limits, rates) === null) {
      const own = { stake: level.ratioAsk, ask: level.ratioStake };
      return { stakeXof, askXof, atOnceXof: takenAtOnce(levels, own, stakeXof, limits) };
    }
  }
  return null;
}

/** What an offer of this ratio would take at once, in francs of its own stake. */
function takenAtOnce(
  levels: readonly BookLevel[],
  ratio: { readonly stake: number; readonly ask: number },
  stakeXof: Xof,
  limits: BetLimits,
): Xof {
  let left: number = stakeXof;
  for (const level of levels) {
    const resting = { stake: level.ratioStake, ask: level.ratioAsk };
    if (!crosses(resting, ratio)) break;
    const makerXof = fillFor({ ratio: resting, openXof: xof(level.openXof) }, left, limits);
    left -= (makerXof / resting.stake) * resting.ask;
  }
  return xof(stakeXof - left);
}
