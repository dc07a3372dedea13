/**
 * Pools: what a pari-mutuel pays. The stakes of all tickets less the take-out are shared among the tickets that are
 * right, in proportion to their stakes.
 *
 * Invariants, to the franc: payouts + tax + take-out + remainder = stakes; nobody who is right gets less than his stake
 * before tax; a refund gives back every stake in full. Source: the specification's section 5, Pools.
 */
import type { Rates } from './market.ts';
import { type Bps, shareOf, type Xof, xof, ZERO_XOF } from './money.ts';

/** What a pool is opened with. */
export interface PoolRates {
  readonly takeOutBps: Bps;
  readonly taxBps: Bps;
  readonly taxBase: Rates['taxBase'];
}

/** How one leg ends: the outcome that is right, or `void` when every pick of it counts as right. */
export type LegOutcome = string;

export const VOID_LEG = 'void';

/** One pick a leg, in the order of the legs. */
export type Picks = readonly string[];

/** How picks are stored, counted and published: "A-over-fall". Outcomes hold no hyphen. */
export function picksText(picks: Picks): string {
  return picks.join('-');
}

export function readPicks(text: string): Picks {
  return text.split('-');
}

/** Whether a ticket is right in every leg; a void leg is right for all. */
export function isRight(picks: Picks, outcomes: readonly LegOutcome[]): boolean {
  if (picks.length !== outcomes.length) throw new RangeError('a ticket has one pick for each leg');
  return outcomes.every((outcome, leg) => outcome === VOID_LEG || picks[leg] === outcome);
}

/** What is known of a pool when its legs are decided. Late tickets are not in it: theirs go back. */
export interface PoolSums {
  /** Stakes of all tickets that count. */
  readonly stakesXof: Xof;
  /** Those of the tickets that are right. */
  readonly rightXof: Xof;
}

export type RefundReason = 'all_void' | 'no_winner' | 'one_sided';

export type PoolEnding =
  | {
      readonly kind: 'shared';
      readonly stakesXof: Xof;
      readonly rightXof: Xof;
      readonly takeOutXof: Xof;
      /** What is shared: stakes less take-out, never less than the stakes that are right. */
      readonly netPoolXof: Xof;
      /** Whether the take-out shrank so that nobody who is right gets less than his stake before tax. */
      readonly isMinimum: boolean;
    }
  | { readonly kind: 'refunded'; readonly stakesXof: Xof; readonly reason: RefundReason };

export function endPool(sums: PoolSums, outcomes: readonly LegOutcome[], rates: PoolRates): PoolEnding {
  const { stakesXof, rightXof } = sums;
  if (rightXof < 0 || rightXof > stakesXof) throw new RangeError('more stakes are right than there are');
  const refunded = (reason: RefundReason) => ({ kind: 'refunded', stakesXof, reason }) as const;
  if (outcomes.every((outcome) => outcome === VOID_LEG)) return refunded('all_void');
  if (rightXof === 0) return refunded('no_winner');
  if (rightXof === stakesXof) return refunded('one_sided');
  const fullXof = shareOf(stakesXof, rates.takeOutBps);
  const takeOutXof = xof(Math.min(fullXof, stakesXof - rightXof));
  const netPoolXof = xof(stakesXof - takeOutXof);
  return { kind: 'shared', stakesXof, rightXof, takeOutXof, netPoolXof, isMinimum: takeOutXof < fullXof };
}

/** An ending as a settlement has written it down: of a refund only the reason tells what is right. */
export function endingWritten(
  written: PoolSums & {
    readonly refundReason: RefundReason | null;
    readonly outcomes: readonly LegOutcome[];
  },
  rates: PoolRates,
): PoolEnding {
  const { refundReason, outcomes, ...sums } = written;
  return refundReason === null
    ? endPool(sums, outcomes, rates)
    : { kind: 'refunded', stakesXof: sums.stakesXof, reason: refundReason };
}

export interface TicketPayment {
  readonly outcome: 'won' | 'lost' | 'refunded';
  /** Before tax. */
  readonly grossXof: Xof;
  readonly taxXof: Xof;
  /** Into the player's hand. */
  readonly payoutXof: Xof;
}

/** What one ticket is paid. A late one was bought after the true whistle: its stake goes back. */
export function payTicket(
  ticket: { readonly stakeXof: Xof; readonly isRight: boolean; readonly isLate: boolean },
  ending: PoolEnding,
  rates: PoolRates,
): TicketPayment {
  const { stakeXof } = ticket;
  if (ticket.isLate || ending.kind === 'refunded') {
    return { outcome: 'refunded', grossXof: stakeXof, taxXof: ZERO_XOF, payoutXof: stakeXof };
  }
  if (!ticket.isRight) return { outcome: 'lost', grossXof: ZERO_XOF, taxXof: ZERO_XOF, payoutXof: ZERO_XOF };
  const grossXof = shareDown(stakeXof, ending.netPoolXof, ending.rightXof);
  const taxXof = taxOf(grossXof, stakeXof, rates);
  return { outcome: 'won', grossXof, taxXof, payoutXof: xof(grossXof - taxXof) };
}

function taxOf(grossXof: Xof, stakeXof: Xof, { taxBase, taxBps }: PoolRates): Xof {
  switch (taxBase) {
    case 'none':
      return ZERO_XOF;
    case 'payout':
      return shareOf(grossXof, taxBps);
    case 'winnings':
      return shareOf(xof(grossXof - stakeXof), taxBps);
  }
}

/** What a ticket would be paid if it were right and the pool closed now. */
export interface TicketQuote {
  readonly stakeXof: Xof;
  /** All stakes, and those on the same picks, with this ticket. */
  readonly poolXof: Xof;
  readonly samePicksXof: Xof;
  readonly takeOutXof: Xof;
  readonly grossXof: Xof;
  readonly taxXof: Xof;
  readonly netXof: Xof;
  /** Being right would bring less than the stake: the slip warns. */
  readonly isBelowStake: boolean;
  /** Nobody has other picks yet: as it stands, every stake would go back. */
  readonly isRefund: boolean;
}

/** `staked` is what the pool holds before this ticket. */
export function quoteTicket(
  stakeXof: Xof,
  staked: { readonly poolXof: Xof; readonly samePicksXof: Xof },
  rates: PoolRates,
): TicketQuote {
  const poolXof = xof(staked.poolXof + stakeXof);
  const samePicksXof = xof(staked.samePicksXof + stakeXof);
  const ending = endPool({ stakesXof: poolXof, rightXof: samePicksXof }, ['right'], rates);
  const { grossXof, taxXof, payoutXof } = payTicket(
    { stakeXof, isRight: true, isLate: false },
    ending,
    rates,
  );
  return {
    stakeXof,
    poolXof,
    samePicksXof,
    takeOutXof: ending.kind === 'shared' ? ending.takeOutXof : ZERO_XOF,
    grossXof,
    taxXof,
    netXof: payoutXof,
    isBelowStake: payoutXof < stakeXof,
    isRefund: ending.kind === 'refunded',
  };
}

/** What this stake on picks that hold `samePicksXof` of `poolXof` brings now, net: null while nobody has them. */
export function indicativeNet(
  stakeXof: Xof,
  staked: { readonly poolXof: Xof; readonly samePicksXof: Xof },
  rates: PoolRates,
): Xof | null {
  if (staked.samePicksXof === 0) return null;
  const sums = { stakesXof: staked.poolXof, rightXof: staked.samePicksXof };
  return payTicket({ stakeXof, isRight: true, isLate: false }, endPool(sums, ['right'], rates), rates)
    .payoutXof;
}

/** The dividend of one franc in ten-thousandths, down: 34 217 is shown as 3,4217. */
export function dividendBps(netPoolXof: Xof, rightXof: Xof): number {
  return Number((BigInt(netPoolXof) * 10_000n) / BigInt(rightXof));
}

/** floor(stake × pool ÷ right): the product may be beyond what a number holds. */
function shareDown(stakeXof: Xof, netPoolXof: Xof, rightXof: Xof): Xof {
  return xof(Number((BigInt(stakeXof) * BigInt(netPoolXof)) / BigInt(rightXof)));
}
