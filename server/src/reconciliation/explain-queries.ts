import type { Explanation } from '#core/reconciliation.ts';
import type { Db, Tx } from '../db.ts';
import { one } from '../db.ts';
import type { ReconciledAccount } from './statement-queries.ts';

/** What our books and the lines say of an account at one instant, in francs. */
export interface ClearingFigures {
  readonly clearingXof: number;
  /** The sum of all lines. */
  readonly linesXof: number;
  /** After the last line; null when the provider does not say. */
  readonly lastBalanceXof: number | null;
  /** What the provider has although no line says so, and we know why. */
  readonly unlinedXof: number;
  /** Each item in suspense, without its sign. */
  readonly suspendedXof: number;
  /** All but what is outside the statement. */
  readonly explanations: readonly Explanation[];
  readonly lineCount: number;
  readonly feesXof: number;
}

/**
 * Everything in one statement, so that it is of one instant: a deposit that is being booked is on both sides or on none.
 *
 * `line`: each line with what we have of it. One that waits counts what has been booked since. `own`: what is ours and
 * on no line: missed, or left out by the statement as people said, or from before the first day that was read.
 */
const FIGURES = `WITH account AS (
    SELECT id FROM ledger.account WHERE kind = 'provider_clearing' AND subject = $2 AND is_test = $3
  ), claim AS (
    SELECT l.id AS line_id, p.id AS payment_id, NULL::uuid AS withdrawal_id, l.kind, p.amount_xof AS ours_xof
    FROM statement_line l JOIN incoming_payment p ON p.provider = l.provider AND p.transaction = l.transaction
    WHERE l.provider = $1 AND l.account = $2 AND l.state IN ('new', 'waiting') AND l.kind = 'deposit'
      AND NOT EXISTS (SELECT FROM statement_line o WHERE o.payment_id = p.id)
    UNION ALL
    SELECT line_id, NULL, withdrawal_id, kind, ours_xof FROM (
      SELECT l.id AS line_id, w.id AS withdrawal_id, l.kind,
        CASE l.kind WHEN 'withdrawal' THEN -w.amount_xof ELSE w.amount_xof END AS ours_xof,
        row_number() OVER (PARTITION BY w.id, l.kind ORDER BY l.seq) AS place
      FROM statement_line l JOIN withdrawal w ON w.provider = l.provider
        AND (w.id::text = l.reference OR w.provider_transaction = l.transaction)
      WHERE l.provider = $1 AND l.account = $2 AND l.state IN ('new', 'waiting')
        AND ((l.kind = 'withdrawal' AND w.state IN ('paid', 'reversed'))
          OR (l.kind = 'withdrawal_reversal' AND w.state = 'reversed'))
        AND NOT EXISTS (SELECT FROM statement_line o WHERE o.withdrawal_id = w.id AND o.kind = l.kind)
    ) c WHERE place = 1
  ), line AS (
    SELECT l.id, l.kind, l.state, l.net_xof, l.is_fee_booked, l.gross_xof - l.net_xof AS fee_xof,
      l.gross_xof - coalesce(p.amount_xof,
          CASE WHEN w.id IS NULL THEN NULL WHEN l.kind = 'withdrawal' THEN -w.amount_xof ELSE w.amount_xof END,
          c.ours_xof, -rp.amount_xof, 0)
        - coalesce((SELECT sum(b.booked_xof) FROM statement_break b WHERE b.line_id = l.id), 0) AS left_xof
    FROM statement_line l
    LEFT JOIN incoming_payment p ON p.id = l.payment_id
    LEFT JOIN withdrawal w ON w.id = l.withdrawal_id
    LEFT JOIN claim c ON c.line_id = l.id
    LEFT JOIN payment_refund r ON r.id = l.refund_id LEFT JOIN incoming_payment rp ON rp.id = r.payment_id
    WHERE l.provider = $1 AND l.account = $2
  ), own_row AS (
    SELECT p.id AS payment_id, NULL::uuid AS withdrawal_id, NULL::uuid AS refund_id, false AS is_reversal, p.amount_xof AS ours_xof,
      (coalesce(p.paid_at, p.recorded_at) AT TIME ZONE 'UTC')::date AS day
    FROM incoming_payment p
    WHERE $4 AND p.provider = $1 AND p.is_test = $3
      AND NOT EXISTS (SELECT FROM statement_line l WHERE l.payment_id = p.id)
      AND NOT EXISTS (SELECT FROM claim c WHERE c.payment_id = p.id)
    UNION ALL
    SELECT NULL, w.id, NULL, k.kind = 'withdrawal_reversal',
      CASE k.kind WHEN 'withdrawal' THEN -w.amount_xof ELSE w.amount_xof END, (w.ended_at AT TIME ZONE 'UTC')::date
    FROM withdrawal w JOIN player y ON y.id = w.player_id
    CROSS JOIN (VALUES ('withdrawal'), ('withdrawal_reversal')) AS k (kind)
    WHERE $5 AND w.provider = $1 AND y.is_test = $3
      AND (w.state = 'reversed' OR (w.state = 'paid' AND k.kind = 'withdrawal'))
      AND NOT EXISTS (SELECT FROM statement_line l WHERE l.withdrawal_id = w.id AND l.kind = k.kind)
      AND NOT EXISTS (SELECT FROM claim c WHERE c.withdrawal_id = w.id AND c.kind = k.kind)
    UNION ALL
    SELECT NULL, NULL, r.id, false, -p.amount_xof, (r.ended_at AT TIME ZONE 'UTC')::date
    FROM payment_refund r JOIN incoming_payment p ON p.id = r.payment_id
    WHERE $4 AND p.provider = $1 AND p.is_test = $3 AND r.state = 'refunded' AND r.line_id IS NULL
      AND NOT EXISTS (SELECT FROM statement_line l WHERE l.refund_id = r.id)
  ), own AS (
    SELECT o.ours_xof, coalesce(b.booked_xof, 0) AS booked_xof, b.state,
      -- People said that the statement leaves it out, or it is older than any statement we have read.
      (b.state = 'resolved' AND b.booked_xof = 0) IS TRUE
        OR (b.id IS NULL AND o.day < (SELECT min(r.day) FROM statement_reading r WHERE r.provider = $1 AND r.account = $2))
          IS TRUE AS is_unlined
    FROM own_row o LEFT JOIN statement_break b ON b.kind = 'missing' AND b.is_reversal = o.is_reversal
      AND (b.payment_id = o.payment_id OR b.withdrawal_id = o.withdrawal_id OR b.refund_id = o.refund_id)
  ), explanation AS (
    SELECT 'fees' AS kind, -fee_xof AS amount_xof FROM line WHERE NOT is_fee_booked AND fee_xof <> 0
    UNION ALL
    SELECT CASE WHEN state = 'different' OR state = 'matched' THEN 'different'
        WHEN kind = 'deposit' THEN 'deposits' WHEN kind = 'withdrawal' THEN 'withdrawals'
        WHEN kind = 'withdrawal_reversal' THEN 'reversals' ELSE 'movements' END, left_xof
    FROM line WHERE left_xof <> 0
    UNION ALL
    SELECT CASE WHEN state IS NULL THEN 'awaited' ELSE 'missing' END, -ours_xof - booked_xof
    FROM own WHERE NOT is_unlined AND ours_xof + booked_xof <> 0
  )
  SELECT
    (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p JOIN account a ON a.id = p.debit_account_id)::bigint
      - (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p JOIN account a ON a.id = p.credit_account_id)::bigint
      AS "clearingXof",
    (SELECT coalesce(sum(net_xof), 0) FROM line)::bigint AS "linesXof",
    (SELECT count(*) FROM line)::int AS "lineCount",
    (SELECT coalesce(sum(fee_xof), 0) FROM line)::bigint AS "feesXof",
    (SELECT balance_xof FROM statement_line WHERE provider = $1 AND account = $2 ORDER BY at DESC, seq DESC LIMIT 1)
      AS "lastBalanceXof",
    ((SELECT coalesce(sum(ours_xof), 0) FROM own WHERE is_unlined)
      + (SELECT coalesce(sum(booked_xof), 0) FROM statement_break
         WHERE provider = $1 AND account = $2 AND kind = 'outside'))::bigint AS "unlinedXof",
    ((SELECT coalesce(sum(amount_xof), 0) FROM incoming_payment
      WHERE $4 AND provider = $1 AND is_test = $3 AND state = 'review')
      + (SELECT coalesce(sum(abs(suspense_xof)), 0) FROM statement_break
         WHERE provider = $1 AND account = $2 AND state = 'open'))::bigint AS "suspendedXof",
    coalesce((SELECT jsonb_agg(jsonb_build_object('kind', kind, 'amountXof', amount_xof, 'count', n) ORDER BY kind)
      FROM (SELECT kind, sum(amount_xof)::bigint AS amount_xof, count(*) AS n FROM explanation GROUP BY kind) e), '[]')
      AS explanations`;

export async function findFigures(
  db: Db | Tx,
  of: ReconciledAccount & { readonly takesDeposits: boolean; readonly paysOut: boolean },
): Promise<ClearingFigures> {
  return one(
    await db.query<ClearingFigures>(FIGURES, [
      of.provider,
      of.account,
      of.isTest,
      of.takesDeposits,
      of.paysOut,
    ]),
  );
}
