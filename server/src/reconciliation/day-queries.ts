import type { BreakKind } from '#core/reconciliation.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

interface OfAccount {
  readonly provider: ProviderName;
  readonly account: string;
}

export interface DayRow {
  readonly day: string;
  readonly lineCount: number;
  readonly matchedCount: number;
  readonly waitingCount: number;
  readonly differentCount: number;
  readonly extraCount: number;
  readonly missingCount: number;
  readonly openCount: number;
  readonly netXof: number;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly readAt: Date | null;
  /** Was it read after it had ended? */
  readonly isWhole: boolean;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
}

/** Newest first. `day`: only this one. */
export async function findDays(
  db: Db | Tx,
  { provider, account }: OfAccount,
  of: { readonly day: string | null; readonly graceMinutes: number; readonly limit: number },
): Promise<DayRow[]> {
  return db.query<DayRow>(
    `SELECT to_char(r.day, 'YYYY-MM-DD') AS day, l.*, b.*, r.read_at AS "readAt",
       r.read_at >= ((r.day + 1)::timestamp AT TIME ZONE 'UTC') + $4 * interval '1 minute' AS "isWhole",
       s.name AS "closedBy", c.closed_at AS "closedAt"
     FROM statement_reading r
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS "lineCount", count(*) FILTER (WHERE state = 'matched')::int AS "matchedCount",
         count(*) FILTER (WHERE state IN ('new', 'waiting'))::int AS "waitingCount",
         count(*) FILTER (WHERE state = 'different')::int AS "differentCount",
         count(*) FILTER (WHERE state = 'extra')::int AS "extraCount",
         coalesce(sum(net_xof), 0)::bigint AS "netXof", coalesce(sum(fee_xof), 0)::bigint AS "feeXof",
         coalesce(sum(tax_xof), 0)::bigint AS "taxXof"
       FROM statement_line WHERE provider = $1 AND account = $2 AND at >= (r.day::timestamp AT TIME ZONE 'UTC')
         AND at < ((r.day + 1)::timestamp AT TIME ZONE 'UTC')
     ) l
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE kind = 'missing' AND line_id IS NULL)::int AS "missingCount",
         count(*) FILTER (WHERE state = 'open')::int AS "openCount"
       FROM statement_break WHERE provider = $1 AND account = $2 AND day = r.day
     ) b
     LEFT JOIN reconciliation_day c ON c.provider = $1 AND c.account = $2 AND c.day = r.day
     LEFT JOIN staff s ON s.id = c.closed_by
     WHERE r.provider = $1 AND r.account = $2 AND ($3::date IS NULL OR r.day = $3::date)
     ORDER BY r.day DESC LIMIT $5`,
    [provider, account, of.day, of.graceMinutes, of.limit],
  );
}

export interface LineRow {
  readonly at: Date;
  readonly transaction: string | null;
  readonly kind: string;
  readonly rawKind: string;
  readonly state: 'new' | 'waiting' | 'matched' | 'different' | 'extra' | 'missing';
  readonly netXof: number | null;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly isTaxPaidByProvider: boolean;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly balanceXof: number | null;
  readonly reference: string | null;
  readonly counterpartyPhone: string | null;
  /** Its place in the queue of suspense. */
  readonly itemId: string | null;
  readonly isOpen: boolean;
}

/** The lines of a day in their order, then what is missing on it. */
export async function findLines(
  db: Db,
  { provider, account }: OfAccount,
  of: { readonly day: string; readonly states: readonly string[] | null; readonly limit: number },
): Promise<LineRow[]> {
  return db.query<LineRow>(
    `(SELECT l.at, l.transaction, l.kind, l.raw_kind AS "rawKind", l.state, l.net_xof AS "netXof",
       l.fee_xof AS "feeXof", l.tax_xof AS "taxXof", l.is_tax_paid_by_provider AS "isTaxPaidByProvider",
       coalesce(b.ours_xof, p.amount_xof, -rp.amount_xof,
         CASE WHEN w.id IS NULL THEN NULL WHEN l.kind = 'withdrawal' THEN -w.amount_xof ELSE w.amount_xof END)
         AS "oursXof",
       l.gross_xof AS "theirsXof", l.balance_xof AS "balanceXof", l.reference,
       l.counterparty_phone AS "counterpartyPhone",
       CASE WHEN b.kind = 'extra' AND b.payment_id IS NOT NULL THEN b.payment_id ELSE b.id END AS "itemId",
       coalesce(b.state = 'open', false) AS "isOpen"
     FROM statement_line l
     LEFT JOIN statement_break b ON b.line_id = l.id AND b.kind <> 'missing'
     LEFT JOIN incoming_payment p ON p.id = l.payment_id AND l.state <> 'extra'
     LEFT JOIN withdrawal w ON w.id = l.withdrawal_id
     LEFT JOIN payment_refund r ON r.id = l.refund_id LEFT JOIN incoming_payment rp ON rp.id = r.payment_id
     WHERE l.provider = $1 AND l.account = $2 AND l.at >= ($3::date::timestamp AT TIME ZONE 'UTC')
       AND l.at < (($3::date + 1)::timestamp AT TIME ZONE 'UTC') AND ($4::text[] IS NULL OR l.state = ANY ($4))
     ORDER BY l.at, l.seq LIMIT $5)
     UNION ALL
     (SELECT coalesce(p.recorded_at, w.ended_at, f.ended_at), coalesce(p.transaction, w.provider_transaction, f.transaction),
       CASE WHEN b.payment_id IS NOT NULL THEN 'deposit'
         WHEN b.refund_id IS NOT NULL THEN 'deposit_refund' WHEN b.is_reversal THEN 'withdrawal_reversal' ELSE 'withdrawal' END,
       '', 'missing', NULL, 0, 0, false, b.ours_xof, NULL, NULL, coalesce(p.deposit_id, w.id)::text, NULL, b.id,
       b.state = 'open'
     FROM statement_break b LEFT JOIN incoming_payment p ON p.id = b.payment_id
       LEFT JOIN withdrawal w ON w.id = b.withdrawal_id LEFT JOIN payment_refund f ON f.id = b.refund_id
     WHERE b.provider = $1 AND b.account = $2 AND b.day = $3::date AND b.kind = 'missing' AND b.line_id IS NULL
       AND ($4::text[] IS NULL OR 'missing' = ANY ($4))
     ORDER BY b.opened_at LIMIT $5)`,
    [provider, account, of.day, of.states, of.limit],
  );
}

export interface OpenBreakRow extends OfAccount {
  readonly id: string;
  readonly day: string;
  readonly kind: BreakKind;
  readonly amountXof: number;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly transaction: string | null;
  readonly openedAt: Date;
}

export async function findOpenBreaks(db: Db): Promise<OpenBreakRow[]> {
  return db.query<OpenBreakRow>(
    `SELECT b.id, b.provider, b.account, to_char(b.day, 'YYYY-MM-DD') AS day, b.kind, b.amount_xof AS "amountXof",
       b.ours_xof AS "oursXof", b.theirs_xof AS "theirsXof",
       coalesce(l.transaction, p.transaction, w.provider_transaction) AS transaction, b.opened_at AS "openedAt"
     FROM statement_break b LEFT JOIN statement_line l ON l.id = b.line_id
       LEFT JOIN incoming_payment p ON p.id = b.payment_id LEFT JOIN withdrawal w ON w.id = b.withdrawal_id
     WHERE b.state = 'open' ORDER BY b.opened_at, b.id LIMIT 1000`,
  );
}

export async function countInSuspense(db: Db): Promise<number> {
  const row = first(
    await db.query<{ n: number }>(
      `SELECT ((SELECT count(*) FROM incoming_payment WHERE state = 'review')
         + (SELECT count(*) FROM statement_break
            WHERE state = 'open' AND NOT (kind = 'extra' AND payment_id IS NOT NULL)))::int AS n`,
    ),
  );
  return row?.n ?? 0;
}

/** False when it is closed already. */
export async function insertClosedDay(
  tx: Tx,
  of: OfAccount & {
    readonly day: string;
    readonly staffId: string;
    readonly runId: string;
    readonly figures: Pick<DayRow, 'lineCount' | 'netXof' | 'feeXof' | 'taxXof'>;
  },
): Promise<boolean> {
  const { figures } = of;
  const rows = await tx.query(
    `INSERT INTO reconciliation_day (provider, account, day, closed_by, run_id, line_count, net_xof, fee_xof, tax_xof)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING day`,
    [
      of.provider,
      of.account,
      of.day,
      of.staffId,
      of.runId,
      figures.lineCount,
      figures.netXof,
      figures.feeXof,
      figures.taxXof,
    ],
  );
  return rows.length > 0;
}
