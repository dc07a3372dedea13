/**
 * Writing a judged import: set-based, in the caller's transaction. Rows that are unchanged, in conflict or rejected touch
 * nothing in the catalogue; every row that is not unchanged is kept in import_row with its source text.
 */
import type { ImportPlan, JudgedRow } from '#core/official-import.ts';
import { one, type Tx } from '#server/db.ts';
import type { LoadedCatalogue } from './load-catalogue.ts';
import { insertStubs, storeBouts } from './store-bouts.ts';
import { standing } from './store-rows.ts';
import { storeWrestlers } from './store-wrestlers.ts';

export interface ImportRun {
  readonly actor: string;
  readonly wrestlersSha256: Buffer;
  readonly boutsSha256: Buffer;
  readonly counts: unknown;
}

/** Returns the id of the run. */
export async function storeImport(
  tx: Tx,
  plan: ImportPlan,
  loaded: LoadedCatalogue,
  run: ImportRun,
): Promise<number> {
  const runId = await insertRun(tx, run);
  const ids = await storeWrestlers(tx, runId, standing(plan.wrestlers), loaded);
  const stubIds = await insertStubs(tx, plan.stubNames);
  await storeBouts(tx, runId, standing(plan.bouts), new Map([...ids, ...stubIds]));
  await insertRows(tx, runId, plan);
  return runId;
}

async function insertRun(tx: Tx, run: ImportRun): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `INSERT INTO import_run (actor, wrestlers_sha256, bouts_sha256, counts) VALUES ($1, $2, $3, $4) RETURNING id`,
    [run.actor, run.wrestlersSha256, run.boutsSha256, JSON.stringify(run.counts)],
  );
  return one(rows).id;
}

async function insertRows(tx: Tx, runId: number, plan: ImportPlan): Promise<void> {
  const rows = [
    ...plan.wrestlers.map((row) => importRow('wrestlers', row)),
    ...plan.bouts.map((row) => importRow('bouts', row)),
  ].filter((row) => row.verdict !== 'unchanged');
  await tx.query(
    `INSERT INTO import_row (run_id, file, line, official_id, verdict, reasons, differences, source_row)
     SELECT $2, file, line, official_id, verdict, reasons, differences, source_row
       FROM jsonb_to_recordset($1::jsonb) AS r(file text, line int, official_id text, verdict text, reasons jsonb,
                                               differences jsonb, source_row jsonb)`,
    [JSON.stringify(rows), runId],
  );
}

function importRow(file: 'wrestlers' | 'bouts', row: JudgedRow<unknown>) {
  return {
    file,
    line: row.line,
    official_id: row.officialId,
    verdict: row.verdict,
    reasons: [...row.reasons, ...row.remarks],
    differences: row.differences,
    source_row: row.cells,
  };
}
