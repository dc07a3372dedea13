import type { Db, Tx } from '../db.ts';
import { first } from '../db.ts';
import type { ProviderName, StatementLine } from '../payments/provider.ts';
import { uuidV5 } from '../uuid.ts';

/** One of our accounts with a provider. */
export interface ReconciledAccount {
  readonly provider: ProviderName;
  readonly account: string;
  readonly isTest: boolean;
}

/** The days ("2026-11-25") that are to be read: what was not read after it had ended, and today. Oldest first. */
export async function findDaysToRead(
  db: Db,
  { provider, account }: ReconciledAccount,
  { lookBackDays, graceMinutes }: { readonly lookBackDays: number; readonly graceMinutes: number },
): Promise<string[]> {
  const rows = await db.query<{ day: string }>(
    `WITH known AS (SELECT min(day) AS since FROM statement_reading WHERE provider = $1 AND account = $2)
     SELECT to_char(d.day, 'YYYY-MM-DD') AS day
     FROM (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS today) t
     CROSS JOIN known
     CROSS JOIN LATERAL generate_series(
       greatest(coalesce(known.since, t.today - 1), t.today - $3::int), t.today, interval '1 day') AS d (day)
     LEFT JOIN statement_reading r ON r.provider = $1 AND r.account = $2 AND r.day = d.day::date
     -- The clocks of two machines differ around midnight: yesterday is read again all day long.
     WHERE d.day::date >= t.today - 1
       OR r.read_at IS NULL
       OR r.read_at < ((d.day + interval '1 day') AT TIME ZONE 'UTC') + $4 * interval '1 minute'
     ORDER BY d.day`,
    [provider, account, lookBackDays, graceMinutes],
  );
  return rows.map(({ day }) => day);
}

/** Keeps lines that are new. Returns those that are known with other figures. */
export async function insertLines(
  tx: Tx,
  of: ReconciledAccount,
  lines: readonly StatementLine[],
): Promise<{ readonly newCount: number; readonly changed: readonly string[] }> {
  const rows = await tx.query<{ transaction: string; isNew: boolean; isSame: boolean }>(
    `WITH told AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($4::jsonb) AS l (id uuid, transaction text, kind text, raw_kind text,
         net_xof bigint, fee_xof bigint, tax_xof bigint, is_tax_paid_by_provider boolean, balance_xof bigint,
         reference text, session text, counterparty_phone text, at timestamptz, place int)
     ), added AS (
       INSERT INTO statement_line (id, provider, account, is_test, transaction, kind, raw_kind, net_xof, fee_xof,
         tax_xof, is_tax_paid_by_provider, balance_xof, reference, session, counterparty_phone, at)
       SELECT id, $1, $2, $3, transaction, kind, raw_kind, net_xof, fee_xof, tax_xof, is_tax_paid_by_provider,
         balance_xof, reference, session, counterparty_phone, at
       FROM told ORDER BY place
       ON CONFLICT DO NOTHING
       RETURNING id
     )
     SELECT t.transaction, a.id IS NOT NULL AS "isNew",
       coalesce(k.net_xof = t.net_xof AND k.fee_xof = t.fee_xof AND k.tax_xof = t.tax_xof, true) AS "isSame"
     FROM told t LEFT JOIN added a ON a.id = t.id
     LEFT JOIN statement_line k ON k.provider = $1 AND k.account = $2 AND k.transaction = t.transaction
       AND k.raw_kind = t.raw_kind`,
    [of.provider, of.account, of.isTest, JSON.stringify(lines.map((line, place) => toldOf(of, line, place)))],
  );
  return {
    newCount: rows.filter(({ isNew }) => isNew).length,
    changed: rows.filter(({ isSame }) => !isSame).map(({ transaction }) => transaction),
  };
}

function toldOf({ provider, account }: ReconciledAccount, line: StatementLine, place: number): object {
  return {
    id: uuidV5(`statement line ${provider} ${account}`, JSON.stringify([line.transaction, line.rawKind])),
    place,
    transaction: line.transaction,
    kind: line.kind,
    raw_kind: line.rawKind,
    net_xof: line.netXof,
    fee_xof: line.feeXof,
    tax_xof: line.taxXof,
    is_tax_paid_by_provider: line.isTaxPaidByProvider,
    balance_xof: line.balanceXof,
    reference: line.reference,
    session: line.session,
    counterparty_phone: line.counterpartyPhone,
    at: line.at.toISOString(),
  };
}

/** `since` is when the provider was asked: what happened after it may be missing. */
export async function recordReading(
  tx: Tx,
  { provider, account }: ReconciledAccount,
  read: { readonly day: string; readonly since: Date; readonly lineCount: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_reading (provider, account, day, read_at, line_count) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (provider, account, day) DO UPDATE
       SET read_at = greatest(statement_reading.read_at, excluded.read_at), line_count = excluded.line_count`,
    [provider, account, read.day, read.since, read.lineCount],
  );
}

export async function findNow(db: Db): Promise<Date> {
  const row = first(await db.query<{ now: Date }>('SELECT clock_timestamp() AS now'));
  if (row === null) throw new Error('the database has no clock');
  return row.now;
}
