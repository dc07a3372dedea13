import type { MarketState } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { Question } from '#core/question.ts';
import type { GalaAccess } from '../bouts/access.ts';
import { type Db, first, one, type Tx } from '../db.ts';

/** What decides on a move of a bout. */
export interface MovableBout extends GalaAccess {
  readonly boutId: number;
  readonly boutState: 'announced' | 'whistled' | 'decided' | 'cancelled';
  readonly scheduledAt: Date;
  readonly firstScheduledAt: Date | null;
  readonly isUndated: boolean;
  /** The shortest that a bettor on it has agreed to; null when nothing was ever opened. */
  readonly postponementMs: number | null;
  readonly hasProposal: boolean;
  readonly now: Date;
}

/** What is bet and not paid in one market. */
export interface BetsOfMarket {
  readonly marketId: number;
  readonly question: Question;
  readonly state: MarketState;
  readonly openOfferCount: number;
  readonly openXof: Xof;
  readonly duelCount: number;
  /** Both sides. */
  readonly duelXof: Xof;
}

/** What is bet in one pool with a leg on a bout. */
export interface BetsOfPool {
  readonly poolId: number;
  readonly name: string;
  readonly state: MarketState;
  readonly legsElsewhere: number;
  readonly decidedBy: Date;
  readonly ticketCount: number;
  readonly ticketXof: Xof;
}

export async function findMovableBout(db: Db | Tx, boutId: number): Promise<MovableBout | null> {
  return first(
    await db.query<MovableBout>(
      `SELECT b.id AS "boutId", b.state AS "boutState", b.scheduled_at AS "scheduledAt",
         b.first_scheduled_at AS "firstScheduledAt", b.is_undated AS "isUndated", g.visibility, g.is_test AS "isTest",
         (SELECT min((m.rule_card ->> 'postponementMs')::bigint) FROM market m
          WHERE m.bout_id = b.id AND m.rule_card IS NOT NULL) AS "postponementMs",
         EXISTS (SELECT FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL) AS "hasProposal",
         clock_timestamp() AS now
       FROM bout b JOIN gala g ON g.id = b.gala_id WHERE b.id = $1`,
      [boutId],
    ),
  );
}

/** Every market of a bout, drafts included: the winner's first. */
export function findBetsOfMarkets(db: Db | Tx, boutId: number): Promise<BetsOfMarket[]> {
  return db.query<BetsOfMarket>(
    `SELECT m.id AS "marketId", question_of(m.kind, m.line_seconds, m.method_group) AS question, m.state,
       o.count AS "openOfferCount", o.xof AS "openXof", d.count AS "duelCount", d.xof AS "duelXof"
     FROM market m
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(open_xof), 0)::bigint AS xof FROM offer
       WHERE market_id = m.id AND is_open) o
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stake_a_xof + stake_b_xof), 0)::bigint AS xof FROM duel
       WHERE market_id = m.id AND settlement_id IS NULL) d
     WHERE m.bout_id = $1 ORDER BY m.kind <> 'winner', m.id`,
    [boutId],
  );
}

/** Every pool with a leg on a bout that is not being paid yet. */
export function findBetsOfPools(db: Db | Tx, boutId: number): Promise<BetsOfPool[]> {
  return db.query<BetsOfPool>(
    `SELECT p.id AS "poolId", p.name, p.state, p.decided_by AS "decidedBy", p.last_seq AS "ticketCount",
       p.staked_xof AS "ticketXof",
       (SELECT count(*) FROM pool_leg l WHERE l.pool_id = p.id AND l.bout_id <> $1) AS "legsElsewhere"
     FROM pool p WHERE p.state IN ('draft', 'open', 'suspended', 'closed')
       AND p.id IN (SELECT l.pool_id FROM pool_leg l WHERE l.bout_id = $1) ORDER BY p.id`,
    [boutId],
  );
}

export interface Move {
  readonly id: string;
  readonly boutId: number;
  readonly from: Date;
  /** ISO 8601; null when there is no date yet. */
  readonly to: string | null;
  readonly reason: string;
  readonly source: string;
  readonly movedBy: string;
}

export async function insertMove(tx: Tx, move: Move): Promise<void> {
  await tx.query(
    `INSERT INTO postponement (id, bout_id, from_at, to_at, reason, source, moved_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [move.id, move.boutId, move.from, move.to, move.reason, move.source, move.movedBy],
  );
}

/** Dates of the bout and, of those that are not closed, the hard stops of its markets. */
export async function writeMove(
  tx: Tx,
  boutId: number,
  to: {
    readonly scheduledAt: string | null;
    readonly hardStopAt: Date | null;
    readonly bets: { readonly first: Date; readonly standsUntil: Date; readonly voidAt: Date } | null;
  },
): Promise<void> {
  const { scheduledAt, hardStopAt, bets } = to;
  await tx.query(
    `UPDATE bout SET scheduled_at = coalesce($2, scheduled_at), is_undated = $2::timestamptz IS NULL,
       first_scheduled_at = $3, stands_until = $4, void_at = $5 WHERE id = $1`,
    [boutId, scheduledAt, bets?.first ?? null, bets?.standsUntil ?? null, bets?.voidAt ?? null],
  );
  await tx.query(
    `UPDATE market SET state = CASE state WHEN 'open' THEN 'suspended' ELSE state END,
       hard_stop_at = coalesce($2, hard_stop_at)
     WHERE bout_id = $1 AND state IN ('draft', 'open', 'suspended')`,
    [boutId, hardStopAt],
  );
}

/** Pools with a leg on the bout take no tickets until an operator looks at them. */
export async function suspendPools(tx: Tx, poolIds: readonly number[]): Promise<void> {
  await tx.query(`UPDATE pool SET state = 'suspended' WHERE id = ANY ($1) AND state = 'open'`, [poolIds]);
}

/** Bouts that were moved and did not meet in time: nobody has proposed a result. */
export async function findBoutsToVoid(db: Db): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `SELECT b.id FROM bout b WHERE b.void_at <= clock_timestamp() AND b.state IN ('announced', 'whistled')
       AND NOT EXISTS (SELECT FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL)
     ORDER BY b.void_at, b.id LIMIT 100`,
  );
  return rows.map(({ id }) => id);
}

/** Under the bout's lock: whether it is still to void. */
export async function isToVoid(tx: Tx, boutId: number): Promise<boolean> {
  const row = first(
    await tx.query<{ isDue: boolean }>(
      `SELECT b.void_at <= clock_timestamp() AND b.state IN ('announced', 'whistled')
         AND NOT EXISTS (SELECT FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL) AS "isDue"
       FROM bout b WHERE b.id = $1`,
      [boutId],
    ),
  );
  return row?.isDue === true;
}

/** The last move of a bout that was moved. */
export async function findLastMove(
  tx: Tx,
  boutId: number,
): Promise<{ readonly source: string; readonly isTooLate: boolean }> {
  return one(
    await tx.query<{ source: string; isTooLate: boolean }>(
      `SELECT p.source, NOT b.is_undated AND b.scheduled_at >= b.stands_until AS "isTooLate"
       FROM postponement p JOIN bout b ON b.id = p.bout_id WHERE p.bout_id = $1 ORDER BY p.moved_at DESC LIMIT 1`,
      [boutId],
    ),
  );
}
