import type { Xof } from '#core/money.ts';
import type { PoolCard } from '#core/pool-card.ts';
import { type Db, first, type Tx } from '../db.ts';
import { chainThen } from './queries.ts';

const TICKETS_PER_READ = 5_000;

export interface TicketLeafRow {
  readonly id: string;
  readonly poolId: number;
  readonly seq: number;
  readonly picks: string;
  readonly stakeXof: Xof;
  readonly madeAtMs: number;
  readonly salt: Buffer;
}

/** The instant of a leaf is told in whole milliseconds, the part of one cut off. */
const LEAF = `SELECT t.id, t.pool_id AS "poolId", t.seq, t.picks, t.stake_xof AS "stakeXof", t.salt,
    floor(extract(epoch FROM t.made_at) * 1000)::bigint AS "madeAtMs"`;

/** The next tickets of a pool, in order of arrival. */
export function findTicketLeafRows(db: Db | Tx, poolId: number, afterSeq: number): Promise<TicketLeafRow[]> {
  return db.query<TicketLeafRow>(
    `${LEAF} FROM pool_ticket t WHERE t.pool_id = $1 AND t.seq > $2 ORDER BY t.seq LIMIT ${TICKETS_PER_READ}`,
    [poolId, afterSeq],
  );
}

export interface OwnTicketRow extends TicketLeafRow {
  /** Tickets of the pool before it. */
  readonly index: number;
  readonly poolName: string;
  readonly ruleCard: PoolCard;
  readonly ruleCardHash: Buffer;
  /** The last root that was published before it was bought, and its value; 0 and null before any. */
  readonly chainNumber: number;
  readonly chainValue: Buffer | null;
}

/** A ticket of the player, its place among those of its pool, and what was agreed. */
export async function findOwnTicket(
  db: Db,
  playerId: string,
  ticketId: string,
): Promise<OwnTicketRow | null> {
  return first(
    await db.query<OwnTicketRow>(
      `${LEAF}, (SELECT count(*) FROM pool_ticket o WHERE o.pool_id = t.pool_id AND o.seq < t.seq) AS index,
         p.name AS "poolName", p.rule_card AS "ruleCard", p.rule_card_hash AS "ruleCardHash",
         coalesce(c.number, 0) AS "chainNumber", c.value AS "chainValue"
       FROM pool_ticket t JOIN pool p ON p.id = t.pool_id LEFT JOIN LATERAL (${chainThen('t.made_at')}) c ON true
       WHERE t.id = $2 AND t.player_id = $1`,
      [playerId, ticketId],
    ),
  );
}

export interface ProvenPool {
  readonly visibility: 'public' | 'hidden';
  readonly isTest: boolean;
  readonly name: string;
  readonly closedAt: Date | null;
  /** Known once every leg was decided: tickets after the first true whistle of its bouts went back. */
  readonly lateAfter: Date | null;
  readonly lateXof: Xof;
}

export async function findProvenPool(db: Db, poolId: number): Promise<ProvenPool | null> {
  return first(
    await db.query<ProvenPool>(
      `SELECT g.visibility, p.is_test AS "isTest", p.name, p.closed_at AS "closedAt", s.late_after AS "lateAfter", coalesce(s.late_xof, 0) AS "lateXof"
       FROM pool p JOIN gala g ON g.id = p.gala_id LEFT JOIN LATERAL (
         SELECT late_after, late_xof FROM pool_settlement WHERE pool_id = p.id ORDER BY version DESC LIMIT 1) s ON true
       WHERE p.id = $1 AND p.state <> 'draft'`,
      [poolId],
    ),
  );
}

/** The names of pools that everybody may see. */
export async function findPublicPoolNames(
  db: Db,
  poolIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db.query<{ id: number; name: string }>(
    `SELECT p.id, p.name FROM pool p JOIN gala g ON g.id = p.gala_id AND g.visibility = 'public' WHERE p.id = ANY ($1)`,
    [poolIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
