/**
 * `npm run maintenance -- on|off|show`: closes the players' site, opens it, says how it stands. The database is the
 * server's own, running or not. Exit code 0 when done, 1 when it could not be, 2 on a wrong command.
 */
import { reachDatabase } from '../command-database.ts';
import { readConfig } from '../config.ts';
import { openDb } from '../db.ts';
import { StartError } from '../start-error.ts';
import { showMaintenance, switchMaintenance } from './switch-maintenance.ts';

const USAGE = 'npm run maintenance -- on|off|show';

await main();

async function main(): Promise<void> {
  const [asked = '', ...rest] = process.argv.slice(2);
  if (!['on', 'off', 'show'].includes(asked) || rest.length > 0) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    console.log(describe(await run(asked)));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}

async function run(asked: string): Promise<Date | null> {
  const database = await reachDatabase(readConfig(process.env));
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    return asked === 'show' ? await showMaintenance(db) : await switchMaintenance(db, asked === 'on');
  } finally {
    await db.close();
    await database.release();
  }
}

function describe(since: Date | null): string {
  if (since === null) return 'Le site des joueurs est ouvert.';
  return (
    `Maintenance depuis ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC : le site des joueurs est fermé. ` +
    'Le bureau reste ouvert, les appels des opérateurs sont gardés.'
  );
}
