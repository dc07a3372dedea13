import type { RemittanceShown } from '#core/api/tax-pages.ts';
import type { TaxMonth } from '#core/tax-return.ts';
import { type Db, first, one, type Tx } from '../db.ts';

/** One payment of a month at a time: nothing is confirmed while a correction that has asked is not booked. */
export async function lockRemittances(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('mbayar tax remittance', 0))`);
}

export interface MonthRow {
  readonly month: TaxMonth;
  /** Booked against bets, corrections as differences. */
  readonly taxXof: number;
  readonly commissionXof: number;
  readonly isOver: boolean;
  readonly isRemitted: boolean;
  readonly isProposed: boolean;
}

/** Every month from the first with real money, or play money, in its tax or commission to this one, oldest first. */
export async function findMonths(db: Db | Tx, isTest = false): Promise<MonthRow[]> {
  return db.query<MonthRow>(
    `WITH movement AS (
       SELECT a.kind, p.recorded_at, p.amount_xof, p.other_id FROM ledger.account a
       CROSS JOIN LATERAL (
         SELECT c.recorded_at, c.amount_xof, c.debit_account_id AS other_id FROM ledger.posting c WHERE c.credit_account_id = a.id
         UNION ALL
         SELECT d.recorded_at, -d.amount_xof, d.credit_account_id FROM ledger.posting d WHERE d.debit_account_id = a.id
       ) p WHERE a.kind IN ('tax_payable', 'commission') AND a.is_test = $1
     ), booked AS (
       SELECT date_trunc('month', m.recorded_at AT TIME ZONE 'UTC')::date AS month,
         coalesce(sum(m.amount_xof) FILTER (WHERE m.kind = 'tax_payable'), 0)::bigint AS tax_xof,
         coalesce(sum(m.amount_xof) FILTER (WHERE m.kind = 'commission'), 0)::bigint AS commission_xof
       FROM movement m JOIN ledger.account o ON o.id = m.other_id AND o.kind IN ('market_escrow', 'pool_escrow') GROUP BY 1
     ), span AS (
       SELECT date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date AS this_month,
         (SELECT min(month) FROM booked) AS first_month
     )
     SELECT to_char(s.month, 'YYYY-MM') AS month, coalesce(b.tax_xof, 0) AS "taxXof",
       coalesce(b.commission_xof, 0) AS "commissionXof", s.month < span.this_month AS "isOver",
       NOT $1 AND EXISTS (SELECT FROM tax_remittance r WHERE r.month = s.month AND r.decision = 'confirmed') AS "isRemitted",
       NOT $1 AND EXISTS (SELECT FROM tax_remittance r WHERE r.month = s.month AND r.decision IS NULL) AS "isProposed"
     FROM span CROSS JOIN LATERAL
       generate_series(least(span.first_month, span.this_month)::timestamp, span.this_month::timestamp, interval '1 month') AS s (month)
     LEFT JOIN booked b ON b.month = s.month::date ORDER BY s.month`,
    [isTest],
  );
}

/** What bets have moved the tax account by since this day: below nothing when corrections outweigh them. Real money. */
export async function findTaxSince(tx: Tx, day: string): Promise<number> {
  const rows = await tx.query<{ xof: number }>(
    `SELECT coalesce(sum(p.amount_xof), 0)::bigint AS xof FROM ledger.account a
     CROSS JOIN LATERAL (
       SELECT c.amount_xof, c.debit_account_id AS other_id FROM ledger.posting c
       WHERE c.credit_account_id = a.id AND c.recorded_at >= $1::date
       UNION ALL
       SELECT -d.amount_xof, d.credit_account_id FROM ledger.posting d
       WHERE d.debit_account_id = a.id AND d.recorded_at >= $1::date
     ) p JOIN ledger.account o ON o.id = p.other_id AND o.kind IN ('market_escrow', 'pool_escrow')
     WHERE a.kind = 'tax_payable' AND NOT a.is_test`,
    [day],
  );
  return one(rows).xof;
}

/** What the State owes the house: of corrections of months that were paid, and paid in advance of corrections. */
export async function findClaim(db: Db, isTest: boolean): Promise<number> {
  const rows = await db.query<{ xof: number }>(
    `SELECT coalesce(sum(CASE WHEN p.debit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS xof
     FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.debit_account_id, p.credit_account_id)
     WHERE a.kind = 'tax_claim' AND a.is_test = $1`,
    [isTest],
  );
  return one(rows).xof;
}

/** What lies on the claim because the last month that was paid had been corrected in advance. */
export async function findAdvance(tx: Tx): Promise<number> {
  const rows = await tx.query<{ xof: number }>(
    `SELECT coalesce((SELECT advance_xof FROM tax_remittance WHERE decision = 'confirmed' ORDER BY month DESC LIMIT 1), 0) AS xof`,
  );
  return one(rows).xof;
}

export interface NewRemittance {
  readonly id: string;
  readonly month: TaxMonth;
  readonly amountXof: number;
  readonly reference: string;
  readonly paidOn: string;
  readonly report: Buffer;
  readonly reportHash: Buffer;
  readonly staffId: string;
}

export async function insertRemittance(tx: Tx, of: NewRemittance): Promise<void> {
  await tx.query(
    `INSERT INTO tax_remittance (id, month, amount_xof, reference, paid_on, report, report_hash, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [of.id, `${of.month}-01`, of.amountXof, of.reference, of.paidOn, of.report, of.reportHash, of.staffId],
  );
}

/** Whether a payment can have been made on this day: after the month, and not in the future. */
export async function isPayDay(tx: Tx, month: TaxMonth, paidOn: string): Promise<boolean> {
  const rows = await tx.query<{ isGood: boolean }>(
    `SELECT $2::date >= $1::date + interval '1 month' AND $2::date <= (clock_timestamp() AT TIME ZONE 'UTC')::date AS "isGood"`,
    [`${month}-01`, paidOn],
  );
  return one(rows).isGood;
}

export type RemittanceRow = Omit<RemittanceShown, 'isOwn'> & { readonly proposerId: string };

const COLUMNS = `r.id, to_char(r.month, 'YYYY-MM') AS month, r.amount_xof AS "amountXof", r.reference,
  to_char(r.paid_on, 'YYYY-MM-DD') AS "paidOn", encode(r.report_hash, 'hex') AS "reportHash", r.proposed_by AS "proposerId",
  p.name AS "proposedBy", r.proposed_at AS "proposedAt", r.decision, d.name AS "decidedBy", r.decided_at AS "decidedAt"`;
const FROM =
  'FROM tax_remittance r JOIN staff p ON p.id = r.proposed_by LEFT JOIN staff d ON d.id = r.decided_by';

type DatedRow = Omit<RemittanceRow, 'proposedAt' | 'decidedAt'> & {
  readonly proposedAt: Date;
  readonly decidedAt: Date | null;
};

/** Of a month, the newest first. */
export async function findRemittances(db: Db | Tx, month: TaxMonth): Promise<RemittanceRow[]> {
  const rows = await db.query<DatedRow>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.month = $1 ORDER BY r.proposed_at DESC LIMIT 50`,
    [`${month}-01`],
  );
  return rows.map(dated);
}

export async function findRemittance(db: Db | Tx, id: string): Promise<RemittanceRow | null> {
  const row = first(await db.query<DatedRow>(`SELECT ${COLUMNS} ${FROM} WHERE r.id = $1`, [id]));
  return row === null ? null : dated(row);
}

/** The bytes that a month was paid by. */
export async function findFrozenReport(db: Db, month: TaxMonth): Promise<Buffer | null> {
  const row = first(
    await db.query<{ report: Buffer }>(
      `SELECT report FROM tax_remittance WHERE month = $1 AND decision = 'confirmed'`,
      [`${month}-01`],
    ),
  );
  return row?.report ?? null;
}

function dated(row: DatedRow): RemittanceRow {
  return {
    ...row,
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

export async function recordDecision(
  tx: Tx,
  id: string,
  of: {
    readonly decision: 'confirmed' | 'refused';
    readonly staffId: string;
    readonly advanceXof: number | null;
  },
): Promise<void> {
  await tx.query(
    `UPDATE tax_remittance SET decision = $2, decided_by = $3, decided_at = clock_timestamp(), advance_xof = $4 WHERE id = $1`,
    [id, of.decision, of.staffId, of.advanceXof],
  );
}
