/**
 * `npm run proofs:verify`: makes every published root of a market again from its bets, and checks the chain. Exit code 0
 * when all of it holds, 1 when something differs (each difference is named), 2 on a wrong command.
 */
import { reachDatabase } from '../command-database.ts';
import { readConfig } from '../config.ts';
import { type Db, openDb } from '../db.ts';
import { StartError } from '../start-error.ts';
import { findChainFaults } from './find-chain-faults.ts';
import { findRootFaults } from './find-root-faults.ts';

const LEAVES_PER_STEP = 100_000;

await main();

async function main(): Promise<void> {
  if (process.argv.length > 2) {
    console.error('npm run proofs:verify');
    process.exitCode = 2;
    return;
  }
  try {
    const database = await reachDatabase(readConfig(process.env));
    const db = openDb({ connectionString: database.url, poolSize: 1 });
    try {
      await verify(db);
    } finally {
      await db.close();
      await database.release();
    }
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}

async function verify(db: Db): Promise<void> {
  const faults = await findChainFaults(db);
  let rootCount = 0;
  for (let next: number | null = 0; next !== null; ) {
    const step: Awaited<ReturnType<typeof findRootFaults>> = await findRootFaults(db, next, LEAVES_PER_STEP);
    faults.push(...step.faults);
    rootCount += step.checkedCount;
    next = step.next;
  }
  console.log(`${rootCount} racines recalculées.`);
  for (const { fault, detail } of faults) console.error(`${fault}: ${detail}`);
  if (faults.length === 0) console.log('Chaque racine est celle de ses paris, et la chaîne est entière.');
  else process.exitCode = 1;
}
