/**
 * The official import on the command line: `npm run import -- --preview` (nothing is written) or `-- --apply`.
 *
 * Options: --wrestlers and --bouts name other files than the ones that come with the program; --actor says who does it
 * (default: the system user); DATABASE_URL names the database. Exit code 0 when done, 1 when a file cannot be read at
 * all or the database refuses, 2 on a wrong command.
 */
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { reason } from '#core/official-reasons.ts';
import { reportLines } from '#core/official-summary.ts';
import { openDb } from './db.ts';
import {
  applyImport,
  type OfficialFile,
  type OfficialFiles,
  previewImport,
  readBundledFiles,
} from './wrestlers/import-official.ts';
import { FILE_BYTES_MAX, ImportRefused } from './wrestlers/read-official-file.ts';

const USAGE =
  'npm run import -- --preview | --apply [--wrestlers lutteurs.csv] [--bouts combats.csv] [--actor nom]';

await main();

async function main(): Promise<void> {
  const command = readCommand();
  const connectionString = process.env.APP_DATABASE_URL ?? process.env.DATABASE_URL;
  if (!command || !connectionString) {
    console.error(command ? 'DATABASE_URL (ou APP_DATABASE_URL) manque' : USAGE);
    process.exitCode = 2;
    return;
  }
  const db = openDb({ connectionString, poolSize: 1 });
  try {
    const files = await readFiles(command);
    const report = command.apply
      ? await applyImport(db, files, { actor: command.actor })
      : await previewImport(db, files);
    const names = { wrestlers: files.wrestlers.name, bouts: files.bouts.name };
    console.log(reportLines(report.plan, names, report.runId).join('\n'));
  } catch (error) {
    const text =
      error instanceof ImportRefused ? `Import refusé, rien n’est écrit. ${error.message}` : String(error);
    console.error(text);
    process.exitCode = 1;
  } finally {
    await db.close();
  }
}

function readCommand() {
  try {
    const { values } = parseArgs({
      options: {
        preview: { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
        wrestlers: { type: 'string' },
        bouts: { type: 'string' },
        actor: { type: 'string', default: userInfo().username },
      },
    });
    return values.preview === values.apply || values.actor === '' ? null : values;
  } catch {
    return null;
  }
}

async function readFiles(command: { wrestlers?: string; bouts?: string }): Promise<OfficialFiles> {
  const bundled = await readBundledFiles();
  return {
    wrestlers: command.wrestlers === undefined ? bundled.wrestlers : await readNamedFile(command.wrestlers),
    bouts: command.bouts === undefined ? bundled.bouts : await readNamedFile(command.bouts),
  };
}

/** A file that is too large is not read at all. */
async function readNamedFile(path: string): Promise<OfficialFile> {
  const name = basename(path);
  const { size } = await stat(path);
  if (size > FILE_BYTES_MAX)
    throw new ImportRefused(name, [reason('file_too_large', { maxBytes: FILE_BYTES_MAX })]);
  return { name, bytes: await readFile(path) };
}
