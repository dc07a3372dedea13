import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import { migrate, migrationsDirectory } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('migrate', () => {
  let database: TestDatabase;
  let directory: string;
  const app = { password: 'test', role: 'mbayar_test_server' };

  before(async () => {
    database = await createTestDatabase();
    directory = mkdtempSync(join(tmpdir(), 'mbayar-migrations-'));
    cpSync(migrationsDirectory, directory, { recursive: true });
  });
  after(async () => {
    rmSync(directory, { recursive: true });
    await database.drop();
  });

  async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('does nothing when everything is applied', async () => {
    const { applied } = await migrate({ ownerUrl: database.ownerUrl, app, directory });
    assert.deepEqual(applied, []);
  });

  it('applies a new file once, whoever comes at the same time', async () => {
    writeFileSync(
      join(directory, '9001_new_table.sql'),
      'CREATE TABLE planted (id int); GRANT SELECT ON planted TO mbayar_app;',
    );
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => migrate({ ownerUrl: database.ownerUrl, app, directory })),
    );
    assert.deepEqual(
      runs.flatMap(({ applied }) => applied),
      ['9001_new_table.sql'],
    );
    assert.deepEqual(await ask(runs[0]?.appUrl ?? '', 'SELECT * FROM planted'), []);
  });

  it('undoes all of a file that fails, and names the file and the line', async () => {
    const file = join(directory, '9002_broken.sql');
    writeFileSync(file, 'CREATE TABLE half (id int);\n\nSELECT * FROM nowhere;');
    await assert.rejects(migrate({ ownerUrl: database.ownerUrl, app, directory }), {
      name: 'StartError',
      message: 'Migration 9002_broken.sql, line 3: relation "nowhere" does not exist',
    });
    rmSync(file);
    assert.deepEqual(await ask(database.ownerUrl, `SELECT to_regclass('half') AS half`), [{ half: null }]);
  });

  it('refuses an edited file, a file that comes late, and a database that is ahead', async () => {
    const file = join(directory, '9001_new_table.sql');
    writeFileSync(file, 'CREATE TABLE planted (id bigint);');
    await assert.rejects(
      migrate({ ownerUrl: database.ownerUrl, app, directory }),
      /9001_new_table.sql was changed/,
    );
    rmSync(file);
    await assert.rejects(
      migrate({ ownerUrl: database.ownerUrl, app, directory }),
      /has migration 9001_new_table.sql/,
    );
    writeFileSync(file, 'CREATE TABLE planted (id int); GRANT SELECT ON planted TO mbayar_app;');
    const late = join(directory, '8000_late.sql');
    writeFileSync(late, 'SELECT 1;');
    await assert.rejects(
      migrate({ ownerUrl: database.ownerUrl, app, directory }),
      /8000_late.sql comes before/,
    );
    rmSync(late);
  });

  it('refuses names it cannot order', async () => {
    const bad = join(directory, '9100-Bad.sql');
    writeFileSync(bad, 'SELECT 1;');
    await assert.rejects(
      migrate({ ownerUrl: database.ownerUrl, app, directory }),
      /9100-Bad.sql: a name looks like/,
    );
    rmSync(bad);
    const twice = join(directory, '9001_again.sql');
    writeFileSync(twice, 'SELECT 1;');
    await assert.rejects(
      migrate({ ownerUrl: database.ownerUrl, app, directory }),
      /its number is used twice/,
    );
    rmSync(twice);
  });

  it('makes the login of the server, and changes its password', async () => {
    const role = `${database.name}_server`;
    const first = await migrate({ ownerUrl: database.ownerUrl, app: { password: 'one' }, directory });
    const second = await migrate({ ownerUrl: database.ownerUrl, app: { password: 'two' }, directory });
    assert.notEqual(first.appUrl, second.appUrl);
    const rows = await ask<{ me: string; is_super: boolean }>(
      second.appUrl,
      `SELECT current_user AS me, rolsuper AS is_super FROM pg_roles WHERE rolname = current_user`,
    );
    assert.deepEqual(rows, [{ me: role, is_super: false }]);
    await assert.rejects(ask(second.appUrl, 'CREATE TABLE mine (id int)'), { code: '42501' });
    await ask(database.adminUrl, `DROP ROLE ${role}`);
  });

  it('refuses to let the server log in as the owner or as a superuser', async () => {
    for (const url of [database.ownerUrl, database.adminUrl]) {
      await assert.rejects(
        migrate({ ownerUrl: database.ownerUrl, app: { url }, directory }),
        /must not log in as/,
      );
    }
  });

  it('says which setting leads nowhere', async () => {
    const url = new URL(database.ownerUrl);
    url.pathname = '/no_such_database';
    await assert.rejects(
      migrate({ ownerUrl: url.href, app, directory }),
      /^StartError: DATABASE_URL does not lead to/,
    );
  });
});
