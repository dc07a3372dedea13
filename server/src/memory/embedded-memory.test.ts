import { after, before } from 'node:test';
import { type Db, openDb } from '../db.ts';
import { openLog } from '../log.ts';
import { describeMemory } from '../testing/memory-contract.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openEmbeddedMemory } from './embedded-memory.ts';

let database: TestDatabase;
let db: Db;
before(async () => {
  database = await createTestDatabase();
  db = openDb({ connectionString: database.appUrl });
});
after(async () => {
  await db.close();
  await database.drop();
});

describeMemory('PostgreSQL', {
  openNode: () =>
    openEmbeddedMemory({
      db,
      connectionString: database.appUrl,
      log: openLog('silent'),
      patienceMs: 30_000,
    }),
  endWindow: async (key) => {
    await db.query('UPDATE rate_count SET ends_at = clock_timestamp() WHERE key = $1', [key]);
  },
});
