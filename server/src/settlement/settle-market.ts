/**
 * Settlement: pays the duels of a market, in chunks, once.
 *
 * The state is in the tables, not in a worker's memory: `settlement.paid_seq` says how far it is, and a chunk moves it
 * in the transaction that pays. Two workers on one market take turns under the market's lock; a killed one leaves
 * nothing half done. A duel is paid once per version: its transfer's id follows from the duel and the version.
 */
import { duelSettled } from '#core/ledger.ts';
import type { RuleCard } from '#core/market.ts';
import { xof } from '#core/money.ts';
import { type DuelPayment, type MarketOutcome, payDuel } from '#core/settlement.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { openAccount, postTransfers, type Transfer } from '../ledger/post.ts';
import { duelSettledId } from '../ledger/transfer-ids.ts';
import { hashOf, sealMarket } from './seal-market.ts';

const DUELS_PER_TRANSACTION = 500;

export interface SettleDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'send'>;
  /** Called after each chunk, with the bout it concerns. */
  readonly onProgress: (boutId: number) => void;
}

/** Pays what is still to pay of a market whose result is confirmed. Safe to run any number of times. */
export async function settleMarket(deps: SettleDeps, marketId: number): Promise<void> {
  await sealMarket(deps.db, marketId);
  for (;;) {
    const chunk = await deps.db.transaction((tx) => payChunk(tx, deps.jobs, marketId));
    if (chunk === null) return;
    deps.onProgress(chunk.boutId);
    if (chunk.isLast) return;
  }
}

interface Paying {
  readonly id: string;
  readonly version: number;
  readonly outcome: MarketOutcome;
  readonly paidSeq: number;
  readonly boutId: number;
  readonly isTest: boolean;
  readonly escrow: number;
  readonly ruleCard: RuleCard;
  /** Microseconds matter: compared in the database. */
  readonly trueWhistleAt: string | null;
}

interface DuelRow {
  readonly id: string;
  readonly seq: number;
  readonly stakeAXof: number;
  readonly stakeBXof: number;
  readonly accountA: number;
  readonly accountB: number;
  readonly isLate: boolean;
}

/** Pays the next chunk under the market's lock. Null when there is nothing (more) to pay. */
async function payChunk(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  marketId: number,
): Promise<{ boutId: number; isLast: boolean } | null> {
  await tx.query('SELECT 1 FROM market WHERE id = $1 FOR NO KEY UPDATE', [marketId]);
  const paying = await findPaying(tx, marketId);
  if (paying === null) return null;
  const duels = await readDuels(tx, marketId, paying);
  await payDuels(tx, paying, duels);
  const isLast = duels.length < DUELS_PER_TRANSACTION;
  await tx.query(
    `UPDATE settlement SET paid_seq = $2, paid_count = paid_count + $3, state = $4,
       finished_at = CASE WHEN $4 = 'done' THEN clock_timestamp() END
     WHERE id = $1`,
    [paying.id, duels.at(-1)?.seq ?? paying.paidSeq, duels.length, isLast ? 'done' : 'paying'],
  );
  if (isLast) {
    await tx.query(`UPDATE market SET state = 'settled' WHERE id = $1`, [marketId]);
    await jobs.send(tx, 'pay-out-winners', { settlementId: paying.id });
  }
  return { boutId: paying.boutId, isLast };
}

async function findPaying(tx: Tx, marketId: number): Promise<Paying | null> {
  return first(
    await tx.query<Paying>(
      `SELECT s.id, s.version, s.outcome, s.paid_seq AS "paidSeq", m.bout_id AS "boutId", m.is_test AS "isTest",
         m.escrow_account_id AS escrow, m.rule_card AS "ruleCard", w.at::text AS "trueWhistleAt"
       FROM settlement s JOIN market m ON m.id = s.market_id
       LEFT JOIN true_whistle w ON w.bout_id = m.bout_id AND w.confirmed_at IS NOT NULL
       WHERE s.market_id = $1 AND s.state = 'paying' ORDER BY s.version LIMIT 1`,
      [marketId],
    ),
  );
}

async function readDuels(tx: Tx, marketId: number, paying: Paying): Promise<DuelRow[]> {
  return tx.query<DuelRow>(
    `SELECT d.id, d.seq, d.stake_a_xof AS "stakeAXof", d.stake_b_xof AS "stakeBXof",
       a.available_account_id AS "accountA", b.available_account_id AS "accountB",
       coalesce(d.made_at > $3::timestamptz, false) AS "isLate"
     FROM duel d JOIN player a ON a.id = d.player_a_id JOIN player b ON b.id = d.player_b_id
     WHERE d.market_id = $1 AND d.seq > $2 AND d.settlement_id IS NULL
     ORDER BY d.seq LIMIT ${DUELS_PER_TRANSACTION}`,
    [marketId, paying.paidSeq, paying.trueWhistleAt],
  );
}

async function payDuels(tx: Tx, paying: Paying, duels: readonly DuelRow[]): Promise<void> {
  if (duels.length === 0) return;
  const commission = await openAccount(tx, 'commission', 'house', paying.isTest);
  const taxPayable = await openAccount(tx, 'tax_payable', 'house', paying.isTest);
  const outcomes = duels.map((duel): MarketOutcome => (duel.isLate ? 'void' : paying.outcome));
  const payments = duels.map((duel, index) => {
    const stakes = { stakeAXof: xof(duel.stakeAXof), stakeBXof: xof(duel.stakeBXof) };
    return payDuel(stakes, outcomes[index] ?? 'void', paying.ruleCard.rates);
  });
  await writePayments(tx, paying.id, duels, outcomes, payments);
  await postTransfers(
    tx,
    duels.map((duel, index): Transfer => {
      const payment = payments[index];
      if (payment === undefined) throw new Error('a duel without its payment');
      const id = duelSettledId(duel.id, paying.version);
      const accounts = {
        escrow: paying.escrow,
        playerA: duel.accountA,
        playerB: duel.accountB,
        commission,
        taxPayable,
      };
      const inputHash = hashOf(
        id,
        payment.payoutAXof,
        payment.payoutBXof,
        payment.commissionXof,
        payment.taxXof,
      );
      return { id, kind: 'duel_settled', inputHash, postings: duelSettled({ ...accounts, payment }) };
    }),
  );
}

async function writePayments(
  tx: Tx,
  settlementId: string,
  duels: readonly DuelRow[],
  outcomes: readonly MarketOutcome[],
  payments: readonly DuelPayment[],
): Promise<void> {
  const updated = await tx.query(
    `UPDATE duel d SET settlement_id = $1, outcome = p.outcome, payout_a_xof = p.payout_a, payout_b_xof = p.payout_b,
       commission_xof = p.commission, tax_xof = p.tax
     FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       AS p (id, outcome, payout_a, payout_b, commission, tax)
     WHERE d.id = p.id AND d.settlement_id IS NULL RETURNING 1`,
    [
      settlementId,
      duels.map((duel) => duel.id),
      outcomes,
      payments.map((payment) => payment.payoutAXof),
      payments.map((payment) => payment.payoutBXof),
      payments.map((payment) => payment.commissionXof),
      payments.map((payment) => payment.taxXof),
    ],
  );
  if (updated.length !== duels.length) throw new Error('a duel of the chunk was paid by someone else');
}

/** Markets that were closed or confirmed and not finished: what a worker that died has left. */
export async function findUnfinishedMarkets(db: Db): Promise<{ toSeal: number[]; toSettle: number[] }> {
  const rows = await db.query<{ id: number; state: string }>(
    `SELECT id, state FROM market m WHERE state = 'settling'
       OR (state = 'closed' AND (root IS NULL OR EXISTS (SELECT 1 FROM offer o WHERE o.market_id = m.id AND o.is_open)))
     ORDER BY id LIMIT 1000`,
  );
  return {
    toSeal: rows.filter((row) => row.state === 'closed').map((row) => row.id),
    toSettle: rows.filter((row) => row.state === 'settling').map((row) => row.id),
  };
}
