/**
 * Ceilings: how much a player may hold, put in and take out, by what we know of him; and how several limits on one
 * movement are weighed: the strictest refuses.
 */
import { type Refusal, refusal } from './errors.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import type { SettingValues } from './settings.ts';

/** `phone`: his number is all we know. `identified`: compliance has seen his document. */
export const tiers = ['phone', 'identified'] as const;
export type Tier = (typeof tiers)[number];

export interface Ceilings {
  /** A win may lift a balance above it; a deposit may not. */
  readonly balanceMaxXof: Xof;
  /** In any 24 hours. */
  readonly depositsDayMaxXof: Xof;
  /** In any 24 hours; null: none but what is approved by hand. */
  readonly withdrawalsDayMaxXof: Xof | null;
}

export function ceilingsOf(values: SettingValues, tier: Tier): Ceilings {
  return tier === 'identified'
    ? {
        balanceMaxXof: values.identifiedBalanceMaxXof,
        depositsDayMaxXof: values.identifiedDepositsDayMaxXof,
        withdrawalsDayMaxXof: null,
      }
    : {
        balanceMaxXof: values.phoneBalanceMaxXof,
        depositsDayMaxXof: values.phoneDepositsDayMaxXof,
        withdrawalsDayMaxXof: values.phoneWithdrawalsDayMaxXof,
      };
}

/** One limit on a movement: what it leaves, and what is said to who asks for more. */
export interface Allowance {
  readonly leftXof: Xof;
  readonly refusal: Refusal;
}

/** What was moved in a rolling window. */
export interface WindowUse {
  readonly usedXof: Xof;
  /** When the oldest of it leaves the window; null when there is none. */
  readonly freesAt: Date | null;
}

export function leftOf(maxXof: Xof, usedXof: Xof): Xof {
  return usedXof < maxXof ? xof(maxXof - usedXof) : ZERO_XOF;
}

/** `heldXof`: the balance, what is in open offers, and deposits on their way. */
export function balanceAllowance({ balanceMaxXof }: Ceilings, heldXof: Xof): Allowance {
  const leftXof = leftOf(balanceMaxXof, heldXof);
  return { leftXof, refusal: refusal('balance_over_ceiling', { ceilingXof: balanceMaxXof, leftXof }) };
}

export function depositsAllowance({ depositsDayMaxXof: ceilingXof }: Ceilings, use: WindowUse): Allowance {
  const leftXof = leftOf(ceilingXof, use.usedXof);
  return {
    leftXof,
    refusal:
      use.freesAt === null
        ? refusal('deposit_over_whole_ceiling', { ceilingXof })
        : refusal('deposit_over_ceiling', { ceilingXof, leftXof, freesAt: use.freesAt.toISOString() }),
  };
}

/** Null when withdrawals have no ceiling. */
export function withdrawalsAllowance(ceilings: Ceilings, use: WindowUse): Allowance | null {
  const ceilingXof = ceilings.withdrawalsDayMaxXof;
  if (ceilingXof === null) return null;
  const leftXof = leftOf(ceilingXof, use.usedXof);
  return {
    leftXof,
    refusal:
      use.freesAt === null
        ? refusal('withdrawal_over_whole_ceiling', { ceilingXof })
        : refusal('withdrawal_over_ceiling', { ceilingXof, leftXof, freesAt: use.freesAt.toISOString() }),
  };
}

/** The one that leaves the least; of equals the first. Null when there is none. */
export function strictestOf(allowances: readonly Allowance[]): Allowance | null {
  let strictest: Allowance | null = null;
  for (const one of allowances) if (strictest === null || one.leftXof < strictest.leftXof) strictest = one;
  return strictest;
}

/** Why this much is too much; null when it is not. */
export function refuseBeyond(allowances: readonly Allowance[], amountXof: Xof): Refusal | null {
  const strictest = strictestOf(allowances);
  return strictest !== null && amountXof > strictest.leftXof ? strictest.refusal : null;
}
