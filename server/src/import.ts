/**
 * The official import on the command line: `npm run import -- --preview` (nothing is written) or `-- --apply`.
 *
 * Options: --wrestlers and --bouts name other files than the ones that come with the program; --actor says who does it
 * (default: the system user). The database is the server's own, running or not. Exit code 0 when done, 1 when a file
 * cannot be read at all or the database refuses, 2 on a wrong command.
 */
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { reason } from '#core/official-reasons.ts';
import { reportLines } from '#core/official-summary.ts';
import { reachDatabase } from './command-database.ts';
import { readConfig } from './config.ts';
import { openDb } from './db.ts';
import { StartError } from './start-error.ts';
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
  if (!command) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    console.log((await run(command)).join('\n'));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

async function run(command: Command): Promise<string[]> {
  const files = await readFiles(command);
  const database = await reachDatabase(readConfig(process.env));
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    const { plan, runId } = command.apply
      ? await applyImport(db, files, { actor: command.actor })
      : await previewImport(db, files);
    return reportLines(plan, { wrestlers: files.wrestlers.name, bouts: files.bouts.name }, runId);
  } finally {
    await db.close();
    await database.release();
  }
}

function explain(error: unknown): unknown {
  if (error instanceof ImportRefused) return `Import refusé, rien n’est écrit. ${error.message}`;
  if (error instanceof StartError) return error.message;
  return error;
}

type Command = NonNullable<ReturnType<typeof readCommand>>;

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

async function readFiles(command: Command): Promise<OfficialFiles> {
  const bundled = await readBundledFiles();
  return {
    wrestlers: command.wrestlers === undefined ? bundled.wrestlers : await readNamedFile(command.wrestlers),
    bouts: command.bouts === undefined ? bundled.bouts : await readNamedFile(command.bouts),
  };
}

/** A file that is too large, or no file, is not read at all. */
async function readNamedFile(path: string): Promise<OfficialFile> {
  const name = basename(path);
  const refuse = (error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ImportRefused(name, [reason('file_not_readable', { detail })]);
  };
  const found = await stat(path).catch(refuse);
  if (!found.isFile()) return refuse('ce n’est pas un fichier');
  if (found.size > FILE_BYTES_MAX)
    throw new ImportRefused(name, [reason('file_too_large', { maxBytes: FILE_BYTES_MAX })]);
  return { name, bytes: await readFile(path).catch(refuse) };
}
