/** `node tools/run.mjs new-migration add_something`: an empty migration with the next number. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsDirectory, readMigrations } from '../server/src/migrate.ts';

const [name = ''] = process.argv.slice(2);
if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
  console.error(
    'A name is small letters, digits and underscores: what the migration does, such as add_pools.',
  );
  process.exit(2);
}
const next = (readMigrations(migrationsDirectory).at(-1)?.version ?? 0) + 1;
const file = join(migrationsDirectory, `${String(next).padStart(4, '0')}_${name}.sql`);
writeFileSync(
  file,
  '-- What it does and why, in the present tense. One transaction; PostgreSQL 15 to 18.\n',
  { flag: 'wx' },
);
console.log(file);
