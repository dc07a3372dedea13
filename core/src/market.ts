/**
 * Markets: their sides, states, rates and limits. The question a market asks is in question.ts, what its bettors agree
 * to in rule-card.ts.
 */
import type { Bps, Xof } from './money.ts';

export type Side = 'A' | 'B';

export function opposite(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}

/**
 * draft: made, not bettable · open: takes offers · suspended: takes nothing for a while, offers stay ·
 * closed: takes nothing more, for ever · settling: being paid · settled: paid.
 */
export type MarketState = 'draft' | 'open' | 'suspended' | 'closed' | 'settling' | 'settled';

export type CloseCause = 'whistle' | 'hard_stop' | 'cancelled';

const TRANSITIONS: Readonly<Record<MarketState, readonly MarketState[]>> = {
  draft: ['open', 'closed'],
  open: ['suspended', 'closed'],
  suspended: ['open', 'closed'],
  closed: ['settling'],
  settling: ['settled'],
  settled: [],
};

export function mayBecome(from: MarketState, to: MarketState): boolean {
  return TRANSITIONS[from].includes(to);
}

export interface Rates {
  readonly commissionBps: Bps;
  /** The pot, or the winnings (pot minus the winner's own stake). */
  readonly commissionBase: 'pot' | 'winnings';
  readonly taxBps: Bps;
  /** The payout (pot minus commission), the winnings (payout minus own stake), or no tax. */
  readonly taxBase: 'payout' | 'winnings' | 'none';
}

export interface BetLimits {
  /** Least stake, and least ask, in francs. */
  readonly stakeMinXof: Xof;
  /** Greatest stake, and greatest ask, in francs. */
  readonly stakeMaxXof: Xof;
  /** One unit of a ratio p:q is p × this against q × this. */
  readonly stakeUnitXof: Xof;
}
