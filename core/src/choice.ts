/**
 * From what a player picks (a proposed stake, a ratio, amounts of his own) to the two amounts of an offer.
 */
import type { BetLimits } from './market.ts';
import { type Xof, xof } from './money.ts';
import type { Ratio } from './offer.ts';

/** The proposed ratios: what I put to what the other puts. */
export const ratioChoices = ['1:1', '3:2', '2:1', '1:2', '2:3'] as const;
export type RatioChoice = (typeof ratioChoices)[number];

/** The proposed stakes, in francs. */
export const stakeChoices = [1_000, 2_000, 5_000, 10_000] as const;

export interface PickedAmounts {
  readonly stakeXof: Xof;
  readonly askXof: Xof;
}

/**
 * The amounts of this ratio nearest to the stake: a whole number of units, ties to the smaller. A stake of the
 * minimum or more is raised to the least where both sides reach the minimum; what is below stays below, and is refused.
 */
export function amountsForRatio(stakeXof: number, ratio: Ratio, limits: BetLimits): PickedAmounts {
  const unitXof = ratio.stake * limits.stakeUnitXof;
  const nearest = Math.max(1, Math.ceil(stakeXof / unitXof - 0.5));
  const least = Math.ceil(limits.stakeMinXof / (Math.min(ratio.stake, ratio.ask) * limits.stakeUnitXof));
  const units = stakeXof >= limits.stakeMinXof ? Math.max(nearest, least) : nearest;
  return { stakeXof: xof(units * unitXof), askXof: xof(units * ratio.ask * limits.stakeUnitXof) };
}

/** "3:2" as a ratio. */
export function readRatio(text: string): Ratio {
  const [stake = 1, ask = 1] = text.split(':').map(Number);
  return { stake, ask };
}
