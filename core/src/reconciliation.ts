/**
 * Reconciliation: the words for where a provider's statement and our books part, and the sums that say how much of the
 * provider's money our books explain.
 */
import type { WithdrawalState } from './payment.ts';

/**
 * - extra: a line of the statement that is nothing of ours.
 * - missing: ours, and not on the statement of its day.
 * - different: both have it, and not the same.
 * - outside: the balance moved by what no line says.
 */
export const breakKinds = ['extra', 'missing', 'different', 'outside'] as const;
export type BreakKind = (typeof breakKinds)[number];

/**
 * Why the provider has more, or less, than our books say.
 *
 * - fees: kept by the provider by a line that has been read and not booked.
 * - deposits, withdrawals, reversals, movements: done there, not booked here.
 * - awaited: booked here, and too young to be missed on the statement.
 * - missing, different, outside: breaks, see above.
 */
export const explanationKinds = [
  'fees',
  'deposits',
  'withdrawals',
  'reversals',
  'movements',
  'awaited',
  'missing',
  'different',
  'outside',
] as const;
export type ExplanationKind = (typeof explanationKinds)[number];

export interface Explanation {
  readonly kind: ExplanationKind;
  /** By how much the provider has more than our books because of it. */
  readonly amountXof: number;
  readonly count: number;
}

/** What a person must look at: the others settle by themselves. */
const needsPeople: ReadonlySet<ExplanationKind> = new Set(['missing', 'different', 'outside']);

/**
 * Where the provider's figure comes from: its word on the balance, the balance after the last line, or the sum of its
 * lines where it tells no balance at all.
 */
export const balanceSources = ['balance', 'last_line', 'lines'] as const;
export type BalanceSource = (typeof balanceSources)[number];

/** What is left when every explanation is taken off the difference. Nothing, when all is well. */
export function unexplainedXof(of: {
  readonly clearingXof: number;
  readonly providerXof: number;
  readonly explanations: readonly Explanation[];
}): number {
  const explained = of.explanations.reduce((sum, { amountXof }) => sum + amountXof, 0);
  return of.providerXof - of.clearingXof - explained;
}

/**
 * How much of the provider's money our books explain: all of it but what is nobody's yet, what people must still look
 * at, and what nothing explains. A difference counts whatever its sign: two wrongs do not make one right.
 */
export function explainedXof(of: {
  readonly providerXof: number;
  readonly explanations: readonly Explanation[];
  readonly unexplainedXof: number;
  /** Of each item in suspense, without its sign. */
  readonly suspendedXof: number;
}): number {
  const doubtful = of.explanations
    .filter(({ kind }) => needsPeople.has(kind))
    .reduce((sum, { amountXof }) => sum + Math.abs(amountXof), 0);
  const left = of.providerXof - doubtful - of.suspendedXof - Math.abs(of.unexplainedXof);
  return Math.max(0, Math.min(left, of.providerXof));
}

/** In hundredths of a percent, never rounded up to the whole: 9999 of 10000 with one franc in doubt. */
export function explainedShareBps(explained: number, provider: number): number {
  if (provider <= 0) return explained === provider || provider === 0 ? 10_000 : 0;
  return Math.floor((explained * 10_000) / provider);
}

/**
 * Where suspended money, or a break, goes.
 *
 * - player: credited. payer: sent back to the number that paid, which is a player's.
 * - refund: the provider gives it back to whoever paid. by_hand: people gave it back in the provider's portal.
 * - treasury: the house moved its own money. fee: it is the provider's price. house: written off, or kept.
 * - omitted: our books are right, the statement leaves it out.
 */
export const allocationChoices = [
  'player',
  'payer',
  'refund',
  'by_hand',
  'treasury',
  'fee',
  'house',
  'omitted',
] as const;
export type AllocationChoice = (typeof allocationChoices)[number];

/** What may be proposed for money, or a break, of this sort. */
export function allocationChoicesOf(item: {
  readonly kind: BreakKind | 'payment';
  readonly amountXof: number;
  /** Do we know to whom it could go back? */
  readonly hasPayer: boolean;
  /** Does the provider give payments back? */
  readonly canRefund: boolean;
}): AllocationChoice[] {
  const choices: AllocationChoice[] = ['treasury', 'fee', 'house'];
  if (item.kind === 'payment') {
    const payer = item.hasPayer ? (['payer'] as const) : [];
    const refund = item.canRefund ? (['refund'] as const) : [];
    return ['player', ...payer, ...refund, 'by_hand', ...choices];
  }
  return item.kind === 'missing' ? ['omitted', ...choices] : choices;
}

/** What a line of a statement is about, and what we have of it. */
export interface LineToJudge {
  readonly kind: 'deposit' | 'deposit_refund' | 'withdrawal' | 'withdrawal_reversal' | 'other';
  /** The movement itself: the net change of the balance, and what the provider and the State kept of it. */
  readonly grossXof: number;
  /** Of the provider's transaction, as we booked it. */
  readonly paymentXof: number | null;
  /** Does it name a deposit of ours? */
  readonly hasDeposit: boolean;
  readonly withdrawal: { readonly state: WithdrawalState; readonly amountXof: number } | null;
  /** The way back of a payment that it is. */
  readonly refund: { readonly state: 'asked' | 'refunded'; readonly amountXof: number } | null;
}

/**
 * - matched: as we have it. different: not as we have it, `oursXof`. waiting: ours, and not booked yet.
 * - extra: nothing of ours.
 */
export type LineVerdict =
  | { readonly kind: 'matched' | 'different'; readonly oursXof: number }
  | { readonly kind: 'waiting' | 'extra' };

export function judgeLine(line: LineToJudge): LineVerdict {
  const { grossXof, paymentXof, withdrawal, refund } = line;
  if (refund !== null) {
    return refund.state === 'asked' ? { kind: 'waiting' } : compare(-refund.amountXof, grossXof);
  }
  if (line.kind === 'deposit') {
    if (paymentXof !== null) return compare(paymentXof, grossXof);
    return { kind: line.hasDeposit ? 'waiting' : 'extra' };
  }
  if (withdrawal === null || withdrawal.state === 'refused') return { kind: 'extra' };
  if (line.kind === 'withdrawal') {
    const isPaid = withdrawal.state === 'paid' || withdrawal.state === 'reversed';
    return isPaid ? compare(-withdrawal.amountXof, grossXof) : { kind: 'waiting' };
  }
  if (line.kind === 'withdrawal_reversal') {
    return withdrawal.state === 'reversed' ? compare(withdrawal.amountXof, grossXof) : { kind: 'waiting' };
  }
  return { kind: 'extra' };
}

function compare(oursXof: number, theirsXof: number): LineVerdict {
  return { kind: oursXof === theirsXof ? 'matched' : 'different', oursXof };
}
