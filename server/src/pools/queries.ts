import type { Static } from 'typebox';
import type { PoolBrief, PoolSettlementView, TicketView } from '#core/api/pools.ts';
import type { MarketState } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { BoutResult } from '#core/outcome.ts';
import { dividendBps } from '#core/pool.ts';
import type { PoolCard } from '#core/pool-card.ts';
import { type Leg, type LegQuestion, picksInWords } from '#core/pool-leg.ts';
import type { GalaAccess } from '../bouts/access.ts';
import { type Db, first, type Tx } from '../db.ts';

export type Brief = Static<typeof PoolBrief>;
export type Ticket = Static<typeof TicketView>;
export type Settlement = Static<typeof PoolSettlementView>;

export const TICKETS_PER_PAGE = 50;
const POOLS_MAX = 50;

/** What never changes about a pool. */
export interface PoolDoor {
  readonly poolId: number;
  readonly isTest: boolean;
}

export async function findPoolDoor(db: Db, poolId: number): Promise<PoolDoor | null> {
  return first(
    await db.query<PoolDoor>('SELECT id AS "poolId", is_test AS "isTest" FROM pool WHERE id = $1', [poolId]),
  );
}

interface BriefRow extends Omit<Brief, 'hardStopAt'> {
  readonly hardStopAt: Date;
}

const BRIEF = `p.id, p.gala_id AS "galaId", p.name, p.state, p.staked_xof AS "stakedXof", p.hard_stop_at AS "hardStopAt",
  (SELECT count(*) FROM pool_leg l WHERE l.pool_id = p.id) AS "legCount"`;

/** In the order they were made; those in draft only for who asks. */
export async function findPoolsOfGala(db: Db, galaId: number, withDrafts: boolean): Promise<Brief[]> {
  const rows = await db.query<BriefRow>(
    `SELECT ${BRIEF} FROM pool p WHERE p.gala_id = $1 AND ($2 OR p.state <> 'draft') ORDER BY p.id LIMIT ${POOLS_MAX}`,
    [galaId, withDrafts],
  );
  return rows.map((row) => ({ ...row, hardStopAt: row.hardStopAt.toISOString() }));
}

export interface PoolRow extends GalaAccess {
  readonly id: number;
  readonly galaId: number;
  readonly galaName: string;
  readonly name: string;
  readonly state: MarketState;
  readonly card: PoolCard | null;
  readonly cardHash: string | null;
  readonly hardStopAt: Date;
  readonly decidedBy: Date;
  readonly closedAt: Date | null;
  readonly ticketCount: number;
  readonly stakedXof: Xof;
  readonly root: string | null;
  /** The database's clock. */
  readonly readAt: Date;
}

export async function findPool(db: Db, poolId: number): Promise<PoolRow | null> {
  return first(
    await db.query<PoolRow>(
      `SELECT p.id, p.gala_id AS "galaId", g.name AS "galaName", g.visibility, p.is_test AS "isTest", p.name, p.state,
         p.rule_card AS card, encode(p.rule_card_hash, 'hex') AS "cardHash", p.hard_stop_at AS "hardStopAt",
         p.decided_by AS "decidedBy", p.closed_at AS "closedAt", p.last_seq AS "ticketCount",
         p.staked_xof AS "stakedXof", encode(p.root, 'hex') AS root, clock_timestamp() AS "readAt"
       FROM pool p JOIN gala g ON g.id = p.gala_id WHERE p.id = $1`,
      [poolId],
    ),
  );
}

/** The legs with the wrestlers' names of now: those of an opened pool are in its rule card. */
export function findLegs(db: Db | Tx, poolId: number): Promise<Leg[]> {
  return db.query<Leg>(
    `SELECT l.bout_id AS "boutId", wa.ring_name AS "nameA", wb.ring_name AS "nameB",
       jsonb_strip_nulls(jsonb_build_object('kind', l.kind, 'lineSeconds', l.line_seconds)) AS question
     FROM pool_leg l JOIN bout b ON b.id = l.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     WHERE l.pool_id = $1 ORDER BY l.position`,
    [poolId],
  );
}

export interface LegResult {
  readonly question: LegQuestion;
  /** Null while the bout's result is not confirmed. */
  readonly result: BoutResult | null;
}

/** The newest confirmed result of each leg's bout, in the order of the legs. */
export function findLegResults(db: Db | Tx, poolId: number): Promise<LegResult[]> {
  return db.query<LegResult>(
    `SELECT jsonb_strip_nulls(jsonb_build_object('kind', l.kind, 'lineSeconds', l.line_seconds)) AS question,
       (SELECT jsonb_build_object('ending', r.ending, 'winnerSide', r.winner_side, 'wrestledSeconds', r.wrestled_seconds)
        FROM result r WHERE r.bout_id = l.bout_id AND r.confirmed_at IS NOT NULL AND r.withdrawn_at IS NULL
        ORDER BY r.version DESC LIMIT 1) AS result
     FROM pool_leg l WHERE l.pool_id = $1 ORDER BY l.position`,
    [poolId],
  );
}

export interface PicksTotal {
  readonly picks: string;
  readonly stakedXof: Xof;
}

/** The combinations with most stakes. */
export function findTopTotals(db: Db, poolId: number, limit: number): Promise<PicksTotal[]> {
  return db.query<PicksTotal>(
    `SELECT picks, staked_xof AS "stakedXof" FROM pool_total WHERE pool_id = $1
     ORDER BY staked_xof DESC, picks LIMIT $2`,
    [poolId, limit],
  );
}

export async function findTotal(db: Db, poolId: number, picks: string): Promise<Xof | null> {
  const row = first(
    await db.query<PicksTotal>(
      `SELECT picks, staked_xof AS "stakedXof" FROM pool_total WHERE pool_id = $1 AND picks = $2`,
      [poolId, picks],
    ),
  );
  return row?.stakedXof ?? null;
}

interface TicketRow extends Omit<Ticket, 'boughtAt' | 'state' | 'text'> {
  readonly boughtAt: Date;
  readonly outcome: 'won' | 'lost' | 'refunded' | null;
  readonly card: PoolCard;
}

const TICKET = `
  SELECT t.id AS "ticketId", t.pool_id AS "poolId", p.name AS "poolName", t.seq, t.picks, t.stake_xof AS "stakeXof",
    t.bonus_xof AS "bonusXof", t.gross_xof AS "grossXof", t.tax_xof AS "taxXof", t.payout_xof AS "payoutXof", t.made_at AS "boughtAt", t.outcome,
    p.rule_card AS card
  FROM pool_ticket t JOIN pool p ON p.id = t.pool_id`;

/** His tickets, newest first: those before the ticket `beforeId`, or the newest. */
export async function findTicketsByPlayer(
  db: Db,
  playerId: string,
  beforeId: string | null,
): Promise<Ticket[]> {
  const rows = await db.query<TicketRow>(
    `${TICKET} WHERE t.player_id = $1
       AND ($2::uuid IS NULL OR (t.made_at, t.id) < (SELECT made_at, id FROM pool_ticket WHERE id = $2))
     ORDER BY t.made_at DESC, t.id DESC LIMIT ${TICKETS_PER_PAGE}`,
    [playerId, beforeId],
  );
  return rows.map(ticketOf);
}

/** His tickets of one pool, oldest first. */
export async function findTicketsOfPool(db: Db, playerId: string, poolId: number): Promise<Ticket[]> {
  const rows = await db.query<TicketRow>(
    `${TICKET} WHERE t.player_id = $1 AND t.pool_id = $2 ORDER BY t.seq LIMIT 200`,
    [playerId, poolId],
  );
  return rows.map(ticketOf);
}

export async function findTicketOfPlayer(db: Db, ticketId: string, playerId: string): Promise<Ticket | null> {
  const row = first(
    await db.query<TicketRow>(`${TICKET} WHERE t.id = $1 AND t.player_id = $2`, [ticketId, playerId]),
  );
  return row === null ? null : ticketOf(row);
}

function ticketOf({ card, outcome, boughtAt, ...ticket }: TicketRow): Ticket {
  return {
    ...ticket,
    text: picksInWords(card.legs, ticket.picks),
    state: outcome ?? 'engaged',
    boughtAt: boughtAt.toISOString(),
  };
}

interface SettlementRow extends Omit<Settlement, 'lateAfter' | 'startedAt' | 'finishedAt' | 'dividendBps'> {
  readonly lateAfter: Date | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** How far the payment of a pool is, its newest version; null before every leg was decided. */
export async function findPoolSettlement(db: Db | Tx, poolId: number): Promise<Settlement | null> {
  const row = first(
    await db.query<SettlementRow>(
      `SELECT version, state, outcomes, late_after AS "lateAfter", late_xof AS "lateXof", stakes_xof AS "stakesXof",
         right_xof AS "rightXof", refund_reason AS "refundReason", take_out_xof AS "takeOutXof",
         net_pool_xof AS "netPoolXof", gross_xof AS "grossXof", tax_xof AS "taxXof", refunded_xof AS "refundedXof",
         remainder_xof AS "remainderXof", ticket_count AS "ticketCount", paid_count AS "paidCount",
         started_at AS "startedAt", finished_at AS "finishedAt"
       FROM pool_settlement WHERE pool_id = $1 ORDER BY version DESC LIMIT 1`,
      [poolId],
    ),
  );
  if (row === null) return null;
  const isShared = row.refundReason === null;
  return {
    ...row,
    dividendBps: isShared ? dividendBps(row.netPoolXof, row.rightXof) : null,
    lateAfter: row.lateAfter?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** The file of the newest settlement, as it was published. */
export async function findPoolFile(db: Db, poolId: number): Promise<string | null> {
  const row = first(
    await db.query<{ body: string }>(
      'SELECT body FROM pool_file WHERE pool_id = $1 ORDER BY version DESC LIMIT 1',
      [poolId],
    ),
  );
  return row?.body ?? null;
}
