/**
 * Deposits and withdrawals: their states and what may follow what.
 *
 * A provider's silence is a state of its own, never a failure: a deposit stays `requested` until the provider says
 * what became of it, a withdrawal is `unknown` until it is found again. Ended states never change.
 */
import { type Refusal, refusal } from './errors.ts';
import { type Xof, xof } from './money.ts';
import type { SettingValues } from './settings.ts';

/**
 * - requested: asked for; the money may still come, however late.
 * - credited: the provider has the money, the player too.
 * - refused: the provider will never bring it.
 * - review: money came that is not what was asked for; a person decides.
 * - returned: money came for who may not play, and goes back to its payer as a withdrawal of its own.
 */
export const depositStates = ['requested', 'credited', 'refused', 'review', 'returned'] as const;
export type DepositState = (typeof depositStates)[number];

/**
 * - requested: the money has left the balance, the provider has not heard of it.
 * - sent: handed to the provider, or about to be: from here on it is looked up before anything is sent again.
 * - unknown: the provider did not say what became of it.
 * - paid: the player has it in his mobile money.
 * - refused: the provider will never pay it; the money is back in the balance.
 */
export const withdrawalStates = ['requested', 'sent', 'unknown', 'paid', 'refused'] as const;
export type WithdrawalState = (typeof withdrawalStates)[number];

const withdrawalMoves: Readonly<Record<WithdrawalState, readonly WithdrawalState[]>> = {
  requested: ['sent'],
  sent: ['paid', 'refused', 'unknown'],
  unknown: ['paid', 'refused'],
  paid: [],
  refused: [],
};

/** A deposit leaves `requested` once, and `review` by a person's decision; nothing else changes it. */
export function mayDepositBecome(from: DepositState, to: DepositState): boolean {
  if (from === 'requested') return to !== 'requested';
  return from === 'review' && (to === 'credited' || to === 'refused' || to === 'returned');
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

/** Null when a withdrawal of this amount may be asked for. Providers pay out multiples of 5 francs. */
export function refuseWithdrawalAmount(
  amountXof: Xof,
  {
    withdrawalMinXof: minXof,
    withdrawalMultipleXof: multipleXof,
  }: Pick<SettingValues, 'withdrawalMinXof' | 'withdrawalMultipleXof'>,
): Refusal | null {
  if (amountXof < minXof) return refusal('withdrawal_below_min', { minXof });
  const over = amountXof % multipleXof;
  if (over === 0) return null;
  return refusal('withdrawal_not_multiple', { multipleXof, nearestXof: xof(amountXof - over) });
}
