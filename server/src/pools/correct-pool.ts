/**
 * A pool's correction: a leg ends otherwise than it was paid. Every ticket is paid anew on paper, in chunks; then the
 * lines say, for each player, all that he has received and all that he is due, and the money moves by them as in a
 * market's correction (settlement/run-correction.ts). What each version paid is in its published file.
 */
import { type LegOutcome, VOID_LEG } from '#core/pool.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import { findCorrection, type HouseChange, stepCorrection } from '../settlement/run-correction.ts';
import { uuidV5 } from '../uuid.ts';
import { lockPool } from './lock-pool.ts';
import { decideLegs, planPool, readPlannedTickets } from './plan-pool.ts';
import {
  findPoolPaying,
  insertPoolSettlement,
  type PoolPaying,
  planOf,
  remainderOf,
  writeTicketPayments,
} from './pool-paying.ts';

const TICKETS_PER_TRANSACTION = 2_000;

/** Corrects a settled pool to the end when a result of its legs has changed what is right; whether it did. */
export async function correctPool(db: Db, poolId: number): Promise<boolean> {
  await db.transaction((tx) => begin(tx, poolId));
  let hasCorrected = false;
  while (await db.transaction((tx) => correctChunk(tx, poolId))) hasCorrected = true;
  return hasCorrected;
}

async function begin(tx: Tx, poolId: number): Promise<void> {
  const pool = await lockPool(tx, poolId);
  if (pool === null || pool.state !== 'settled' || (await findPoolPaying(tx, poolId)) !== null) return;
  const decided = await decideLegs(tx, poolId, true);
  const corrected = await findCorrectedLegs(tx, poolId);
  if (decided === null || corrected === null) return;
  const outcomes = corrected.staysVoid.map((stays, leg) => (stays ? VOID_LEG : (decided[leg] ?? VOID_LEG)));
  if (isSame(outcomes, corrected.outcomes)) return;
  const version = corrected.version + 1;
  const id = uuidV5(`pool-settlement:${poolId}`, version);
  await insertPoolSettlement(tx, { id, poolId, version }, await planPool(tx, poolId, outcomes));
  await tx.query(
    `INSERT INTO correction (id, pool_id, version, result_id, escrow_account_id, is_test)
     SELECT $1, p.id, $3, $4, p.escrow_account_id, p.is_test FROM pool p WHERE p.id = $2`,
    [id, poolId, version, corrected.resultId],
  );
}

function isSame(one: readonly LegOutcome[], other: readonly LegOutcome[]): boolean {
  return one.every((outcome, leg) => outcome === other[leg]);
}

interface CorrectedLegs {
  /** As the pool was last settled. */
  readonly version: number;
  readonly outcomes: readonly LegOutcome[];
  /** A leg whose first result came after the time for it was over: it was void for all, and stays so. */
  readonly staysVoid: readonly boolean[];
  /** The newest correction of a result among the legs. */
  readonly resultId: string;
}

/** Null when no result of the legs was corrected. */
async function findCorrectedLegs(tx: Tx, poolId: number): Promise<CorrectedLegs | null> {
  return first(
    await tx.query<CorrectedLegs>(
      `SELECT s.version, s.outcomes, v.stays AS "staysVoid", r.id AS "resultId"
       FROM (SELECT version, outcomes FROM pool_settlement WHERE pool_id = $1 ORDER BY version DESC LIMIT 1) s
       CROSS JOIN LATERAL (
         SELECT array_agg(coalesce(f.confirmed_at > b.started_at, true) AND b.outcomes[l.position] = 'void' ORDER BY l.position) AS stays
         FROM pool_leg l JOIN pool_settlement b ON b.pool_id = l.pool_id AND b.version = 1
         LEFT JOIN result f ON f.bout_id = l.bout_id AND f.version = 1 AND f.withdrawn_at IS NULL
         WHERE l.pool_id = $1) v
       CROSS JOIN LATERAL (
         SELECT r.id FROM result r JOIN pool_leg l ON l.bout_id = r.bout_id
         WHERE l.pool_id = $1 AND r.version > 1 AND r.confirmed_at IS NOT NULL ORDER BY r.confirmed_at DESC LIMIT 1) r`,
      [poolId],
    ),
  );
}

/** One chunk of one phase, under the pool's lock; whether there may be another. */
async function correctChunk(tx: Tx, poolId: number): Promise<boolean> {
  await tx.query('SELECT 1 FROM pool WHERE id = $1 FOR NO KEY UPDATE', [poolId]);
  const paying = await findPoolPaying(tx, poolId);
  const correction = paying === null ? null : await findCorrection(tx, paying.id);
  if (paying === null || correction === null) return false;
  if (correction.state === 'computing') {
    await computeChunk(tx, poolId, paying);
    return true;
  }
  if ((await stepCorrection(tx, correction, () => readChange(tx, poolId, paying))) === 'done') {
    await tx.query(
      `UPDATE pool_settlement SET state = 'done', remainder_xof = $2, finished_at = clock_timestamp() WHERE id = $1`,
      [paying.id, remainderOf(planOf(paying), paying.grossXof)],
    );
  }
  return true;
}

async function computeChunk(tx: Tx, poolId: number, paying: PoolPaying): Promise<void> {
  const page = { afterSeq: paying.paidSeq, limit: TICKETS_PER_TRANSACTION };
  const tickets = await readPlannedTickets(tx, poolId, planOf(paying), page);
  await writeTicketPayments(tx, paying.id, tickets);
  const sumOf = (outcome: 'won' | 'refunded') =>
    tickets.reduce((sum, { payment }) => sum + (payment.outcome === outcome ? payment.grossXof : 0), 0);
  await tx.query(
    `UPDATE pool_settlement SET paid_seq = $2, paid_count = paid_count + $3, gross_xof = gross_xof + $4,
       tax_xof = tax_xof + $5, refunded_xof = refunded_xof + $6 WHERE id = $1`,
    [
      paying.id,
      tickets.at(-1)?.seq ?? paying.paidSeq,
      tickets.length,
      sumOf('won'),
      tickets.reduce((sum, { payment }) => sum + payment.taxXof, 0),
      sumOf('refunded'),
    ],
  );
  if (tickets.length === TICKETS_PER_TRANSACTION) return;
  await insertLines(tx, poolId, paying);
  await tx.query(`UPDATE correction SET state = 'collecting' WHERE id = $1`, [paying.id]);
}

/** Received: what the escrow has given his account, less what was taken back. Due: as the tickets say now. */
async function insertLines(tx: Tx, poolId: number, { id, escrow }: PoolPaying): Promise<void> {
  await tx.query(
    `WITH moved AS (
       SELECT credit_account_id AS account_id, amount_xof AS xof FROM ledger.posting WHERE debit_account_id = $3
       UNION ALL
       SELECT p.debit_account_id, -p.amount_xof FROM ledger.posting p JOIN ledger.transfer t ON t.id = p.transfer_id
       WHERE p.credit_account_id = $3 AND t.kind = 'correction_taken'
     ), received AS (
       SELECT account_id, sum(xof)::bigint AS xof FROM moved GROUP BY 1
     ), due AS (
       SELECT player_id, sum(payout_xof)::bigint AS xof FROM pool_ticket WHERE pool_id = $1 GROUP BY 1
     ), line AS (
       SELECT p.id AS player_id, p.available_account_id AS account_id, d.xof AS due, coalesce(r.xof, 0) AS received
       FROM due d JOIN player p ON p.id = d.player_id LEFT JOIN received r ON r.account_id = p.available_account_id
     )
     INSERT INTO correction_line (correction_id, account_id, player_id, received_xof, due_xof, taken_xof, is_given)
     SELECT $2, account_id, player_id, received, due, CASE WHEN received <= due THEN 0 END, received >= due FROM line`,
    [poolId, id, escrow],
  );
}

async function readChange(tx: Tx, poolId: number, paying: PoolPaying): Promise<HouseChange> {
  const before = one(
    await tx.query<HouseChange>(
      `SELECT (n.take_out_xof - b.take_out_xof)::bigint AS "commissionXof", (n.tax_xof - b.tax_xof)::bigint AS "taxXof",
         f.tax_xof AS "firstTaxXof", f.finished_at AS "firstTaxAt", b.remainder_xof AS "remainderXof"
       FROM pool_settlement n
       JOIN pool_settlement b ON b.pool_id = n.pool_id AND b.version = n.version - 1
       JOIN pool_settlement f ON f.pool_id = n.pool_id AND f.version = 1
       WHERE n.pool_id = $1 AND n.id = $2`,
      [poolId, paying.id],
    ),
  );
  return { ...before, remainderXof: remainderOf(planOf(paying), paying.grossXof) - before.remainderXof };
}
