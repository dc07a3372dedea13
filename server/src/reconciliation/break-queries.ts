import type { BreakKind } from '#core/reconciliation.ts';
import type { Tx } from '../db.ts';
import type { ReconciledAccount } from './statement-queries.ts';

export interface NewBreak extends ReconciledAccount {
  readonly id: string;
  readonly day: string;
  readonly kind: BreakKind;
  readonly amountXof: number;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly lineId?: string | null;
  readonly paymentId?: string | null;
  readonly withdrawalId?: string | null;
  readonly refundId?: string | null;
  /** What of it was booked into the suspense account. */
  readonly suspenseXof?: number;
}

export async function insertBreak(tx: Tx, opened: NewBreak): Promise<void> {
  await tx.query(
    `INSERT INTO statement_break (id, provider, account, is_test, day, kind, amount_xof, ours_xof, theirs_xof, line_id,
       payment_id, withdrawal_id, suspense_xof, booked_xof, refund_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14) ON CONFLICT DO NOTHING`,
    [
      opened.id,
      opened.provider,
      opened.account,
      opened.isTest,
      opened.day,
      opened.kind,
      opened.amountXof,
      opened.oursXof,
      opened.theirsXof,
      opened.lineId ?? null,
      opened.paymentId ?? null,
      opened.withdrawalId ?? null,
      opened.suspenseXof ?? 0,
      opened.refundId ?? null,
    ],
  );
}

/**
 * Opens a break for each thing of ours that should be on a statement read after its day had ended, and is not. Returns
 * how many are new.
 */
export async function insertMissing(
  tx: Tx,
  of: ReconciledAccount & { readonly takesDeposits: boolean; readonly paysOut: boolean },
  graceMinutes: number,
): Promise<number> {
  const rows = await tx.query(
    `WITH reading AS (
       SELECT day FROM statement_reading WHERE provider = $1 AND account = $2
         AND read_at >= ((day + 1)::timestamp AT TIME ZONE 'UTC') + $6 * interval '1 minute'
     ), own AS (
       SELECT p.id AS payment_id, NULL::uuid AS withdrawal_id, NULL::uuid AS refund_id, false AS is_reversal, p.amount_xof AS ours_xof,
         (coalesce(p.paid_at, p.recorded_at) AT TIME ZONE 'UTC')::date AS day
       FROM incoming_payment p
       WHERE $4 AND p.provider = $1 AND p.is_test = $3
         AND NOT EXISTS (SELECT FROM statement_line l WHERE l.payment_id = p.id)
       UNION ALL
       SELECT NULL, w.id, NULL, false, -w.amount_xof, (w.ended_at AT TIME ZONE 'UTC')::date
       FROM withdrawal w JOIN player y ON y.id = w.player_id
       WHERE $5 AND w.provider = $1 AND y.is_test = $3 AND w.state IN ('paid', 'reversed')
         AND NOT EXISTS (SELECT FROM statement_line l WHERE l.withdrawal_id = w.id AND l.kind = 'withdrawal')
       UNION ALL
       SELECT NULL, w.id, NULL, true, w.amount_xof, (w.ended_at AT TIME ZONE 'UTC')::date
       FROM withdrawal w JOIN player y ON y.id = w.player_id
       WHERE $5 AND w.provider = $1 AND y.is_test = $3 AND w.state = 'reversed'
         AND NOT EXISTS (SELECT FROM statement_line l WHERE l.withdrawal_id = w.id AND l.kind = 'withdrawal_reversal')
       UNION ALL
       SELECT NULL, NULL, r.id, false, -p.amount_xof, (r.ended_at AT TIME ZONE 'UTC')::date
       FROM payment_refund r JOIN incoming_payment p ON p.id = r.payment_id
       WHERE $4 AND p.provider = $1 AND p.is_test = $3 AND r.state = 'refunded' AND r.line_id IS NULL
         AND NOT EXISTS (SELECT FROM statement_line l WHERE l.refund_id = r.id)
     )
     INSERT INTO statement_break (id, provider, account, is_test, day, kind, amount_xof, ours_xof, payment_id,
       withdrawal_id, refund_id, is_reversal)
     SELECT gen_random_uuid(), $1, $2, $3, o.day, 'missing', -o.ours_xof, o.ours_xof, o.payment_id, o.withdrawal_id,
       o.refund_id, o.is_reversal
     FROM own o JOIN reading r ON r.day = o.day
     ON CONFLICT DO NOTHING RETURNING id`,
    [of.provider, of.account, of.isTest, of.takesDeposits, of.paysOut, graceMinutes],
  );
  return rows.length;
}

/** The balance moved by what no line says: one open break at a time, as large as what is left. */
export async function recordOutside(
  tx: Tx,
  of: ReconciledAccount & { readonly id: string; readonly amountXof: number },
): Promise<void> {
  if (of.amountXof === 0) {
    await tx.query(
      `UPDATE statement_break SET state = 'resolved', resolved_at = clock_timestamp(), resolution = 'by_itself'
       WHERE provider = $1 AND account = $2 AND kind = 'outside' AND state = 'open'`,
      [of.provider, of.account],
    );
    return;
  }
  await tx.query(
    `INSERT INTO statement_break (id, provider, account, is_test, day, kind, amount_xof, theirs_xof)
     VALUES ($1, $2, $3, $4, (clock_timestamp() AT TIME ZONE 'UTC')::date, 'outside', $5, $5)
     ON CONFLICT (provider, account) WHERE kind = 'outside' AND state = 'open'
       DO UPDATE SET amount_xof = excluded.amount_xof, theirs_xof = excluded.theirs_xof`,
    [of.id, of.provider, of.account, of.isTest, of.amountXof],
  );
}

export interface BreakRow extends ReconciledAccount {
  readonly id: string;
  readonly kind: BreakKind;
  readonly amountXof: number;
  readonly suspenseXof: number;
  readonly state: 'open' | 'resolved';
}

export async function lockBreak(tx: Tx, id: string): Promise<BreakRow | null> {
  const rows = await tx.query<BreakRow>(
    `SELECT id, provider, account, is_test AS "isTest", kind, amount_xof AS "amountXof", suspense_xof AS "suspenseXof",
       state FROM statement_break WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** Two people said where it goes. `bookedXof`: what the clearing account moved by for it, now. */
export async function recordAllocated(tx: Tx, id: string, bookedXof: number): Promise<void> {
  await tx.query(
    `UPDATE statement_break SET state = 'resolved', resolved_at = clock_timestamp(), resolution = 'allocated',
       suspense_xof = 0, booked_xof = booked_xof + $2 WHERE id = $1`,
    [id, bookedXof],
  );
}

/** The break of a line that became an incoming payment ends with the payment. */
export async function recordPaymentAllocated(tx: Tx, paymentId: string): Promise<void> {
  await tx.query(
    `UPDATE statement_break SET state = 'resolved', resolved_at = clock_timestamp(), resolution = 'allocated'
     WHERE payment_id = $1 AND kind = 'extra' AND state = 'open'`,
    [paymentId],
  );
}
