import type { BalanceSource, Explanation } from '#core/reconciliation.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { ReconciledAccount } from './statement-queries.ts';

export interface RunRow extends ReconciledAccount {
  readonly id: string;
  readonly at: Date;
  /** The name of who asked for it; null: by itself. */
  readonly startedBy: string | null;
  readonly state: 'done' | 'unreadable';
  readonly detail: string | null;
  readonly clearingXof: number;
  readonly providerXof: number;
  readonly source: BalanceSource;
  readonly explanations: readonly Explanation[];
  readonly unexplainedXof: number;
  readonly explainedXof: number;
  readonly suspenseXof: number;
  readonly lineCount: number;
}

const RUN = `SELECT r.id, r.provider, r.account, r.is_test AS "isTest", r.at, s.name AS "startedBy", r.state, r.detail,
  r.clearing_xof AS "clearingXof", r.provider_xof AS "providerXof", r.source, r.explanations,
  r.unexplained_xof AS "unexplainedXof", r.explained_xof AS "explainedXof", r.suspense_xof AS "suspenseXof",
  r.line_count AS "lineCount"
  FROM reconciliation_run r LEFT JOIN staff s ON s.id = r.started_by`;

export async function insertRun(
  tx: Tx,
  run: Omit<RunRow, 'at' | 'startedBy'> & { readonly startedBy: string | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO reconciliation_run (id, provider, account, is_test, started_by, state, detail, clearing_xof,
       provider_xof, source, explanations, unexplained_xof, explained_xof, suspense_xof, line_count)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      run.id,
      run.provider,
      run.account,
      run.isTest,
      run.startedBy,
      run.state,
      run.detail,
      run.clearingXof,
      run.providerXof,
      run.source,
      JSON.stringify(run.explanations),
      run.unexplainedXof,
      run.explainedXof,
      run.suspenseXof,
      run.lineCount,
    ],
  );
}

export async function findLastRun(
  db: Db | Tx,
  { provider, account }: Pick<ReconciledAccount, 'provider' | 'account'>,
): Promise<RunRow | null> {
  const rows = await db.query<RunRow>(
    `${RUN} WHERE r.provider = $1 AND r.account = $2 ORDER BY r.at DESC LIMIT 1`,
    [provider, account],
  );
  return first(rows);
}

/** Newest first. */
export async function findRuns(
  db: Db,
  { provider, account }: Pick<ReconciledAccount, 'provider' | 'account'>,
  limit: number,
): Promise<RunRow[]> {
  return db.query<RunRow>(`${RUN} WHERE r.provider = $1 AND r.account = $2 ORDER BY r.at DESC LIMIT $3`, [
    provider,
    account,
    limit,
  ]);
}

/** Is a run of this account younger than this? Several nodes share the hours. */
export async function isRunYounger(
  db: Db,
  { provider, account }: ReconciledAccount,
  minutes: number,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT FROM reconciliation_run WHERE provider = $1 AND account = $2 AND started_by IS NULL
       AND at > clock_timestamp() - $3 * interval '1 minute' LIMIT 1`,
    [provider, account, minutes],
  );
  return rows.length > 0;
}
