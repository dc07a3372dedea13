/**
 * Decides a batch of tickets of one pool, in order of arrival, each against what is left.
 *
 * Pure: it gets what was read under the pool's lock and returns what to write. Invariants: a purse never falls below
 * zero, bonus money is spent first; nobody stakes beyond a limit; a refused ticket changes nothing; what a ticket is quoted counts those before it.
 */
import { type Refusal, refusal } from './errors.ts';
import type { MarketState } from './market.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import { type Picks, picksText, quoteTicket, type TicketQuote } from './pool.ts';
import type { PoolCard } from './pool-card.ts';
import { arePicks } from './pool-leg.ts';
import { Purses } from './purses.ts';
import { refuseStake, type StakeAllowance, type TotalAllowance } from './stake-allowance.ts';

export interface BuyCommand {
  readonly playerId: string;
  readonly picks: Picks;
  readonly stakeXof: Xof;
  readonly validUntilMs: number | null;
}

/** What was read under the pool's lock. */
export interface PoolView {
  readonly state: MarketState;
  /** Null in draft. */
  readonly card: PoolCard | null;
  readonly hardStopMs: number;
  /** The database's clock, read after the lock. */
  readonly nowMs: number;
  readonly lastSeq: number;
  readonly stakedXof: Xof;
  /** Stakes on the combinations that the batch names; nothing for one that nobody has. */
  readonly totals: ReadonlyMap<string, Xof>;
  /** Available francs of each player of the batch, and the bonus money of those who have some. */
  readonly wallets: ReadonlyMap<string, Xof>;
  readonly bonuses: ReadonlyMap<string, Xof>;
  /** Players of the batch who may not bet at all, and why. */
  readonly barred: ReadonlyMap<string, Refusal>;
  readonly allowances: ReadonlyMap<string, readonly StakeAllowance[]>;
  /** On all players together. */
  readonly stakedTotals: readonly TotalAllowance[];
}

export interface Bought {
  readonly seq: number;
  readonly picks: string;
  /** The bonus money in the stake: it is spent first. */
  readonly bonusXof: Xof;
  /** As things stand with this ticket. */
  readonly quote: TicketQuote;
}

export interface TicketDecisions {
  /** One for each command, in their order. */
  readonly decisions: readonly (Bought | Refusal)[];
  readonly lastSeq: number;
  readonly stakedXof: Xof;
}

export function decideTickets(pool: PoolView, commands: readonly BuyCommand[]): TicketDecisions {
  const purses = new Purses(pool.wallets, pool.bonuses);
  const totals = new Map(pool.totals);
  let { lastSeq, stakedXof } = pool;
  const decisions = commands.map((command): Bought | Refusal => {
    const { card } = pool;
    const refused = refuseBuyer(pool, command);
    if (refused !== null) return refused;
    if (card === null) return refusal('pool_not_open');
    const picks = picksText(command.picks);
    const meanwhile = { playerXof: purses.spentBy(command.playerId), everybodyXof: purses.spentXof };
    const allowances = pool.allowances.get(command.playerId) ?? [];
    const limited = (stakeXof: Xof) => refuseStake(allowances, pool.stakedTotals, meanwhile, stakeXof);
    const refusedAmount =
      refuseStricter(card.limits.stakeMaxXof, command.stakeXof, limited) ??
      judgeTicket(command, card) ??
      limited(command.stakeXof) ??
      refusePoor(purses.usable(command.playerId, true), command.stakeXof);
    if (refusedAmount !== null) return refusedAmount;
    const samePicksXof = totals.get(picks) ?? ZERO_XOF;
    const quote = quoteTicket(command.stakeXof, { poolXof: stakedXof, samePicksXof }, card.rates);
    const bonusXof = purses.bonusFor(command.playerId, command.stakeXof);
    purses.take(command.playerId, command.stakeXof, bonusXof);
    totals.set(picks, quote.samePicksXof);
    stakedXof = quote.poolXof;
    lastSeq += 1;
    return { seq: lastSeq, picks, bonusXof, quote };
  });
  return { decisions, lastSeq, stakedXof };
}

/** Checks a ticket against the rule card; null when it is good. */
export function judgeTicket(
  { picks, stakeXof }: Pick<BuyCommand, 'picks' | 'stakeXof'>,
  { legs, limits }: Pick<PoolCard, 'legs' | 'limits'>,
): Refusal | null {
  if (!arePicks(picks, legs)) return refusal('picks_invalid', { legCount: String(legs.length) });
  if (stakeXof < limits.stakeMinXof) return refusal('stake_below_min', { minXof: limits.stakeMinXof });
  if (stakeXof > limits.stakeMaxXof)
    return refusal('stake_above_max', { maxXof: limits.stakeMaxXof, until: 'market_close' });
  return null;
}

function refuseBuyer(pool: PoolView, command: BuyCommand): Refusal | null {
  const barred = pool.barred.get(command.playerId);
  if (barred !== undefined) return barred;
  const { state, nowMs, hardStopMs } = pool;
  if (state === 'draft') return refusal('pool_not_open');
  if ((state !== 'open' && state !== 'suspended') || nowMs >= hardStopMs) return refusal('pool_closed');
  if (state === 'suspended') return refusal('pool_suspended');
  if (command.validUntilMs !== null && nowMs > command.validUntilMs) return refusal('slip_expired');
  return null;
}

/** Beyond the maximum of a ticket a limit that leaves less than it speaks. */
function refuseStricter(
  stakeMaxXof: Xof,
  stakeXof: Xof,
  limited: (stakeXof: Xof) => Refusal | null,
): Refusal | null {
  return stakeXof > stakeMaxXof ? limited(stakeMaxXof) : null;
}

function refusePoor(usableXof: number, stakeXof: Xof): Refusal | null {
  return stakeXof > usableXof
    ? refusal('insufficient_funds', { missingXof: xof(stakeXof - usableXof) })
    : null;
}
