/**
 * Settles a pool: its root, then, once every leg is decided or the time for it is over, its tickets in chunks, then the
 * house's parts, then the file that anybody can recompute it from.
 *
 * The state is in the tables, not in a worker's memory: `pool_settlement.paid_seq` says how far it is, and a chunk moves
 * it in the transaction that pays. Two workers on one pool take turns under its lock; a killed one leaves nothing half
 * done. A ticket is paid once per version: its transfer's id follows from the ticket and the version.
 */
import { poolSettled, ticketSettled } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import type { Db, Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { openAccount, postTransfers, type Transfer } from '../ledger/post.ts';
import { inputHashOf, poolSettledId, ticketSettledId } from '../ledger/transfer-ids.ts';
import { uuidV5 } from '../uuid.ts';
import { correctPool } from './correct-pool.ts';
import { lockPool } from './lock-pool.ts';
import { decideLegs, type PlannedTicket, type PoolPlan, planPool, readPlannedTickets } from './plan-pool.ts';
import {
  findPoolPaying,
  insertPoolSettlement,
  type PoolPaying,
  partsOf,
  planOf,
  remainderOf,
  writeTicketPayments,
} from './pool-paying.ts';
import { publishPoolFile } from './publish-pool-file.ts';
import { sealPool } from './seal-pool.ts';

const FIRST_POOL_VERSION = 1;
const TICKETS_PER_TRANSACTION = 500;

export interface SettlePoolDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'send'>;
}

/** Does what can be done for a closed pool. Safe to run any number of times. */
export async function settlePool({ db, jobs }: SettlePoolDeps, poolId: number): Promise<void> {
  await sealPool(db, poolId);
  await db.transaction((tx) => begin(tx, poolId));
  while (await db.transaction((tx) => payChunk(tx, jobs, poolId)));
  await publishPoolFile(db, poolId);
  while (await correctPool(db, poolId)) await publishPoolFile(db, poolId);
}

/** Starts the first settlement if nothing is in its way. */
async function begin(tx: Tx, poolId: number): Promise<void> {
  const pool = await lockPool(tx, poolId);
  if (pool === null || pool.state !== 'closed' || !pool.hasRoot) return;
  const outcomes = await decideLegs(tx, poolId, pool.now >= pool.decidedBy);
  if (outcomes === null) return;
  const id = uuidV5(`pool-settlement:${poolId}`, FIRST_POOL_VERSION);
  const plan = await planPool(tx, poolId, outcomes);
  await insertPoolSettlement(tx, { id, poolId, version: FIRST_POOL_VERSION }, plan);
  await tx.query(`UPDATE pool SET state = 'settling' WHERE id = $1`, [poolId]);
}

/** Pays the next chunk under the pool's lock; whether there is another. */
async function payChunk(tx: Tx, jobs: Pick<Jobs, 'send'>, poolId: number): Promise<boolean> {
  await tx.query('SELECT 1 FROM pool WHERE id = $1 FOR NO KEY UPDATE', [poolId]);
  const paying = await findPoolPaying(tx, poolId);
  if (paying === null || paying.version !== FIRST_POOL_VERSION) return false;
  const plan = planOf(paying);
  const page = { afterSeq: paying.paidSeq, limit: TICKETS_PER_TRANSACTION };
  const tickets = await readPlannedTickets(tx, poolId, plan, page);
  await payTickets(tx, paying, tickets);
  const isLast = tickets.length < TICKETS_PER_TRANSACTION;
  const wonXof = sumOf(tickets, 'won');
  const remainderXof = isLast ? remainderOf(plan, paying.grossXof + wonXof) : null;
  if (remainderXof !== null) await takeHouseParts(tx, poolId, paying, plan, remainderXof);
  await tx.query(
    `UPDATE pool_settlement SET paid_seq = $2, paid_count = paid_count + $3, gross_xof = gross_xof + $4,
       tax_xof = tax_xof + $5, refunded_xof = refunded_xof + $6, remainder_xof = $7, state = $8,
       finished_at = CASE WHEN $8 = 'done' THEN clock_timestamp() END
     WHERE id = $1`,
    [
      paying.id,
      tickets.at(-1)?.seq ?? paying.paidSeq,
      tickets.length,
      wonXof,
      tickets.reduce((sum, { payment }) => sum + payment.taxXof, 0),
      sumOf(tickets, 'refunded'),
      remainderXof,
      isLast ? 'done' : 'paying',
    ],
  );
  if (!isLast) return true;
  await tx.query(`UPDATE pool SET state = 'settled' WHERE id = $1`, [poolId]);
  await jobs.send(tx, 'pay-out-winners', { settlementId: paying.id });
  await jobs.send(tx, 'grant-bonuses', { poolId });
  return false;
}

function sumOf(tickets: readonly PlannedTicket[], outcome: 'won' | 'refunded'): number {
  const those = tickets.filter(({ payment }) => payment.outcome === outcome);
  return those.reduce((sum, { payment }) => sum + payment.grossXof, 0);
}

async function payTickets(tx: Tx, paying: PoolPaying, tickets: readonly PlannedTicket[]): Promise<void> {
  if (tickets.length === 0) return;
  await writeTicketPayments(tx, paying.id, tickets);
  const taxPayable = await openAccount(tx, 'tax_payable', 'house', paying.isTest);
  const transfers = tickets.map((ticket): Transfer => {
    const { ticketId, accountId: player, bonusAccountId: bonus, payment } = ticket;
    const bonusXof = xof(ticket.bonusXof);
    const id = ticketSettledId(ticketId, paying.version);
    const kind = payment.outcome === 'refunded' ? 'ticket_returned' : 'ticket_settled';
    const inputHash = inputHashOf(id, payment.payoutXof, payment.taxXof);
    return {
      id,
      kind,
      inputHash,
      postings: ticketSettled({ escrow: paying.escrow, player, bonus, taxPayable, payment, bonusXof }),
    };
  });
  // A ticket that lost moves nothing, and has no transfer.
  await postTransfers(
    tx,
    transfers.filter(({ postings }) => postings.length > 0),
  );
}

/** The take-out, and what the floors left: once, after the last ticket. */
async function takeHouseParts(
  tx: Tx,
  poolId: number,
  paying: PoolPaying,
  { ending }: PoolPlan,
  remainderXof: number,
): Promise<void> {
  const { takeOutXof } = partsOf(ending);
  const postings = poolSettled({
    escrow: paying.escrow,
    commission: await openAccount(tx, 'commission', 'house', paying.isTest),
    remainder: await openAccount(tx, 'pool_remainder', 'house', paying.isTest),
    takeOutXof,
    remainderXof: xof(remainderXof),
  });
  if (postings.length === 0) return;
  const id = poolSettledId(poolId, paying.version);
  await postTransfers(tx, [
    { id, kind: 'pool_settled', inputHash: inputHashOf(id, takeOutXof, remainderXof), postings },
  ]);
}

/** Closed pools with something to do: no root yet, every result there or the time for them over, or half paid. */
export async function findPoolsToSettle(db: Db): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `SELECT p.id FROM pool p WHERE p.state = 'settling' OR (p.state = 'closed' AND (p.root IS NULL
         OR p.decided_by <= clock_timestamp()
         OR NOT EXISTS (SELECT FROM pool_leg l WHERE l.pool_id = p.id AND NOT EXISTS (
           SELECT FROM result r WHERE r.bout_id = l.bout_id AND r.confirmed_at IS NOT NULL AND r.withdrawn_at IS NULL))))
       OR (p.state = 'settled' AND EXISTS (SELECT FROM pool_settlement s WHERE s.pool_id = p.id AND (s.state = 'paying'
         OR NOT EXISTS (SELECT FROM pool_file f WHERE f.pool_id = s.pool_id AND f.version = s.version))))
     ORDER BY p.id LIMIT 100`,
  );
  return rows.map(({ id }) => id);
}
