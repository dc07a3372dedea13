/**
 * How much a player may still put at stake: his own limits and the house's, as they were read under the locks. What a
 * batch stakes or gives back counts to the franc, command by command.
 */
import { type LimitEnd, type Refusal, refusal } from './errors.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import type { Period } from './responsible-play.ts';

/** One limit with what counts against it. */
export interface StakeAllowance {
  readonly kind: 'stake' | 'loss' | 'house_market' | 'house_day';
  readonly period: Period;
  readonly limitXof: Xof;
  /** What counted when the batch began. Below zero when more was won than lost. */
  readonly usedXof: number;
  /**
   * Until when it stands, ISO 8601: the first part of it leaves the window, or the market stops by itself. Null when
   * nothing of it ends by the clock.
   */
  readonly until: string | null;
}

/** What all players together may stake in a market, in its gala, or in every market that is not settled yet. */
export interface TotalAllowance {
  readonly kind: 'total_market' | 'total_gala' | 'total_house';
  readonly limitXof: Xof;
  /** What was staked when the batch began, less what went back. */
  readonly usedXof: number;
  /** Until when it stands: an instant, ISO 8601, or what it waits for. */
  readonly until: string;
}

/** What the batch has staked so far, less what went back: by the player, and by everybody. */
export interface StakedMeanwhile {
  readonly playerXof: number;
  readonly everybodyXof: number;
}

/** Null when `amountXof` more may be staked. The limit that leaves least speaks; of equals, the first: his own. */
export function refuseStake(
  allowances: readonly StakeAllowance[],
  totals: readonly TotalAllowance[],
  meanwhile: StakedMeanwhile,
  amountXof: Xof,
): Refusal | null {
  let strictest: StakeAllowance | TotalAllowance | null = null;
  let leastLeftXof = Number.POSITIVE_INFINITY;
  for (const allowance of [...allowances, ...totals]) {
    const stakedXof = isTotal(allowance) ? meanwhile.everybodyXof : meanwhile.playerXof;
    const leftXof = allowance.limitXof - allowance.usedXof - stakedXof;
    if (leftXof < leastLeftXof) [strictest, leastLeftXof] = [allowance, leftXof];
  }
  return strictest === null || amountXof <= leastLeftXof ? null : refusalOf(strictest, leastLeftXof);
}

function isTotal(allowance: StakeAllowance | TotalAllowance): allowance is TotalAllowance {
  return allowance.kind.startsWith('total_');
}

function refusalOf(allowance: StakeAllowance | TotalAllowance, leastLeftXof: number): Refusal {
  const leftXof = leastLeftXof < 0 ? ZERO_XOF : xof(leastLeftXof);
  const { limitXof } = allowance;
  const until = allowance.until ?? endOf(allowance.kind, limitXof - leastLeftXof);
  switch (allowance.kind) {
    case 'stake':
      return refusal('limit_stake', { period: allowance.period, limitXof, leftXof, until });
    case 'loss':
      return refusal('limit_loss', { period: allowance.period, limitXof, leftXof, until });
    case 'house_market':
      return refusal('limit_market', { limitXof, leftXof, until });
    case 'house_day':
      return refusal('limit_house_day', { limitXof, leftXof, until });
    case 'total_market':
      return refusal('limit_total_market', { limitXof, leftXof, until });
    case 'total_gala':
      return refusal('limit_total_gala', { limitXof, leftXof, until });
    case 'total_house':
      return refusal('limit_total_house', { limitXof, leftXof, until });
  }
}

/** What ends a limit when the clock does not: stakes count for their time, losses until they are decided. */
function endOf(kind: (StakeAllowance | TotalAllowance)['kind'], countedXof: number): LimitEnd {
  if (countedXof <= 0) return 'limit_change';
  return kind === 'loss' ? 'bet_end' : 'offer_end';
}

/** The most that a limit leaves of the stake that it refused; null when no limit refused. */
export function leftByLimit({ code, params }: Refusal): number | null {
  const left = code === 'stake_above_max' ? params['maxXof'] : params['leftXof'];
  return (code === 'stake_above_max' || code.startsWith('limit_')) && typeof left === 'number' ? left : null;
}
