import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

/** The way back of a payment to whoever made it. */
export interface RefundRow {
  readonly id: string;
  readonly paymentId: string;
  readonly state: 'asked' | 'refunded' | 'refused';
  readonly provider: ProviderName;
  /** Of the payment, as the provider knows it. */
  readonly transaction: string;
  /** The provider's session that was paid, as far as its callback or its statement told. */
  readonly session: string | null;
  /** By the database's clock. */
  readonly ageMs: number;
}

export async function findRefund(db: Db | Tx, id: string): Promise<RefundRow | null> {
  return first(
    await db.query<RefundRow>(
      `SELECT r.id, r.payment_id AS "paymentId", r.state, p.provider, p.transaction, coalesce(
         (SELECT l.session FROM statement_line l WHERE l.provider = p.provider AND l.transaction = p.transaction
            AND l.kind = 'deposit' AND l.session IS NOT NULL LIMIT 1),
         (SELECT c.session FROM provider_callback c WHERE c.provider = p.provider AND c.transaction = p.transaction
            AND c.session IS NOT NULL LIMIT 1)) AS session,
         (extract(epoch FROM clock_timestamp() - r.asked_at) * 1000)::bigint AS "ageMs"
       FROM payment_refund r JOIN incoming_payment p ON p.id = r.payment_id WHERE r.id = $1`,
      [id],
    ),
  );
}

/** The provider is to give it back; the money is in suspense until it says. */
export async function insertRefund(tx: Tx, id: string, paymentId: string): Promise<void> {
  await tx.query(`INSERT INTO payment_refund (id, payment_id, state) VALUES ($1, $2, 'asked')`, [
    id,
    paymentId,
  ]);
}

/** People gave it back in the provider's portal. `lineId`: the line that told of it before they did. */
export async function insertRefundByHand(
  tx: Tx,
  of: {
    readonly id: string;
    readonly paymentId: string;
    readonly transaction: string | null;
    readonly lineId: string | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO payment_refund (id, payment_id, state, transaction, line_id, ended_at)
     VALUES ($1, $2, 'refunded', $3, $4, clock_timestamp())`,
    [of.id, of.paymentId, of.transaction, of.lineId],
  );
}

export async function recordRefundEnd(
  tx: Tx,
  id: string,
  end: { readonly state: 'refunded' | 'refused'; readonly reason: PaymentReason | null },
): Promise<void> {
  await tx.query(
    'UPDATE payment_refund SET state = $2, reason = $3, ended_at = clock_timestamp() WHERE id = $1',
    [id, end.state, end.reason],
  );
}

/** A line of the statement by which money left, and the break that it opened; null for a break that is none or is over. */
export async function findOutgoingLine(
  tx: Tx,
  of: { readonly provider: ProviderName; readonly isTest: boolean; readonly transaction: string },
): Promise<{
  readonly lineId: string;
  readonly isUnmatched: boolean;
  readonly breakId: string | null;
  readonly grossXof: number;
} | null> {
  const rows = await tx.query<{
    lineId: string;
    isUnmatched: boolean;
    breakId: string | null;
    grossXof: number;
  }>(
    `SELECT l.id AS "lineId", l.state IN ('new', 'waiting') AS "isUnmatched", b.id AS "breakId",
       l.gross_xof AS "grossXof"
     FROM statement_line l
     LEFT JOIN statement_break b ON b.line_id = l.id AND b.kind = 'extra' AND b.state = 'open' AND b.suspense_xof < 0
     WHERE l.provider = $1 AND l.is_test = $2 AND l.transaction = $3 AND l.gross_xof < 0
     ORDER BY l.seq LIMIT 1 FOR NO KEY UPDATE OF l`,
    [of.provider, of.isTest, of.transaction],
  );
  return first(rows);
}
