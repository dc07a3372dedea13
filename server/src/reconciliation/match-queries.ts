import type { WithdrawalState } from '#core/payment.ts';
import type { LineToJudge } from '#core/reconciliation.ts';
import type { Db, Tx } from '../db.ts';
import type { ReconciledAccount } from './statement-queries.ts';

export interface UnmatchedLine extends Pick<LineToJudge, 'kind' | 'grossXof' | 'paymentXof'> {
  readonly id: string;
  readonly transaction: string;
  readonly reference: string | null;
  readonly counterpartyPhone: string | null;
  readonly at: Date;
  readonly day: string;
  readonly state: 'new' | 'waiting';
  readonly feeXof: number;
  /** The State's tax that we pay. */
  readonly taxXof: number;
  readonly isFeeBooked: boolean;
  readonly paymentId: string | null;
  readonly depositId: string | null;
  readonly withdrawalId: string | null;
  readonly withdrawalState: WithdrawalState | null;
  readonly withdrawalXof: number | null;
  /** What was booked for it when it was missed on the statement: null when it never was. */
  readonly missedId: string | null;
  readonly missedState: 'open' | 'resolved' | null;
  readonly missedBookedXof: number | null;
  /** The way back of a payment that it is. */
  readonly refundId: string | null;
  readonly refundState: 'asked' | 'refunded' | null;
  readonly refundXof: number | null;
}

const UUID = `'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`;

/**
 * Lines that wait for their other half, with what there is of it now, oldest first. Each is locked for this
 * transaction; those of another node are left out.
 */
export async function lockUnmatchedLines(
  tx: Tx,
  { provider, account }: ReconciledAccount,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<(UnmatchedLine & { readonly seq: number })[]> {
  return tx.query(
    `WITH line AS MATERIALIZED (
       SELECT * FROM statement_line
       WHERE provider = $1 AND account = $2 AND state IN ('new', 'waiting') AND seq > $3
       ORDER BY seq LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED
     )
     SELECT l.id, l.seq, l.kind, l.transaction, l.reference, l.counterparty_phone AS "counterpartyPhone", l.at,
       to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, l.state, l.gross_xof AS "grossXof",
       l.fee_xof AS "feeXof", CASE WHEN l.is_tax_paid_by_provider THEN 0 ELSE l.tax_xof END AS "taxXof",
       l.is_fee_booked AS "isFeeBooked", p.id AS "paymentId", p.amount_xof AS "paymentXof",
       a.deposit_id AS "depositId", w.id AS "withdrawalId", w.state AS "withdrawalState",
       w.amount_xof AS "withdrawalXof", b.id AS "missedId", b.state AS "missedState", b.booked_xof AS "missedBookedXof",
       f.id AS "refundId", f.state AS "refundState", f.amount_xof AS "refundXof"
     FROM line l
     LEFT JOIN incoming_payment p ON l.kind = 'deposit' AND p.provider = l.provider AND p.transaction = l.transaction
       AND NOT EXISTS (SELECT FROM statement_line o WHERE o.payment_id = p.id)
     LEFT JOIN LATERAL (
       SELECT t.deposit_id FROM deposit_attempt t JOIN deposit d ON d.id = t.deposit_id
       WHERE l.kind = 'deposit' AND p.id IS NULL AND d.provider = l.provider
         AND (t.reference = CASE WHEN l.reference ~ ${UUID} THEN l.reference::uuid END OR t.session = l.session)
       LIMIT 1
     ) a ON true
     LEFT JOIN LATERAL (
       SELECT c.* FROM withdrawal c
       WHERE l.kind IN ('withdrawal', 'withdrawal_reversal') AND c.provider = l.provider
         AND (c.id = CASE WHEN l.reference ~ ${UUID} THEN l.reference::uuid END
           OR c.provider_transaction = l.transaction)
         AND NOT EXISTS (SELECT FROM statement_line o WHERE o.withdrawal_id = c.id AND o.kind = l.kind)
       LIMIT 1
     ) w ON true
     LEFT JOIN LATERAL (
       SELECT r.id, r.state, q.amount_xof FROM payment_refund r JOIN incoming_payment q ON q.id = r.payment_id
       WHERE l.gross_xof < 0 AND q.provider = l.provider AND q.is_test = l.is_test
         AND r.state <> 'refused' AND r.line_id IS NULL
         AND NOT EXISTS (SELECT FROM statement_line o WHERE o.refund_id = r.id)
         AND (r.transaction = l.transaction OR (r.transaction IS NULL AND l.kind = 'deposit_refund' AND (
           q.transaction = l.transaction
           OR l.session IN (SELECT d.session FROM statement_line d WHERE d.payment_id = q.id)
           OR EXISTS (SELECT FROM deposit_attempt t WHERE t.deposit_id = q.deposit_id
             AND (t.session = l.session OR t.reference::text = l.reference))
           -- A provider that names neither: to whom, and how much.
           OR (l.session IS NULL AND l.reference IS NULL AND q.payer_phone = l.counterparty_phone
             AND q.amount_xof = -l.gross_xof))))
       ORDER BY r.transaction NULLS LAST, r.asked_at LIMIT 1
     ) f ON true
     LEFT JOIN statement_break b ON b.kind = 'missing' AND (b.payment_id = p.id OR b.refund_id = f.id
       OR (b.withdrawal_id = w.id AND b.is_reversal = (l.kind = 'withdrawal_reversal')))
     ORDER BY l.seq`,
    [provider, account, after, limit],
  );
}

/** Nothing more is done about these lines, but for those that wait. */
export async function recordMatches(
  tx: Tx,
  lines: readonly {
    readonly id: string;
    readonly state: 'waiting' | 'matched' | 'different' | 'extra';
    readonly paymentId: string | null;
    readonly withdrawalId: string | null;
    readonly refundId: string | null;
  }[],
): Promise<void> {
  await tx.query(
    `UPDATE statement_line l SET state = m.state, is_fee_booked = true, payment_id = m.payment_id,
       withdrawal_id = m.withdrawal_id, refund_id = m.refund_id
     FROM jsonb_to_recordset($1::jsonb)
       AS m (id uuid, state text, payment_id uuid, withdrawal_id uuid, refund_id uuid) WHERE l.id = m.id`,
    [
      JSON.stringify(
        lines.map(({ id, state, paymentId, withdrawalId, refundId }) => ({
          id,
          state,
          payment_id: paymentId,
          withdrawal_id: withdrawalId,
          refund_id: refundId,
        })),
      ),
    ],
  );
}

/** What was missed has turned up as this line. A break that people closed stays as they closed it. */
export async function recordTurnedUp(tx: Tx, breakId: string, lineId: string): Promise<void> {
  await tx.query(
    `UPDATE statement_break SET line_id = $2, state = 'resolved',
       resolved_at = coalesce(resolved_at, clock_timestamp()), resolution = coalesce(resolution, 'by_itself')
     WHERE id = $1`,
    [breakId, lineId],
  );
}

export interface WaitingLine {
  readonly id: string;
  readonly depositId: string | null;
  readonly withdrawalId: string | null;
  /** By the database's clock. */
  readonly ageMinutes: number;
  readonly transaction: string;
  readonly reference: string | null;
  readonly grossXof: number;
  readonly counterpartyPhone: string | null;
  readonly at: Date;
}

/** What the provider did with something of ours that is not booked here. */
export async function findWaitingLines(
  db: Db,
  { provider, account }: ReconciledAccount,
): Promise<WaitingLine[]> {
  return db.query<WaitingLine>(
    `SELECT l.id, l.transaction, l.reference, l.gross_xof AS "grossXof", l.counterparty_phone AS "counterpartyPhone",
       l.at, floor(extract(epoch FROM clock_timestamp() - greatest(l.at, l.read_at)) / 60)::int AS "ageMinutes",
       (SELECT t.deposit_id FROM deposit_attempt t JOIN deposit d ON d.id = t.deposit_id
        WHERE l.kind = 'deposit' AND d.provider = l.provider
          AND (t.reference = CASE WHEN l.reference ~ ${UUID} THEN l.reference::uuid END OR t.session = l.session)
        LIMIT 1) AS "depositId",
       (SELECT c.id FROM withdrawal c WHERE l.kind <> 'deposit' AND c.provider = l.provider
          AND (c.id = CASE WHEN l.reference ~ ${UUID} THEN l.reference::uuid END
            OR c.provider_transaction = l.transaction) LIMIT 1) AS "withdrawalId"
     FROM statement_line l WHERE l.provider = $1 AND l.account = $2 AND l.state = 'waiting'
     ORDER BY l.seq LIMIT 500`,
    [provider, account],
  );
}
