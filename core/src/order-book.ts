/** The order book as people read it: the open public offers of a market by side and ratio. */
import type { Side } from './market.ts';

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
