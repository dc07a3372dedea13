/**
 * The monthly return for the State: what bets brought in and paid out, what the house kept, what was withheld, and what
 * the tax would be on either base. Recomputed bet by bet with the arithmetic that paid them, never read from totals.
 *
 * Invariants: stakes = refunds + payouts + commission + remainder; what players hold = payouts − tax.
 * Source: law 17/2025, article 212 ter (income of the operator) and 212 quater (winnings paid to players).
 */
import type { Rates } from './market.ts';
import { shareOf, type Xof, xof, ZERO_XOF } from './money.ts';
import type { MarketOutcome } from './outcome.ts';
import { type PoolEnding, type PoolRates, payTicket } from './pool.ts';
import { payDuel } from './settlement.ts';
import type { DuelStack } from './settlement-totals.ts';

/** Whole francs; negative in a correction. */
export interface TaxFigures {
  /** Bets that were settled: sides of duels, tickets. */
  readonly betCount: number;
  readonly stakesXof: number;
  /** Stakes given back: no winnings, in no base. */
  readonly refundsXof: number;
  /** To winners, before tax. */
  readonly payoutsXof: number;
  /** The house's: commission of duels, take-out of pools. */
  readonly commissionXof: number;
  /** What the floors of a pool leave. */
  readonly remainderXof: number;
  /** Withheld on the base that the rule card names. */
  readonly taxXof: number;
  /** At the same rate: on all that winners are paid, and on what they win beyond their stakes. */
  readonly taxOnPayoutXof: number;
  readonly taxOnWinningsXof: number;
}

export const noFigures: TaxFigures = {
  betCount: 0,
  stakesXof: 0,
  refundsXof: 0,
  payoutsXof: 0,
  commissionXof: 0,
  remainderXof: 0,
  taxXof: 0,
  taxOnPayoutXof: 0,
  taxOnWinningsXof: 0,
};

export const figureNames = [
  'betCount',
  'stakesXof',
  'refundsXof',
  'payoutsXof',
  'commissionXof',
  'remainderXof',
  'taxXof',
  'taxOnPayoutXof',
  'taxOnWinningsXof',
] as const satisfies readonly (keyof TaxFigures)[];

/** Duels of one market that ended with `outcome`. A duel is two bets. */
export function figuresOfDuels(
  stacks: Iterable<DuelStack>,
  outcome: MarketOutcome,
  rates: Rates,
): TaxFigures {
  let sum = noFigures;
  for (const { count, isLate, ...stakes } of stacks) {
    const ends = isLate ? 'void' : outcome;
    const paid = payDuel(stakes, ends, rates);
    const taxAt = (taxBase: Rates['taxBase']) => payDuel(stakes, ends, { ...rates, taxBase }).taxXof;
    const heldXof = paid.payoutAXof + paid.payoutBXof;
    sum = plus(
      sum,
      {
        ...noFigures,
        betCount: 2,
        stakesXof: stakes.stakeAXof + stakes.stakeBXof,
        refundsXof: ends === 'void' ? heldXof : 0,
        payoutsXof: ends === 'void' ? 0 : heldXof + paid.taxXof,
        commissionXof: paid.commissionXof,
        taxXof: paid.taxXof,
        taxOnPayoutXof: taxAt('payout'),
        taxOnWinningsXof: taxAt('winnings'),
      },
      count,
    );
  }
  return sum;
}

/** Tickets of equal stakes that are right, or not, or late. */
export interface TicketStack {
  readonly stakeXof: Xof;
  readonly isRight: boolean;
  /** Bought after the true whistle: its stake goes back, and it is not in the pool. */
  readonly isLate: boolean;
  readonly count: number;
}

/** Tickets of one pool that ended so. */
export function figuresOfTickets(
  stacks: Iterable<TicketStack>,
  ending: PoolEnding,
  rates: PoolRates,
): TaxFigures {
  let sum = noFigures;
  for (const ticket of stacks) {
    const paid = payTicket(ticket, ending, rates);
    const taxAt = (taxBase: Rates['taxBase']) => payTicket(ticket, ending, { ...rates, taxBase }).taxXof;
    sum = plus(
      sum,
      {
        ...noFigures,
        betCount: 1,
        stakesXof: ticket.stakeXof,
        refundsXof: paid.outcome === 'refunded' ? paid.payoutXof : 0,
        payoutsXof: paid.outcome === 'won' ? paid.grossXof : 0,
        taxXof: paid.taxXof,
        taxOnPayoutXof: taxAt('payout'),
        taxOnWinningsXof: taxAt('winnings'),
      },
      ticket.count,
    );
  }
  const commissionXof = ending.kind === 'shared' ? ending.takeOutXof : 0;
  const remainderXof = sum.stakesXof - sum.refundsXof - sum.payoutsXof - commissionXof;
  return { ...sum, commissionXof, remainderXof };
}

export function addFigures(all: Iterable<TaxFigures>): TaxFigures {
  let sum = noFigures;
  for (const one of all) sum = plus(sum, one, 1);
  return sum;
}

/** What a correction changes: the bets are the same ones, what they bring is another. */
export function differenceOf(now: TaxFigures, before: TaxFigures): TaxFigures {
  return plus(now, before, -1);
}

function plus(sum: TaxFigures, one: TaxFigures, times: number): TaxFigures {
  return {
    betCount: sum.betCount + times * one.betCount,
    stakesXof: sum.stakesXof + times * one.stakesXof,
    refundsXof: sum.refundsXof + times * one.refundsXof,
    payoutsXof: sum.payoutsXof + times * one.payoutsXof,
    commissionXof: sum.commissionXof + times * one.commissionXof,
    remainderXof: sum.remainderXof + times * one.remainderXof,
    taxXof: sum.taxXof + times * one.taxXof,
    taxOnPayoutXof: sum.taxOnPayoutXof + times * one.taxOnPayoutXof,
    taxOnWinningsXof: sum.taxOnWinningsXof + times * one.taxOnWinningsXof,
  };
}

/**
 * Of a correction, what is in the return of the month in which it is booked: the part that became a claim on the State
 * belongs to a return that was paid. `claimXof` is by how much the claim grew.
 */
export function withoutClaim(figures: TaxFigures, taxBase: Rates['taxBase'], claimXof: number): TaxFigures {
  if (claimXof === 0) return figures;
  const taxXof = figures.taxXof + claimXof;
  return {
    ...figures,
    taxXof,
    taxOnPayoutXof: taxBase === 'payout' ? taxXof : 0,
    taxOnWinningsXof: taxBase === 'winnings' ? taxXof : 0,
  };
}

/** A month of the return, "2026-11": in UTC, which is Dakar's time. */
export type TaxMonth = string;

export function isTaxMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}

export function monthAfter(month: TaxMonth): TaxMonth {
  const [year, number] = partsOf(month);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** The last day to pay it: within the first 15 days of the next month. */
export function taxDueDay(month: TaxMonth): string {
  return `${monthAfter(month)}-15`;
}

function partsOf(month: TaxMonth): [year: number, month: number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
}

/** What is known of each month when one is to be paid, in order, from the first. */
export interface TaxMonthState {
  readonly month: TaxMonth;
  /** Booked in it, corrections as differences: below nothing when corrections outweigh the bets. */
  readonly taxXof: number;
  readonly isRemitted: boolean;
}

export interface TaxDue extends TaxMonthState {
  /** What months before it left below nothing, to be taken off: zero or negative. */
  readonly carriedXof: number;
  /** To pay to the State for it. */
  readonly dueXof: number;
}

/** What each month owes. A month below nothing owes nothing, and lowers the next one that is not paid. */
export function taxDue(months: readonly TaxMonthState[]): TaxDue[] {
  let carriedXof = 0;
  return months.map((month) => {
    const leftXof = month.taxXof + carriedXof;
    const due: TaxDue = { ...month, carriedXof, dueXof: Math.max(0, leftXof) };
    carriedXof = Math.min(0, leftXof);
    return due;
  });
}

/** Article 212 ter: on the operator's own income, at the rate of the setting; never below nothing. */
export function gamingIncomeTax(incomeXof: number, rateBps: number): Xof {
  return incomeXof <= 0 ? ZERO_XOF : shareOf(xof(incomeXof), rateBps);
}
