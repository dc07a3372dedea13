import type { Xof } from '#core/money.ts';
import type { DepositState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { Payment, ProviderName } from '../payments/provider.ts';

export interface DepositRow {
  readonly id: string;
  readonly playerId: string;
  readonly accountId: number;
  readonly isTest: boolean;
  readonly phone: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: DepositState;
  readonly reason: PaymentReason | null;
  readonly inputHash: Buffer;
  readonly requestedAt: Date;
}

const DEPOSIT = `SELECT m.id, m.player_id AS "playerId", p.available_account_id AS "accountId", p.is_test AS "isTest",
  p.phone, m.provider, m.amount_xof AS "amountXof", m.state, m.reason, m.requested_at AS "requestedAt",
  m.input_hash AS "inputHash"
  FROM deposit m JOIN player p ON p.id = m.player_id`;

export async function findDeposit(db: Db | Tx, id: string): Promise<DepositRow | null> {
  return first(await db.query<DepositRow>(`${DEPOSIT} WHERE m.id = $1`, [id]));
}

export async function lockDeposit(tx: Tx, id: string): Promise<DepositRow> {
  return one(await tx.query<DepositRow>(`${DEPOSIT} WHERE m.id = $1 FOR NO KEY UPDATE OF m`, [id]));
}

/** Deposits that wait for a word of their provider, oldest first. */
export async function findWaitingDeposits(db: Db, olderThanMs: number): Promise<DepositRow[]> {
  return db.query<DepositRow>(
    `${DEPOSIT} WHERE m.state = 'requested' AND m.requested_at <= clock_timestamp() - $1 * interval '1 millisecond'
     ORDER BY m.requested_at LIMIT 200`,
    [olderThanMs],
  );
}

/** Nothing when it is there already. */
export async function insertDeposit(
  tx: Tx,
  deposit: Pick<DepositRow, 'id' | 'playerId' | 'provider' | 'amountXof' | 'inputHash'>,
): Promise<void> {
  await tx.query(
    `WITH deposit_new AS (
       INSERT INTO deposit (id, player_id, provider, amount_xof, state, input_hash)
       VALUES ($1, $2, $3, $4, 'requested', $5) ON CONFLICT (id) DO NOTHING RETURNING id
     ), event AS (
       INSERT INTO payment_event (deposit_id, state) SELECT id, 'requested' FROM deposit_new
     )
     INSERT INTO deposit_attempt (reference, deposit_id, seq) SELECT id, id, 1 FROM deposit_new`,
    [deposit.id, deposit.playerId, deposit.provider, deposit.amountXof, deposit.inputHash],
  );
}

/** Ended or not, every state is kept with its time. `detail` is for staff. */
export async function recordDepositState(
  tx: Tx,
  id: string,
  state: DepositState,
  reason: PaymentReason | null = null,
  detail: string | null = null,
): Promise<void> {
  await tx.query(
    `WITH event AS (
       INSERT INTO payment_event (deposit_id, state, reason, detail) VALUES ($1, $2, $3, $4)
     )
     UPDATE deposit SET state = $2, reason = $3,
       credited_at = CASE WHEN $2 = 'credited' THEN clock_timestamp() END,
       look_at = CASE WHEN $2 IN ('requested', 'expired', 'refused') THEN look_at END
     WHERE id = $1`,
    [id, state, reason, detail],
  );
}

export type PaymentState = 'credited' | 'review' | 'returned';

/** False when this payment of the provider's is booked already, for whomever. */
export async function insertIncomingPayment(
  tx: Tx,
  of: {
    readonly id: string;
    readonly provider: ProviderName;
    readonly depositId: string | null;
    readonly playerId: string | null;
    readonly isTest: boolean;
    readonly payment: Payment;
    readonly state: PaymentState;
    readonly reason: PaymentReason | null;
  },
): Promise<boolean> {
  const { payment } = of;
  const rows = await tx.query(
    `INSERT INTO incoming_payment
       (id, provider, transaction, deposit_id, player_id, is_test, amount_xof, payer_phone, paid_at, state, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (provider, transaction) DO NOTHING RETURNING id`,
    [
      of.id,
      of.provider,
      payment.transaction,
      of.depositId,
      of.playerId,
      of.isTest,
      payment.amountXof,
      payment.payerPhone,
      payment.paidAt,
      of.state,
      of.reason,
    ],
  );
  return rows.length > 0;
}

/** The deposit that this payment was booked for; null: for none. */
export async function findDepositPaidBy(
  tx: Tx,
  provider: ProviderName,
  transaction: string,
): Promise<string | null> {
  const rows = await tx.query<{ depositId: string | null }>(
    'SELECT deposit_id AS "depositId" FROM incoming_payment WHERE provider = $1 AND transaction = $2',
    [provider, transaction],
  );
  return one(rows).depositId;
}
