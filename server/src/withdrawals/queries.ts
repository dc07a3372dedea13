import type { Xof } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

export interface WithdrawalRow {
  readonly id: string;
  readonly playerId: string;
  readonly accountId: number;
  readonly isTest: boolean;
  /** Where it goes: the number he had proved when he asked. */
  readonly phone: string;
  /** False: the way back of a payment to another number than the player's. */
  readonly isOwnNumber: boolean;
  /** The player has proved another number since he asked. */
  readonly isToFormerNumber: boolean;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  /** The provider's id for it. */
  readonly session: string | null;
  /** What is sent to the provider, byte for byte; null before the first time. */
  readonly composed: string | null;
  readonly approvalsRequired: number;
  readonly isAutomatic: boolean;
  readonly transaction: string | null;
  readonly sendCount: number;
  readonly requestedAt: Date;
  /** How long ago it was sent last; 0 when it was not. */
  readonly sentAgeMs: number;
  /** How long ago it was asked for, by the database's clock. */
  readonly ageMs: number;
}

const WITHDRAWAL = `SELECT m.id, m.player_id AS "playerId", p.available_account_id AS "accountId",
  p.is_test AS "isTest", m.phone, m.provider,
  m.returns_payment IS NULL OR m.phone = p.phone AS "isOwnNumber",
  m.returns_payment IS NULL AND m.phone <> p.phone AS "isToFormerNumber", m.amount_xof AS "amountXof", m.state, m.reason,
  m.session, m.composed,
  m.approvals_required AS "approvalsRequired", m.is_automatic AS "isAutomatic", m.send_count AS "sendCount",
  m.provider_transaction AS "transaction",
  coalesce((extract(epoch FROM clock_timestamp() - m.sent_at) * 1000)::bigint, 0) AS "sentAgeMs",
  m.requested_at AS "requestedAt", (extract(epoch FROM clock_timestamp() - m.requested_at) * 1000)::bigint AS "ageMs"
  FROM withdrawal m JOIN player p ON p.id = m.player_id`;

export async function findWithdrawal(db: Db | Tx, id: string): Promise<WithdrawalRow | null> {
  return first(await db.query<WithdrawalRow>(`${WITHDRAWAL} WHERE m.id = $1`, [id]));
}

export async function lockWithdrawal(tx: Tx, id: string): Promise<WithdrawalRow | null> {
  return first(await tx.query<WithdrawalRow>(`${WITHDRAWAL} WHERE m.id = $1 FOR NO KEY UPDATE OF m`, [id]));
}

/** Withdrawals that are neither paid nor refused, oldest first. */
export async function findUnendedWithdrawals(tx: Tx): Promise<{ readonly id: string }[]> {
  return tx.query(
    `SELECT id FROM withdrawal WHERE ended_at IS NULL AND state <> 'approval' ORDER BY requested_at LIMIT 1000`,
  );
}

/** The number is the one that the player has proved, now. */
export async function insertWithdrawal(
  tx: Tx,
  withdrawal: Pick<WithdrawalRow, 'id' | 'playerId' | 'provider' | 'amountXof'> & {
    readonly approvalsRequired: number;
    readonly isAutomatic: boolean;
  },
): Promise<{ readonly state: WithdrawalState; readonly requestedAt: Date }> {
  const { id, playerId, provider, amountXof, approvalsRequired, isAutomatic } = withdrawal;
  const state: WithdrawalState = approvalsRequired > 0 ? 'approval' : 'requested';
  return one(
    await tx.query(
      `WITH event AS (INSERT INTO payment_event (withdrawal_id, state, reason) VALUES ($1, $5, $6))
       INSERT INTO withdrawal (id, player_id, provider, amount_xof, state, reason, approvals_required, is_automatic, phone)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, phone FROM player WHERE id = $2
       RETURNING state, requested_at AS "requestedAt"`,
      [id, playerId, provider, amountXof, state, waitsFor(approvalsRequired), approvalsRequired, isAutomatic],
    ),
  );
}

function waitsFor(approvalsRequired: number): PaymentReason | null {
  if (approvalsRequired === 0) return null;
  return approvalsRequired === 1 ? 'waits_for_finance' : 'waits_for_two_people';
}

/** The way back of a payment, to who made it. */
export async function insertReturn(tx: Tx, id: string, paymentId: string): Promise<void> {
  await tx.query(
    `WITH event AS (INSERT INTO payment_event (withdrawal_id, state) VALUES ($1, 'requested'))
     INSERT INTO withdrawal (id, player_id, provider, amount_xof, state, phone, returns_payment)
     SELECT $1, i.player_id, i.provider, i.amount_xof, 'requested', coalesce(i.payer_phone, p.phone), i.id
     FROM incoming_payment i JOIN player p ON p.id = i.player_id WHERE i.id = $2`,
    [id, paymentId],
  );
}

/** Every change of state or reason is kept with its time. `detail` is for staff. */
export async function recordWithdrawalState(
  tx: Tx,
  id: string,
  state: WithdrawalState,
  heard: {
    readonly transaction?: string | null;
    readonly session?: string | null;
    readonly reason?: PaymentReason | null;
    readonly detail?: string | null;
  } = {},
): Promise<void> {
  await tx.query(
    `WITH event AS (
       INSERT INTO payment_event (withdrawal_id, state, reason, detail)
       SELECT $1, $2, $5, $6 FROM withdrawal WHERE id = $1 AND (state, reason) IS DISTINCT FROM ($2, $5)
     )
     UPDATE withdrawal SET state = $2, provider_transaction = coalesce($3, provider_transaction),
       session = coalesce($4, session), reason = $5,
       ended_at = CASE WHEN $2 IN ('paid', 'refused', 'reversed') THEN clock_timestamp() END
     WHERE id = $1`,
    [id, state, heard.transaction ?? null, heard.session ?? null, heard.reason ?? null, heard.detail ?? null],
  );
}

export async function hasWaitedFor(tx: Tx, id: string, reason: PaymentReason): Promise<boolean> {
  const rows = await tx.query('SELECT FROM payment_event WHERE withdrawal_id = $1 AND reason = $2 LIMIT 1', [
    id,
    reason,
  ]);
  return rows.length > 0;
}

export async function recordApprovalsRequired(tx: Tx, id: string, people: number): Promise<void> {
  await tx.query('UPDATE withdrawal SET approvals_required = $2 WHERE id = $1', [id, people]);
}

/** What goes to the provider, written down before it hears of it. */
export async function recordComposed(tx: Tx, id: string, composed: string): Promise<void> {
  await tx.query(
    `UPDATE withdrawal SET composed = $2, sent_at = clock_timestamp(), send_count = send_count + 1
     WHERE id = $1`,
    [id, composed],
  );
}

export interface WithdrawalEventRow {
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  readonly detail: string | null;
  readonly at: Date;
}

export async function findWithdrawalEvents(db: Db, id: string): Promise<WithdrawalEventRow[]> {
  return db.query<WithdrawalEventRow>(
    'SELECT state, reason, detail, at FROM payment_event WHERE withdrawal_id = $1 ORDER BY id LIMIT 200',
    [id],
  );
}

/** The providers that he used, the last one first. */
export async function findLastProviders(tx: Db | Tx, playerId: string): Promise<ProviderName[]> {
  const rows = await tx.query<{ provider: ProviderName }>(
    `SELECT provider FROM (
       SELECT provider, requested_at FROM withdrawal WHERE player_id = $1
       UNION ALL SELECT provider, requested_at FROM deposit WHERE player_id = $1
     ) used GROUP BY provider ORDER BY max(requested_at) DESC LIMIT 10`,
    [playerId],
  );
  return rows.map(({ provider }) => provider);
}

/** For staff, in the history: nothing has changed. */
export async function recordWithdrawalNote(tx: Tx, id: string, detail: string): Promise<void> {
  await tx.query(
    `INSERT INTO payment_event (withdrawal_id, state, reason, detail) SELECT id, state, reason, $2 FROM withdrawal WHERE id = $1`,
    [id, detail],
  );
}
