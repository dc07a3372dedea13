import type { MarketOutcome } from '#core/outcome.ts';
import type { RuleCard } from '#core/rule-card.ts';
import type { DuelPayment } from '#core/settlement.ts';
import { first, type Tx } from '../db.ts';

/** A settlement on its way. */
export interface Paying {
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

export interface DuelRow {
  readonly id: string;
  readonly seq: number;
  readonly stakeAXof: number;
  readonly stakeBXof: number;
  readonly bonusAXof: number;
  readonly bonusBXof: number;
  readonly accountA: number;
  readonly accountB: number;
  readonly bonusAccountA: number | null;
  readonly bonusAccountB: number | null;
  readonly isLate: boolean;
}

/** The settlement of a market that is not done, the oldest: one at a time. */
export async function findPaying(tx: Tx, marketId: number): Promise<Paying | null> {
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

/** The next duels of a market that this settlement has to pay, in order of arrival. */
export async function readDuels(tx: Tx, marketId: number, paying: Paying, limit: number): Promise<DuelRow[]> {
  return tx.query<DuelRow>(
    `SELECT d.id, d.seq, d.stake_a_xof AS "stakeAXof", d.stake_b_xof AS "stakeBXof",
       d.bonus_a_xof AS "bonusAXof", d.bonus_b_xof AS "bonusBXof",
       a.available_account_id AS "accountA", b.available_account_id AS "accountB",
       a.bonus_account_id AS "bonusAccountA", b.bonus_account_id AS "bonusAccountB",
       coalesce(d.made_at > $3::timestamptz, false) AS "isLate"
     FROM duel d JOIN player a ON a.id = d.player_a_id JOIN player b ON b.id = d.player_b_id
     WHERE d.market_id = $1 AND d.seq > $2
     ORDER BY d.seq LIMIT $4`,
    [marketId, paying.paidSeq, paying.trueWhistleAt, limit],
  );
}

/** Writes what each duel of a chunk pays by this settlement, in the place of an earlier one if there was. */
export async function writePayments(
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
     WHERE d.id = p.id AND d.settlement_id IS DISTINCT FROM $1 RETURNING 1`,
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
