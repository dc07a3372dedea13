import type { Xof } from '#core/money.ts';
import type { DepositState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { Launch, Payment, ProviderName } from '../payments/provider.ts';

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
  /** Until when it can be paid, as far as the provider said. */
  readonly expiresAt: Date | null;
  /** Asked for, and past that time, by the database's clock: it counts against no limit until it is asked for again. */
  readonly isOver: boolean;
  readonly lookCount: number;
  /** By the database's clock: the provider is asked until two days after the last attempt's end. */
  readonly isWatched: boolean;
  /** Of these hours: the limits that count a day count it whole. */
  readonly isYoung: boolean;
  /** The slip he came from. */
  readonly backPath: string | null;
}

const DEPOSIT = `SELECT m.id, m.player_id AS "playerId", p.available_account_id AS "accountId", p.is_test AS "isTest",
  p.phone, m.provider, m.amount_xof AS "amountXof", m.state, m.reason, m.requested_at AS "requestedAt",
  m.input_hash AS "inputHash", m.expires_at AS "expiresAt", m.look_count AS "lookCount", m.back_path AS "backPath",
  m.state = 'requested' AND coalesce(m.expires_at < clock_timestamp(), false) AS "isOver",
  m.requested_at > clock_timestamp() - interval '20 hours' AS "isYoung",
  coalesce(m.expires_at, m.requested_at) + interval '48 hours' > clock_timestamp() AS "isWatched"
  FROM deposit m JOIN player p ON p.id = m.player_id`;

export async function findDeposit(db: Db | Tx, id: string): Promise<DepositRow | null> {
  return first(await db.query<DepositRow>(`${DEPOSIT} WHERE m.id = $1`, [id]));
}

export async function lockDeposit(tx: Tx, id: string): Promise<DepositRow> {
  return one(await tx.query<DepositRow>(`${DEPOSIT} WHERE m.id = $1 FOR NO KEY UPDATE OF m`, [id]));
}

/** The money of these is watched for. Takes them off the list for a while, so that each node has its own. */
export async function claimDepositsToLookAt(
  db: Db,
  of: { readonly provider: ProviderName; readonly aheadMs: number; readonly limit: number },
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `UPDATE deposit SET look_at = clock_timestamp() + interval '1 minute'
     WHERE id IN (
       SELECT id FROM deposit
       WHERE provider = $3 AND look_at <= clock_timestamp() + $1 * interval '1 millisecond'
       ORDER BY look_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
     )
     RETURNING id`,
    [of.aheadMs, of.limit, of.provider],
  );
  return rows.map(({ id }) => id);
}

/** One more look is over. Null: the next one is the provider's word or a person's. */
export async function recordLook(tx: Tx, id: string, nextAfterMs: number | null): Promise<void> {
  await tx.query(
    `UPDATE deposit SET look_count = look_count + 1, look_at = clock_timestamp() + $2 * interval '1 millisecond'
     WHERE id = $1`,
    [id, nextAfterMs],
  );
}

/** As if it were new: it is looked at in a moment, and often again. */
export async function lookSoon(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `UPDATE deposit SET look_count = 0, look_at = clock_timestamp() + interval '5 seconds' WHERE id = $1`,
    [id],
  );
}

/** It counts from now on, whatever becomes of its next session: until when that can be paid is not known yet. */
export async function reopenDeposit(tx: Tx, id: string): Promise<void> {
  await recordDepositState(tx, id, 'requested');
  await tx.query('UPDATE deposit SET expires_at = NULL WHERE id = $1', [id]);
}

export interface AttemptRow {
  readonly reference: string;
  readonly seq: number;
  readonly session: string | null;
  readonly launch: Launch | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
  /** By the database's clock. */
  readonly isOver: boolean;
  /** Nobody heard what the provider made of it, and whoever asked has given up waiting. */
  readonly isLost: boolean;
}

const ATTEMPT = `SELECT reference, seq, session, launch, requested_at AS "requestedAt", expires_at AS "expiresAt",
  coalesce(expires_at < clock_timestamp(), false) AS "isOver",
  session IS NULL AND launch IS NULL AND expires_at IS NULL
    AND requested_at < clock_timestamp() - interval '15 seconds' AS "isLost" FROM deposit_attempt`;

/** Oldest first. */
export async function findAttempts(db: Db | Tx, depositId: string): Promise<AttemptRow[]> {
  return db.query<AttemptRow>(`${ATTEMPT} WHERE deposit_id = $1 ORDER BY seq LIMIT 20`, [depositId]);
}

export async function insertAttempt(
  tx: Tx,
  attempt: { readonly reference: string; readonly depositId: string; readonly seq: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO deposit_attempt (reference, deposit_id, seq) VALUES ($1, $2, $3)
     ON CONFLICT ON CONSTRAINT deposit_attempt_numbered_once DO NOTHING`,
    [attempt.reference, attempt.depositId, attempt.seq],
  );
}

/** What the provider made for an attempt; nulls leave what is known. The deposit is payable until the last one's end. */
export async function recordSession(
  tx: Tx,
  reference: string,
  made: { readonly session: string | null; readonly launch: Launch | null; readonly expiresAt: Date | null },
): Promise<void> {
  await tx.query(
    `WITH attempt AS (
       UPDATE deposit_attempt SET session = coalesce($2, session), launch = coalesce($3, launch),
         expires_at = coalesce($4, expires_at)
       WHERE reference = $1 RETURNING deposit_id, expires_at
     )
     UPDATE deposit d SET expires_at = greatest(d.expires_at, a.expires_at) FROM attempt a WHERE d.id = a.deposit_id`,
    [reference, made.session, made.launch === null ? null : JSON.stringify(made.launch), made.expiresAt],
  );
}

/** The deposit that one of these belongs to. */
export async function findDepositOf(
  db: Db | Tx,
  provider: ProviderName,
  key: { readonly reference: string | null; readonly session: string | null },
): Promise<string | null> {
  const rows = await db.query<{ depositId: string }>(
    `SELECT d.id AS "depositId" FROM deposit_attempt a JOIN deposit d ON d.id = a.deposit_id
     WHERE d.provider = $1 AND (a.reference::text = $2 OR a.session = $3) ORDER BY (a.reference::text = $2) DESC LIMIT 1`,
    [provider, key.reference, key.session],
  );
  return rows[0]?.depositId ?? null;
}

/** Of the last 7 days, newest first. */
export async function findOwnDeposits(db: Db, playerId: string): Promise<DepositRow[]> {
  return db.query<DepositRow>(
    `${DEPOSIT} WHERE m.player_id = $1 AND m.requested_at > clock_timestamp() - interval '7 days'
     ORDER BY m.requested_at DESC LIMIT 30`,
    [playerId],
  );
}

/** The provider of his newest deposit; null: he has none yet. */
export async function findLastProvider(db: Db, playerId: string): Promise<ProviderName | null> {
  const rows = await db.query<{ provider: ProviderName }>(
    'SELECT provider FROM deposit WHERE player_id = $1 ORDER BY requested_at DESC LIMIT 1',
    [playerId],
  );
  return rows[0]?.provider ?? null;
}

/** What came for it in all: each of its sessions may have been paid. */
export async function sumPayments(db: Db, depositId: string): Promise<Xof> {
  const rows = await db.query<{ receivedXof: Xof }>(
    'SELECT coalesce(sum(amount_xof), 0)::bigint AS "receivedXof" FROM incoming_payment WHERE deposit_id = $1',
    [depositId],
  );
  return one(rows).receivedXof;
}

export interface PaymentEventRow {
  readonly state: DepositState;
  readonly reason: PaymentReason | null;
  readonly at: Date;
}

export async function findDepositEvents(db: Db, depositId: string): Promise<PaymentEventRow[]> {
  return db.query<PaymentEventRow>(
    'SELECT state, reason, at FROM payment_event WHERE deposit_id = $1 ORDER BY id LIMIT 50',
    [depositId],
  );
}

/** Nothing when it is there already. */
export async function insertDeposit(
  tx: Tx,
  deposit: Pick<DepositRow, 'id' | 'playerId' | 'provider' | 'amountXof' | 'inputHash' | 'backPath'>,
): Promise<void> {
  await tx.query(
    `WITH deposit_new AS (
       INSERT INTO deposit (id, player_id, provider, amount_xof, state, input_hash, back_path, look_at)
       VALUES ($1, $2, $3, $4, 'requested', $5, $6, clock_timestamp() + interval '5 seconds')
       ON CONFLICT (id) DO NOTHING RETURNING id
     ), event AS (
       INSERT INTO payment_event (deposit_id, state) SELECT id, 'requested' FROM deposit_new
     )
     INSERT INTO deposit_attempt (reference, deposit_id, seq) SELECT id, id, 1 FROM deposit_new`,
    [deposit.id, deposit.playerId, deposit.provider, deposit.amountXof, deposit.inputHash, deposit.backPath],
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
       credited_at = CASE WHEN $2 = 'credited' THEN clock_timestamp() END
     WHERE id = $1`,
    [id, state, reason, detail],
  );
}

export const withoutAWord = 'no word of the provider until the end';

/**
 * Those that people should look at, newest first: what came cannot be read, or the provider never said what became of
 * it. Money that has come and is nobody's is in suspense.
 */
export async function findDeadDeposits(db: Db): Promise<
  {
    readonly depositId: string;
    readonly pseudonym: string;
    readonly provider: ProviderName;
    readonly amountXof: Xof;
    readonly state: DepositState;
    readonly reason: PaymentReason | null;
    readonly detail: string | null;
    readonly requestedAt: Date;
    readonly endedAt: Date;
  }[]
> {
  return db.query(
    `SELECT d.id AS "depositId", p.pseudonym, d.provider, d.amount_xof AS "amountXof", d.state,
       d.reason, e.detail, d.requested_at AS "requestedAt", e.at AS "endedAt"
     FROM deposit d JOIN player p ON p.id = d.player_id
     JOIN LATERAL (SELECT detail, at FROM payment_event WHERE deposit_id = d.id ORDER BY id DESC LIMIT 1) e ON true
     WHERE d.requested_at > clock_timestamp() - interval '90 days'
       AND ((d.state = 'review' AND d.reason = 'amount_unreadable') OR (d.state = 'expired' AND e.detail = $1))
     ORDER BY e.at DESC LIMIT 200`,
    [withoutAWord],
  );
}

/** Something that came and changes nothing of its state. */
export async function recordDepositEvent(
  tx: Tx,
  id: string,
  state: DepositState,
  reason: PaymentReason | null,
): Promise<void> {
  await tx.query('INSERT INTO payment_event (deposit_id, state, reason) VALUES ($1, $2, $3)', [
    id,
    state,
    reason,
  ]);
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

/** By the house. */
export async function areDepositsStopped(db: Db | Tx, provider: ProviderName): Promise<boolean> {
  const rows = await db.query(
    'SELECT 1 FROM provider_state WHERE provider = $1 AND deposits_stopped_at IS NOT NULL',
    [provider],
  );
  return rows.length > 0;
}
