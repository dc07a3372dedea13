/**
 * The official import: preview says what it would do, apply does it in one transaction, once. Applying again changes
 * nothing.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { countVerdicts, type ImportPlan, planImport, type Verdict } from '#core/official-import.ts';
import { BOUT_COLUMNS, WRESTLER_COLUMNS } from '#core/official-record.ts';
import type { Db, Tx } from '#server/db.ts';
import { type LoadedCatalogue, loadCatalogue } from './load-catalogue.ts';
import { readOfficialFile } from './read-official-file.ts';
import { storeImport } from './store-import.ts';

export interface OfficialFile {
  /** Its name, as refusals and reports print it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface OfficialFiles {
  readonly wrestlers: OfficialFile;
  readonly bouts: OfficialFile;
}

export type VerdictCounts = Readonly<Record<Verdict | 'total', number>>;

export interface ImportReport {
  /** Null for a preview. */
  readonly runId: number | null;
  readonly plan: ImportPlan;
  readonly counts: { readonly wrestlers: VerdictCounts; readonly bouts: VerdictCounts };
}

const DATA_DIRECTORY = new URL('../../data/', import.meta.url);

/** The files that come with the program. */
export async function readBundledFiles(): Promise<OfficialFiles> {
  const [wrestlers, bouts] = await Promise.all(
    ['lutteurs.csv', 'combats.csv'].map((name) => readFile(new URL(name, DATA_DIRECTORY))),
  );
  if (!wrestlers || !bouts) throw new Error('the official files are not there');
  return {
    wrestlers: { name: 'lutteurs.csv', bytes: wrestlers },
    bouts: { name: 'combats.csv', bytes: bouts },
  };
}

/** What applying these files would do now. Throws ImportRefused when a file cannot be read at all. */
export async function previewImport(db: Db, files: OfficialFiles): Promise<ImportReport> {
  const rows = readFiles(files);
  return db.transaction(async (tx) => reportOf(null, planImport(rows, (await loadCatalogue(tx)).state)));
}

/**
 * Applies the files: new and changed rows are written, rows in conflict and rejected ones are noted, all in one
 * transaction. `actor` is recorded with the run. Throws ImportRefused when a file cannot be read at all.
 */
export async function applyImport(
  db: Db,
  files: OfficialFiles,
  { actor }: { readonly actor: string },
): Promise<ImportReport> {
  const rows = readFiles(files);
  return db.transaction(async (tx) => {
    await lockImports(tx);
    const loaded: LoadedCatalogue = await loadCatalogue(tx);
    const { plan, counts } = reportOf(null, planImport(rows, loaded.state));
    const runId = await storeImport(tx, plan, loaded, {
      actor,
      wrestlersSha256: sha256(files.wrestlers),
      boutsSha256: sha256(files.bouts),
      counts,
    });
    return { runId, plan, counts };
  });
}

/**
 * Applies the files unless some run already had exactly these bytes; null when one had. For the start of the server: it
 * does not bring back old files over newer ones that were applied by hand.
 */
export async function applyImportOnce(
  db: Db,
  files: OfficialFiles,
  by: { readonly actor: string },
): Promise<ImportReport | null> {
  const known = await db.query(
    'SELECT id FROM import_run WHERE wrestlers_sha256 = $1 AND bouts_sha256 = $2 LIMIT 1',
    [sha256(files.wrestlers), sha256(files.bouts)],
  );
  return known.length > 0 ? null : applyImport(db, files, by);
}

/** Two imports at once would judge against the same catalogue: the second waits. */
async function lockImports(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('mbayar official import', 0))`);
}

function readFiles(files: OfficialFiles) {
  return {
    wrestlers: readOfficialFile(files.wrestlers.name, files.wrestlers.bytes, WRESTLER_COLUMNS),
    bouts: readOfficialFile(files.bouts.name, files.bouts.bytes, BOUT_COLUMNS),
  };
}

function reportOf(runId: number | null, plan: ImportPlan): ImportReport {
  return {
    runId,
    plan,
    counts: { wrestlers: countVerdicts(plan.wrestlers), bouts: countVerdicts(plan.bouts) },
  };
}

function sha256(file: OfficialFile): Buffer {
  return createHash('sha256').update(file.bytes).digest();
}
