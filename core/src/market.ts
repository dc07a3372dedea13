/**
 * Markets: one question on a bout, its states, and the rule card that is frozen when it opens.
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

/** What a bettor agrees to. Frozen at opening, shown before the stake, stored with the market. */
export interface RuleCard {
  readonly version: number;
  readonly kind: 'winner';
  readonly rates: Rates;
  readonly limits: BetLimits;
  /** Who decides the verdict. */
  readonly authority: string;
  /** What wins, what voids, in French: one sentence each. */
  readonly wins: readonly string[];
  readonly voids: readonly string[];
}

/** The rule card of a `winner` market. Sources: the settlement matrix of the product's specification, section 5. */
export function winnerRuleCard(terms: { rates: Rates; limits: BetLimits; authority: string }): RuleCard {
  return {
    version: 1,
    kind: 'winner',
    rates: terms.rates,
    limits: terms.limits,
    authority: terms.authority,
    wins: [
      'Chute, quatre appuis, KO, arrêt médical, abandon, avertissements ou décision : le vainqueur du jour gagne.',
      'Le verdict de l’arbitre le soir du combat est définitif pour les paris.',
    ],
    voids: [
      'Match nul, sans verdict ou double disqualification : chaque mise est rendue en entier, sans frais.',
      'Forfait avant le coup de sifflet, adversaire remplacé ou combat annulé : chaque mise est rendue en entier.',
      'Un pari passé après le vrai coup de sifflet est annulé et la mise rendue.',
    ],
  };
}
