/**
 * A market's correction: each duel is paid anew on paper, in chunks, its earlier payment kept; then the lines say, for
 * each player, all that he has received and all that he is due, and the money moves by them (run-correction.ts).
 */
import { xof } from '#core/money.ts';
import { payDuel } from '#core/settlement.ts';
import { one, type Tx } from '../db.ts';
import type { Paying } from './duel-queries.ts';
import { readDuels, writePayments } from './duel-queries.ts';
import { paidNow, paidSides, receivedByLines } from './paid-sides.ts';
import { type Correction, type CorrectionState, type HouseChange, stepCorrection } from './run-correction.ts';

const DUELS_PER_TRANSACTION = 2_000;
/** By the payments that correction $2 replaces. */
const paidBefore = paidSides('replaced_payment r JOIN duel d ON d.id = r.duel_id WHERE r.replaced_by = $2');

/** One chunk, under the market's lock; the phase the correction is in afterwards. */
export async function correctChunk(
  tx: Tx,
  marketId: number,
  paying: Paying,
  correction: Correction,
): Promise<CorrectionState> {
  if (correction.state === 'computing') return computeChunk(tx, marketId, paying, correction);
  return stepCorrection(tx, correction, () => readChange(tx, marketId, correction.id));
}

async function computeChunk(
  tx: Tx,
  marketId: number,
  paying: Paying,
  correction: Correction,
): Promise<CorrectionState> {
  const duels = await readDuels(tx, marketId, paying, DUELS_PER_TRANSACTION);
  if (duels.length > 0) {
    await keepPayments(
      tx,
      correction.id,
      duels.map(({ id }) => id),
    );
    const outcomes = duels.map(({ isLate }) => (isLate ? ('void' as const) : paying.outcome));
    const payments = duels.map(({ stakeAXof, stakeBXof }, index) =>
      payDuel(
        { stakeAXof: xof(stakeAXof), stakeBXof: xof(stakeBXof) },
        outcomes[index] ?? 'void',
        paying.ruleCard.rates,
      ),
    );
    await writePayments(tx, paying.id, duels, outcomes, payments);
    await tx.query('UPDATE settlement SET paid_seq = $2, paid_count = paid_count + $3 WHERE id = $1', [
      paying.id,
      duels.at(-1)?.seq ?? paying.paidSeq,
      duels.length,
    ]);
  }
  if (duels.length === DUELS_PER_TRANSACTION) return 'computing';
  await insertLines(tx, marketId, correction.id);
  await tx.query(`UPDATE correction SET state = 'collecting' WHERE id = $1`, [correction.id]);
  return 'collecting';
}

async function keepPayments(tx: Tx, correctionId: string, duelIds: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO replaced_payment (duel_id, settlement_id, replaced_by, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof)
     SELECT id, settlement_id, $1, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof FROM duel WHERE id = ANY ($2)`,
    [correctionId, duelIds],
  );
}

/**
 * Received: by the lines of the market's last correction, or as the first settlement paid. Due: as the duels say now.
 * Both sides of every duel have their line, so the lines of one correction tell everything of its market.
 */
async function insertLines(tx: Tx, marketId: number, correctionId: string): Promise<void> {
  await tx.query(
    `WITH last AS (
       SELECT id FROM correction WHERE market_id = $1 AND id <> $2 ORDER BY version DESC LIMIT 1
     ), received AS (
       ${receivedByLines}
       UNION ALL
       SELECT f.* FROM (${paidBefore}) f WHERE NOT EXISTS (SELECT FROM last)
     ), due AS (${paidNow}), line AS (
       SELECT account_id, coalesce(d.player_id, r.player_id) AS player_id, coalesce(r.xof, 0) AS received, coalesce(d.xof, 0) AS due
       FROM due d FULL JOIN received r USING (account_id)
     )
     INSERT INTO correction_line (correction_id, account_id, player_id, received_xof, due_xof, taken_xof, is_given)
     SELECT $2, account_id, player_id, received, due, CASE WHEN received <= due THEN 0 END, received >= due FROM line`,
    [marketId, correctionId],
  );
}

async function readChange(tx: Tx, marketId: number, correctionId: string): Promise<HouseChange> {
  return one(
    await tx.query<HouseChange>(
      `SELECT coalesce(sum(d.commission_xof - r.commission_xof), 0)::bigint AS "commissionXof",
         coalesce(sum(d.tax_xof - r.tax_xof), 0)::bigint AS "taxXof",
         (SELECT coalesce(sum(o.tax_xof), 0)::bigint FROM replaced_payment o WHERE o.settlement_id = f.id) AS "firstTaxXof",
         f.finished_at AS "firstTaxAt", 0 AS "remainderXof"
       FROM (SELECT id, finished_at FROM settlement WHERE market_id = $1 ORDER BY version LIMIT 1) f
       LEFT JOIN replaced_payment r ON r.replaced_by = $2 LEFT JOIN duel d ON d.id = r.duel_id
       GROUP BY f.id, f.finished_at`,
      [marketId, correctionId],
    ),
  );
}
