/**
 * What a pool pays for given results: its sums once, then each ticket by itself. The first settlement and every
 * correction plan with this and pay what it says.
 */
import { xof } from '#core/money.ts';
import { ResultIncomplete } from '#core/outcome.ts';
import {
  endPool,
  isRight,
  type LegOutcome,
  type PoolEnding,
  type PoolRates,
  payTicket,
  readPicks,
  type TicketPayment,
  VOID_LEG,
} from '#core/pool.ts';
import { legOutcome } from '#core/pool-leg.ts';
import { first, type Tx } from '../db.ts';
import { findLegResults, type LegResult } from './queries.ts';

export interface PoolPlan {
  /** One a leg, in their order. */
  readonly outcomes: readonly LegOutcome[];
  readonly rates: PoolRates;
  readonly ending: PoolEnding;
  /** Tickets bought after this go back: to the microsecond, as the database writes it. */
  readonly lateAfter: string | null;
  readonly lateXof: number;
}

/** What is right in each leg; null while one is undecided, unless the time to decide is over: then it is void. */
export async function decideLegs(tx: Tx, poolId: number, isTimeOver: boolean): Promise<LegOutcome[] | null> {
  const outcomes: LegOutcome[] = [];
  for (const leg of await findLegResults(tx, poolId)) {
    const outcome = outcomeOf(leg) ?? (isTimeOver ? VOID_LEG : null);
    if (outcome === null) return null;
    outcomes.push(outcome);
  }
  return outcomes;
}

/** A result without the time wrestled leaves an over/under leg undecided. */
function outcomeOf({ question, result }: LegResult): LegOutcome | null {
  try {
    return result === null ? null : legOutcome(question, result);
  } catch (error) {
    if (error instanceof ResultIncomplete) return null;
    throw error;
  }
}

/** Under the pool's lock, once it is closed. */
export async function planPool(tx: Tx, poolId: number, outcomes: readonly LegOutcome[]): Promise<PoolPlan> {
  const pool = first(
    await tx.query<{ rates: PoolRates; lateAfter: string | null }>(
      `SELECT p.rule_card -> 'rates' AS rates,
         (SELECT min(w.at)::text FROM pool_leg l JOIN true_whistle w ON w.bout_id = l.bout_id
          WHERE l.pool_id = p.id AND w.confirmed_at IS NOT NULL) AS "lateAfter"
       FROM pool p WHERE p.id = $1`,
      [poolId],
    ),
  );
  if (pool === null) throw new Error(`pool ${poolId} has vanished`);
  const { rates, lateAfter } = pool;
  const sums = await tx.query<{ picks: string; stakedXof: number; lateXof: number }>(
    `SELECT picks, coalesce(sum(stake_xof) FILTER (WHERE NOT is_late), 0)::bigint AS "stakedXof",
       coalesce(sum(stake_xof) FILTER (WHERE is_late), 0)::bigint AS "lateXof"
     FROM (SELECT picks, stake_xof, coalesce(made_at > $2::timestamptz, false) AS is_late
           FROM pool_ticket WHERE pool_id = $1) t GROUP BY picks`,
    [poolId, lateAfter],
  );
  let [stakesXof, rightXof, lateXof] = [0, 0, 0];
  for (const sum of sums) {
    stakesXof += sum.stakedXof;
    lateXof += sum.lateXof;
    if (isRight(readPicks(sum.picks), outcomes)) rightXof += sum.stakedXof;
  }
  const ending = endPool({ stakesXof: xof(stakesXof), rightXof: xof(rightXof) }, outcomes, rates);
  return { outcomes, rates, ending, lateAfter, lateXof };
}

export interface PlannedTicket {
  readonly ticketId: string;
  readonly seq: number;
  readonly playerId: string;
  /** His account `player_available`. */
  readonly accountId: number;
  /** His account `player_bonus`, if he has one. */
  readonly bonusAccountId: number | null;
  readonly stakeXof: number;
  readonly bonusXof: number;
  readonly payment: TicketPayment;
}

/** The next tickets of a pool after a sequence, each with what the plan pays it. */
export async function readPlannedTickets(
  tx: Tx,
  poolId: number,
  plan: PoolPlan,
  page: { readonly afterSeq: number; readonly limit: number },
): Promise<PlannedTicket[]> {
  const rows = await tx.query<Omit<PlannedTicket, 'payment'> & { picks: string; isLate: boolean }>(
    `SELECT t.id AS "ticketId", t.seq, t.player_id AS "playerId", p.available_account_id AS "accountId",
       p.bonus_account_id AS "bonusAccountId", t.picks,
       t.stake_xof AS "stakeXof", t.bonus_xof AS "bonusXof", coalesce(t.made_at > $3::timestamptz, false) AS "isLate"
     FROM pool_ticket t JOIN player p ON p.id = t.player_id
     WHERE t.pool_id = $1 AND t.seq > $2 ORDER BY t.seq LIMIT $4`,
    [poolId, page.afterSeq, plan.lateAfter, page.limit],
  );
  return rows.map(({ picks, isLate, ...ticket }) => {
    const judged = {
      stakeXof: xof(ticket.stakeXof),
      isRight: isRight(readPicks(picks), plan.outcomes),
      isLate,
    };
    return { ...ticket, payment: payTicket(judged, plan.ending, plan.rates) };
  });
}
