/**
 * How much a player may still put at stake: his own limits and the house's, as they were read under the locks. What a
 * batch stakes or gives back counts to the franc, command by command.
 */
import { type Refusal, refusal } from './errors.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import type { Period } from './responsible-play.ts';

/** One limit with what counts against it. */
export interface StakeAllowance {
  readonly kind: 'stake' | 'loss' | 'house_market' | 'house_day';
  readonly period: Period;
  readonly limitXof: Xof;
  /** What counted when the batch began. Below zero when more was won than lost. */
  readonly usedXof: number;
  /** When the first part of it leaves the window, ISO 8601; empty when none does by itself. */
  readonly until: string;
}

/** Null when `amountXof` more may be staked. The limit that leaves least speaks; of equals, the first. */
export function refuseStake(
  allowances: readonly StakeAllowance[],
  stakedMeanwhileXof: number,
  amountXof: Xof,
): Refusal | null {
  let strictest: StakeAllowance | null = null;
  let leastLeftXof = Number.POSITIVE_INFINITY;
  for (const allowance of allowances) {
    const leftXof = allowance.limitXof - allowance.usedXof - stakedMeanwhileXof;
    if (leftXof < leastLeftXof) [strictest, leastLeftXof] = [allowance, leftXof];
  }
  return strictest === null || amountXof <= leastLeftXof ? null : refusalOf(strictest, leastLeftXof);
}

function refusalOf({ kind, period, limitXof, until }: StakeAllowance, leastLeftXof: number): Refusal {
  const leftXof = leastLeftXof < 0 ? ZERO_XOF : xof(leastLeftXof);
  switch (kind) {
    case 'stake':
      return refusal('limit_stake', { period, limitXof, leftXof, until });
    case 'loss':
      return refusal('limit_loss', { period, limitXof, leftXof, until });
    case 'house_market':
      return refusal('limit_market', { limitXof, leftXof });
    case 'house_day':
      return refusal('limit_house_day', { limitXof, leftXof, until });
  }
}
