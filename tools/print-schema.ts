/** `npm run schema`: prints the migrated schema into server/schema.sql. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from '../server/src/testing/print-schema.ts';
import { startTestCluster } from '../server/src/testing/test-cluster.ts';
import { createTestDatabase } from '../server/src/testing/test-database.ts';

const cluster = await startTestCluster();
try {
  process.env.TEST_DATABASE_URL = cluster.adminUrl;
  const database = await createTestDatabase();
  const file = join(import.meta.dirname, '..', 'server', 'schema.sql');
  writeFileSync(file, await printSchema(database.adminUrl));
  await database.drop();
  console.log('Printed server/schema.sql.');
} finally {
  await cluster.stop();
}
process.exit();
