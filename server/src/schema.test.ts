import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import { printSchema } from './testing/print-schema.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('the schema', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());

  it('is the one committed in server/schema.sql (`npm run schema` prints it anew)', async () => {
    const committed = readFileSync(join(import.meta.dirname, '..', 'schema.sql'), 'utf8');
    // Line by line: the difference of two long strings is no help.
    assert.deepEqual((await printSchema(database.adminUrl)).split('\n'), committed.split('\n'));
  });

  const changes = [
    'CREATE TABLE planted (id int)',
    'ALTER TABLE schema_migration ADD COLUMN planted int',
    'ALTER TABLE schema_migration ALTER COLUMN applied_at DROP NOT NULL',
    'ALTER TABLE schema_migration ALTER COLUMN planted SET DEFAULT 7',
    'ALTER TABLE schema_migration ADD CONSTRAINT planted_positive CHECK (planted > 0)',
    'CREATE INDEX planted_index ON schema_migration (planted)',
    'CREATE UNIQUE INDEX planted_unique ON schema_migration (planted) WHERE planted > 3',
    'CREATE SEQUENCE planted_sequence',
    "CREATE TYPE planted_kind AS ENUM ('a', 'b')",
    'CREATE DOMAIN planted_domain AS int CONSTRAINT planted_check CHECK (VALUE > 0)',
    'CREATE VIEW planted_view AS SELECT version FROM schema_migration',
    'CREATE FUNCTION planted_function() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'CREATE OR REPLACE FUNCTION planted_function() RETURNS int LANGUAGE sql AS $$ SELECT 2 $$',
    'ALTER FUNCTION planted_function() SECURITY DEFINER',
    'REVOKE EXECUTE ON FUNCTION planted_function() FROM PUBLIC',
    'CREATE FUNCTION planted_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    'CREATE TRIGGER planted_trigger BEFORE DELETE ON schema_migration FOR EACH ROW EXECUTE FUNCTION planted_guard()',
    'ALTER TABLE schema_migration DISABLE TRIGGER planted_trigger',
    'GRANT DELETE ON schema_migration TO mbayar_app',
    'GRANT UPDATE (planted) ON schema_migration TO mbayar_app',
    'GRANT SELECT ON schema_migration TO PUBLIC',
    'ALTER TABLE schema_migration SET (fillfactor = 50)',
    'CREATE SCHEMA planted_schema',
    'GRANT USAGE ON SCHEMA planted_schema TO mbayar_app',
  ];
  it('differs after any change', async () => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    let before = await printSchema(database.adminUrl);
    for (const change of changes) {
      await client.query(change);
      const now = await printSchema(database.adminUrl);
      if (change !== 'CREATE SCHEMA planted_schema') assert.notEqual(now, before, change);
      before = now;
    }
    await client.end();
  });
});
