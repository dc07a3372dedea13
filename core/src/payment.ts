/**
 * Deposits and withdrawals: their states and what may follow what.
 *
 * A provider's silence is a state of its own, never a failure: a deposit stays `requested` until the provider says
 * what became of it, a withdrawal is `unknown` until it is found again. Money that came is absorbing: nothing takes a
 * deposit out of `credited`, while one that was given up is credited when its money comes all the same.
 */
import { type Refusal, refusal } from './errors.ts';
import { type Xof, xof } from './money.ts';
import type { SettingValues } from './settings.ts';

/**
 * - requested: asked for; the money may come.
 * - credited: the provider has the money, the player too.
 * - expired: its time is over and no money came; it is watched for a while, and late money is credited.
 * - refused: the provider will not bring it; late money is credited all the same.
 * - review: money came that is not what was asked for; a person decides.
 * - returned: money came for who may not play, and goes back to its payer as a withdrawal of its own.
 */
export const depositStates = ['requested', 'credited', 'expired', 'refused', 'review', 'returned'] as const;
export type DepositState = (typeof depositStates)[number];

/**
 * - approval: the money has left the balance; one person of the house, or two, have to agree.
 * - requested: the money has left the balance, and goes to the provider next; a reason says what it waits for.
 * - sent: handed to the provider, or about to be: from here on it is looked up before anything is sent again.
 * - processing: the provider has it and works on it.
 * - unknown: the provider did not say what became of it.
 * - paid: the player has it in his mobile money.
 * - refused: it will never be paid; the money is back in the balance.
 * - reversed: it had been paid and came back; the money is in the balance.
 */
export const withdrawalStates = [
  'approval',
  'requested',
  'sent',
  'processing',
  'unknown',
  'paid',
  'refused',
  'reversed',
] as const;
export type WithdrawalState = (typeof withdrawalStates)[number];

/** Is it still on its way? */
export function isWithdrawalOpen(state: WithdrawalState): boolean {
  return state !== 'paid' && state !== 'refused' && state !== 'reversed';
}

const depositMoves: Readonly<Record<DepositState, readonly DepositState[]>> = {
  requested: ['credited', 'expired', 'refused', 'review', 'returned'],
  // Asked for again by a fresh session, and judged again like a new one.
  expired: ['requested', 'credited', 'review', 'returned'],
  refused: ['requested', 'credited', 'review', 'returned'],
  review: ['credited', 'refused', 'returned'],
  credited: [],
  returned: [],
};

const withdrawalMoves: Readonly<Record<WithdrawalState, readonly WithdrawalState[]>> = {
  approval: ['requested', 'refused'],
  requested: ['sent', 'refused'],
  // Back to `requested` only when the provider surely did nothing with it.
  sent: ['paid', 'refused', 'unknown', 'processing', 'requested'],
  processing: ['paid', 'refused', 'unknown', 'reversed'],
  unknown: ['paid', 'refused', 'processing', 'reversed'],
  paid: ['reversed'],
  refused: [],
  reversed: [],
};

export function mayDepositBecome(from: DepositState, to: DepositState): boolean {
  return depositMoves[from].includes(to);
}

export function mayWithdrawalBecome(from: WithdrawalState, to: WithdrawalState): boolean {
  return withdrawalMoves[from].includes(to);
}

/** Null when a deposit of this amount may be asked for. */
export function refuseDepositAmount(
  amountXof: Xof,
  { depositMinXof: minXof, depositMaxXof: maxXof }: Pick<SettingValues, 'depositMinXof' | 'depositMaxXof'>,
): Refusal | null {
  if (amountXof < minXof) return refusal('deposit_below_min', { minXof });
  return amountXof > maxXof ? refusal('deposit_above_max', { maxXof }) : null;
}

/**
 * Null when a withdrawal of this amount may be asked for. Providers pay out multiples of 5 francs; the nearest one that
 * is proposed is never more than there is.
 */
export function refuseWithdrawalAmount(
  amountXof: Xof,
  availableXof: Xof,
  {
    withdrawalMinXof: minXof,
    withdrawalMultipleXof: multipleXof,
  }: Pick<SettingValues, 'withdrawalMinXof' | 'withdrawalMultipleXof'>,
): Refusal | null {
  if (amountXof < minXof) return refusal('withdrawal_below_min', { minXof });
  if (amountXof > availableXof) return refusal('withdrawal_insufficient_funds', { availableXof });
  const over = amountXof % multipleXof;
  if (over === 0) return null;
  return refusal('withdrawal_not_multiple', { multipleXof, nearestXof: xof(amountXof - over) });
}

/**
 * How many people of the house have to agree, by what a player has asked for in any 24 hours, this one included. Source:
 * the specification's sections 6 and 8.
 */
export function approvalsRequired(
  askedInDayXof: Xof,
  {
    approvalFinanceXof,
    approvalTwoPeopleXof,
  }: Pick<SettingValues, 'approvalFinanceXof' | 'approvalTwoPeopleXof'>,
): 0 | 1 | 2 {
  if (askedInDayXof >= approvalTwoPeopleXof) return 2;
  return askedInDayXof >= approvalFinanceXof ? 1 : 0;
}
