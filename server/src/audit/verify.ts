/**
 * `npm run audit:verify`: goes through the whole audit chain. Prints the head, which is worth noting elsewhere;
 * `-- --expect HASH` also demands that a head noted before is in the chain. Exit code 0 when the chain is whole, 1 when
 * not (the first broken row is named), 2 on a wrong command.
 */
import { parseArgs } from 'node:util';
import { reachDatabase } from '../command-database.ts';
import { readConfig } from '../config.ts';
import { openDb } from '../db.ts';
import { StartError } from '../start-error.ts';
import { verifyAudit } from './verify-audit.ts';

const USAGE = 'npm run audit:verify [-- --expect <64 hexadecimal digits>]';

await main();

async function main(): Promise<void> {
  const command = readCommand();
  if (command === null) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    await verify(command.expect ?? null);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}

async function verify(expected: string | null): Promise<void> {
  const database = await reachDatabase(readConfig(process.env));
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    const startedAt = performance.now();
    const { sealedCount, headSeq, headHash, waitingCount, fault } = await verifyAudit(db, expected);
    const rowsPerS = Math.floor(sealedCount / Math.max((performance.now() - startedAt) / 1000, 0.001));
    console.log(`${sealedCount} lignes vérifiées (${rowsPerS} par seconde), ${waitingCount} à sceller.`);
    console.log(`Tête : n° ${headSeq}, ${headHash}`);
    if (fault === null) console.log('La chaîne est entière.');
    else {
      console.error(`La chaîne est rompue : ${fault}.`);
      process.exitCode = 1;
    }
  } finally {
    await db.close();
    await database.release();
  }
}

function readCommand(): { readonly expect?: string | undefined } | null {
  try {
    const { values } = parseArgs({ options: { expect: { type: 'string' } } });
    return values.expect === undefined || /^[0-9a-f]{64}$/.test(values.expect) ? values : null;
  } catch {
    return null;
  }
}
