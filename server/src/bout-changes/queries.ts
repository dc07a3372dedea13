import type { MarketState } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { GalaAccess } from '../bouts/access.ts';
import { type Db, first, one, type Tx } from '../db.ts';

/** What decides on a move of a bout. */
export interface MovableBout extends GalaAccess {
  readonly boutId: number;
  readonly boutState: 'announced' | 'whistled' | 'decided' | 'cancelled';
  readonly scheduledAt: Date;
  readonly firstScheduledAt: Date | null;
  readonly isUndated: boolean;
  readonly marketStates: readonly MarketState[];
  /** The shortest that a bettor on it has agreed to; null when nothing was ever opened. */
  readonly postponementMs: number | null;
  readonly hasProposal: boolean;
  readonly now: Date;
}

/** What is bet on a bout and not paid, over all its markets, and over the pools with a leg on it. */
export interface BetsOfBout {
  readonly openOfferCount: number;
  readonly openXof: Xof;
  readonly duelCount: number;
  readonly duelXof: Xof;
  readonly ticketCount: number;
  readonly ticketXof: Xof;
}

export async function findMovableBout(db: Db | Tx, boutId: number): Promise<MovableBout | null> {
  return first(
    await db.query<MovableBout>(
      `SELECT b.id AS "boutId", b.state AS "boutState", b.scheduled_at AS "scheduledAt",
         b.first_scheduled_at AS "firstScheduledAt", b.is_undated AS "isUndated", g.visibility, g.is_test AS "isTest",
         (SELECT coalesce(array_agg(m.state ORDER BY m.id), '{}') FROM market m WHERE m.bout_id = b.id) AS "marketStates",
         (SELECT min((m.rule_card ->> 'postponementMs')::bigint) FROM market m
          WHERE m.bout_id = b.id AND m.rule_card IS NOT NULL) AS "postponementMs",
         EXISTS (SELECT FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL) AS "hasProposal",
         clock_timestamp() AS now
       FROM bout b JOIN gala g ON g.id = b.gala_id WHERE b.id = $1`,
      [boutId],
    ),
  );
}

export async function countBetsOfBout(db: Db | Tx, boutId: number): Promise<BetsOfBout> {
  return one(
    await db.query<BetsOfBout>(
      `SELECT o.count AS "openOfferCount", o.xof AS "openXof", d.count AS "duelCount", d.xof AS "duelXof",
         t.count AS "ticketCount", t.xof AS "ticketXof"
       FROM (SELECT count(*), coalesce(sum(o.open_xof), 0)::bigint AS xof
             FROM offer o JOIN market m ON m.id = o.market_id WHERE m.bout_id = $1 AND o.is_open) o,
         (SELECT count(*), coalesce(sum(d.stake_a_xof + d.stake_b_xof), 0)::bigint AS xof
          FROM duel d JOIN market m ON m.id = d.market_id WHERE m.bout_id = $1 AND d.settlement_id IS NULL) d,
         (SELECT count(*), coalesce(sum(t.stake_xof), 0)::bigint AS xof FROM pool_ticket t
          WHERE t.settlement_id IS NULL AND t.pool_id IN (SELECT l.pool_id FROM pool_leg l WHERE l.bout_id = $1)) t`,
      [boutId],
    ),
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
