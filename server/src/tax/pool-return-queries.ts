/** Of a month's return: how pools were settled, and their tickets. */
import type { TaxSubject } from '#core/api/tax-pages.ts';
import { type Xof, xof } from '#core/money.ts';
import { isRight, type PoolRates, type RefundReason, readPicks } from '#core/pool.ts';
import type { TicketStack } from '#core/tax-return.ts';
import type { Tx } from '../db.ts';
import { ticketSettledId } from '../ledger/transfer-ids.ts';
import { findBookedDays, ON_DAY, type Period } from './return-queries.ts';

/** One version of a pool's settlement, as it was written down when it began. */
export interface PoolVersion {
  readonly settlementId: string;
  readonly version: number;
  readonly outcomes: readonly string[];
  readonly stakesXof: Xof;
  readonly rightXof: Xof;
  readonly refundReason: RefundReason | null;
  readonly startedOn: string;
  /** Null while it is being paid. */
  readonly finishedOn: string | null;
  readonly rates: PoolRates;
  readonly subject: TaxSubject;
}

type PoolRow = Omit<PoolVersion, 'subject'> & {
  readonly poolId: number;
  readonly name: string;
  readonly gala: string;
};

const POOL_VERSION = `SELECT s.id AS "settlementId", s.version, s.outcomes, s.stakes_xof AS "stakesXof", s.right_xof AS "rightXof",
    s.refund_reason AS "refundReason", ${ON_DAY('s.started_at')} AS "startedOn", ${ON_DAY('s.finished_at')} AS "finishedOn",
    p.rule_card -> 'rates' AS rates, p.id AS "poolId", p.name, g.name AS gala
  FROM pool_settlement s JOIN pool p ON p.id = s.pool_id JOIN gala g ON g.id = p.gala_id`;

function versionOf({ poolId, name, gala, ...row }: PoolRow): PoolVersion {
  return { ...row, subject: { kind: 'pool', id: poolId, name, question: 'Pari mutuel', gala } };
}

/** The first settlements of pools that were being paid in the period. */
export async function findSettledPools(tx: Tx, { from, to, isTest }: Period): Promise<PoolVersion[]> {
  const rows = await tx.query<PoolRow>(
    `${POOL_VERSION} WHERE s.version = 1 AND p.is_test = $3 AND s.started_at < $2::date
       AND (s.finished_at IS NULL OR s.finished_at >= $1::date) ORDER BY s.started_at, s.id`,
    [from, to, isTest],
  );
  return rows.map(versionOf);
}

/** A settlement of a pool and the one before it. */
export async function findPoolVersions(tx: Tx, settlementIds: readonly string[]): Promise<PoolVersion[]> {
  const rows = await tx.query<PoolRow>(
    `${POOL_VERSION} WHERE EXISTS (SELECT FROM pool_settlement n WHERE n.id = ANY ($1) AND n.pool_id = s.pool_id
       AND n.version - s.version IN (0, 1))`,
    [settlementIds],
  );
  return rows.map(versionOf);
}

/** Every ticket as these versions judge it, equal ones as one stack. */
export async function findTicketStacks(
  tx: Tx,
  versions: readonly PoolVersion[],
): Promise<Map<string, TicketStack[]>> {
  const rows = await tx.query<{
    settlementId: string;
    picks: string;
    stakeXof: number;
    isLate: boolean;
    count: number;
  }>(
    `SELECT s.id AS "settlementId", t.picks, t.stake_xof AS "stakeXof", coalesce(t.made_at > s.late_after, false) AS "isLate",
       count(*) AS count
     FROM pool_settlement s JOIN pool_ticket t ON t.pool_id = s.pool_id WHERE s.id = ANY ($1) GROUP BY 1, 2, 3, 4`,
    [versions.map(({ settlementId }) => settlementId)],
  );
  const outcomes = new Map(versions.map((version) => [version.settlementId, version.outcomes]));
  const stacks = new Map<string, TicketStack[]>(versions.map(({ settlementId }) => [settlementId, []]));
  for (const { settlementId, picks, stakeXof, ...row } of rows) {
    const isRightNow = isRight(readPicks(picks), outcomes.get(settlementId) ?? []);
    stacks.get(settlementId)?.push({ ...row, stakeXof: xof(stakeXof), isRight: isRightNow });
  }
  return stacks;
}

const TICKETS_PER_READ = 5_000;

/**
 * The tickets of one pool that brought something, by the day on which the ledger has them: for a settlement that began
 * on one day and went on to another, or goes on. A ticket that lost moved nothing.
 */
export async function findPaidTicketsByDay(tx: Tx, pool: PoolVersion): Promise<Map<string, TicketStack[]>> {
  const byDay = new Map<string, TicketStack[]>();
  for (let after = 0; ; ) {
    const tickets = await tx.query<{
      id: string;
      seq: number;
      picks: string;
      stakeXof: number;
      isLate: boolean;
    }>(
      `SELECT t.id, t.seq, t.picks, t.stake_xof AS "stakeXof", coalesce(t.made_at > s.late_after, false) AS "isLate"
       FROM pool_ticket t JOIN pool_settlement s ON s.id = $1 AND s.pool_id = t.pool_id
       WHERE t.seq > $2 ORDER BY t.seq LIMIT ${TICKETS_PER_READ}`,
      [pool.settlementId, after],
    );
    const transfers = new Map(tickets.map((ticket) => [ticketSettledId(ticket.id, pool.version), ticket]));
    for (const [id, day] of await findBookedDays(tx, [...transfers.keys()])) {
      const ticket = transfers.get(id);
      if (ticket === undefined) continue;
      const { picks, stakeXof, isLate } = ticket;
      const stack = { stakeXof: xof(stakeXof), isRight: isRight(readPicks(picks), pool.outcomes), isLate };
      byDay.set(day, [...(byDay.get(day) ?? []), { ...stack, count: 1 }]);
    }
    const last = tickets.at(-1);
    if (last === undefined) return byDay;
    after = last.seq;
  }
}
