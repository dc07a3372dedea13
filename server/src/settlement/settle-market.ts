/**
 * Settlement: pays the duels of a market, in chunks, once.
 *
 * The state is in the tables, not in a worker's memory: `settlement.paid_seq` says how far it is, and a chunk moves it
 * in the transaction that pays. Two workers on one market take turns under the market's lock; a killed one leaves
 * nothing half done. A duel is paid once per version: its transfer's id follows from the duel and the version.
 */
import { duelSettled } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { payDuel } from '#core/settlement.ts';
import type { Db, Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { openAccount, postTransfers, type Transfer } from '../ledger/post.ts';
import { duelSettledId, inputHashOf } from '../ledger/transfer-ids.ts';
import { correctChunk } from './correct-market.ts';
import { type DuelRow, findPaying, type Paying, readDuels, writePayments } from './duel-queries.ts';
import { findCorrection } from './run-correction.ts';
import { sealMarket } from './seal-market.ts';

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
    const chunk = await deps.db.transaction((tx) => settleChunk(tx, deps.jobs, marketId));
    if (chunk === null) return;
    deps.onProgress(chunk.boutId);
    if (chunk.isLast) return;
  }
}

/** Pays or corrects the next chunk under the market's lock. Null when there is nothing (more) to do. */
async function settleChunk(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  marketId: number,
): Promise<{ boutId: number; isLast: boolean } | null> {
  await tx.query('SELECT 1 FROM market WHERE id = $1 FOR NO KEY UPDATE', [marketId]);
  const paying = await findPaying(tx, marketId);
  if (paying === null) return null;
  const correction = await findCorrection(tx, paying.id);
  const isLast =
    correction === null
      ? await payChunk(tx, marketId, paying)
      : (await correctChunk(tx, marketId, paying, correction)) === 'done';
  if (isLast) {
    await tx.query(`UPDATE settlement SET state = 'done', finished_at = clock_timestamp() WHERE id = $1`, [
      paying.id,
    ]);
    await tx.query(`UPDATE market SET state = 'settled' WHERE id = $1 AND state = 'settling'`, [marketId]);
    await jobs.send(tx, 'pay-out-winners', { settlementId: paying.id });
    await jobs.send(tx, 'grant-bonuses', { marketId });
  }
  return { boutId: paying.boutId, isLast };
}

/** Pays the next duels; whether they were the last. */
async function payChunk(tx: Tx, marketId: number, paying: Paying): Promise<boolean> {
  const duels = await readDuels(tx, marketId, paying, DUELS_PER_TRANSACTION);
  await payDuels(tx, paying, duels);
  await tx.query('UPDATE settlement SET paid_seq = $2, paid_count = paid_count + $3 WHERE id = $1', [
    paying.id,
    duels.at(-1)?.seq ?? paying.paidSeq,
    duels.length,
  ]);
  return duels.length < DUELS_PER_TRANSACTION;
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
      const [outcome, payment] = [outcomes[index], payments[index]];
      if (outcome === undefined || payment === undefined) throw new Error('a duel without its payment');
      const id = duelSettledId(duel.id, paying.version);
      const accounts = {
        escrow: paying.escrow,
        a: { player: duel.accountA, bonus: duel.bonusAccountA },
        b: { player: duel.accountB, bonus: duel.bonusAccountB },
        commission,
        taxPayable,
        bonusAXof: xof(duel.bonusAXof),
        bonusBXof: xof(duel.bonusBXof),
      };
      const inputHash = inputHashOf(
        id,
        payment.payoutAXof,
        payment.payoutBXof,
        payment.commissionXof,
        payment.taxXof,
      );
      return {
        id,
        kind: 'duel_settled',
        inputHash,
        postings: duelSettled({ ...accounts, outcome, payment }),
      };
    }),
  );
}

/** Markets that were closed or confirmed and not finished: what a worker that died has left. */
export async function findUnfinishedMarkets(db: Db): Promise<{ toSeal: number[]; toSettle: number[] }> {
  const rows = await db.query<{ id: number; state: string }>(
    `SELECT id, CASE WHEN EXISTS (SELECT FROM settlement s WHERE s.market_id = m.id AND s.state <> 'done')
       THEN 'settling' ELSE state END AS state
     FROM market m WHERE id IN (SELECT market_id FROM settlement WHERE state <> 'done')
       OR (state = 'closed' AND (root IS NULL OR EXISTS (SELECT 1 FROM offer o WHERE o.market_id = m.id AND o.is_open)))
     ORDER BY id LIMIT 1000`,
  );
  return {
    toSeal: rows.filter((row) => row.state === 'closed').map((row) => row.id),
    toSettle: rows.filter((row) => row.state === 'settling').map((row) => row.id),
  };
}
