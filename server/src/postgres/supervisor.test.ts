import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import {
  ask,
  askUntilAnswered,
  killProcess,
  makeDataDir,
  type PostgresProcess,
  postmasterOf,
  processesIn,
  runPostgres,
  stopPostgres,
} from '../testing/postgres-process.ts';
import { isAlive, sendSignal, waitUntil } from './postmaster.ts';

describe('the embedded PostgreSQL', () => {
  const { dataDir, remove } = makeDataDir();
  const dataDirectory = join(dataDir, 'postgres', 'data');
  let running: PostgresProcess;

  before(async () => {
    running = await runPostgres(dataDir);
    await ask(running.ownerUrl, 'CREATE TABLE kept (id int PRIMARY KEY)');
  });
  after(async () => {
    await stopPostgres(running);
    await remove();
  });

  it('is made safe: checksums, stable order, passwords, loopback, full durability', async () => {
    const settings: [name: string, value: string][] = [
      ['data_checksums', 'on'],
      ['fsync', 'on'],
      ['synchronous_commit', 'on'],
      ['full_page_writes', 'on'],
      ['listen_addresses', '127.0.0.1'],
      ['TimeZone', 'UTC'],
      ['password_encryption', 'scram-sha-256'],
      ['shared_preload_libraries', 'pg_stat_statements'],
    ];
    const rows = await ask<{ name: string; setting: string }>(
      running.adminUrl,
      'SELECT name, setting FROM pg_settings WHERE name = ANY ($1)',
      [settings.map(([name]) => name)],
    );
    assert.deepEqual(
      Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
      Object.fromEntries(settings),
    );
    assert.deepEqual(
      await ask(
        running.ownerUrl,
        `SELECT datlocprovider AS provider, datlocale AS locale, lower('LÔ') AS lower
        FROM pg_database WHERE datname = current_database()`,
      ),
      [{ provider: 'b', locale: 'C.UTF-8', lower: 'lô' }],
    );
    const stranger = new URL(running.adminUrl);
    stranger.password = 'password';
    await assert.rejects(ask(stranger.href, 'SELECT 1'), { code: '28P01' });
    for (const name of readdirSync(join(dataDir, 'secrets'))) {
      assert.equal(statSync(join(dataDir, 'secrets', name)).mode & 0o777, 0o600, name);
    }
  });

  it('gives migrations an owner who is no superuser', async () => {
    assert.deepEqual(
      await ask(
        running.ownerUrl,
        'SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user',
      ),
      [{ rolname: 'mbayar_owner', rolsuper: false, rolcreaterole: true }],
    );
  });

  it('answers on a Unix socket too', async () => {
    const url = new URL(running.ownerUrl);
    const client = new Client({
      host: join(dataDir, 'postgres', 'run'),
      port: running.port,
      user: url.username,
      password: url.password,
      database: 'mbayar',
    });
    await client.connect();
    await client.end();
  });

  it('refuses a second Mbayar in the same directory, and says who is there', async () => {
    await assert.rejects(runPostgres(dataDir), (error: Error) => {
      assert.equal(
        error.message,
        `${dataDir} is in use by another running Mbayar (process ${running.child.pid}).`,
      );
      return true;
    });
    assert.deepEqual(await ask(running.ownerUrl, 'SELECT count(*)::int AS n FROM kept'), [{ n: 0 }]);
  });

  it('is left running by a killed server, and adopted by the next one', async () => {
    await ask(running.ownerUrl, 'INSERT INTO kept VALUES (1)');
    await killProcess(running);
    assert.ok(isAlive(running.pid));
    const next = await runPostgres(dataDir);
    assert.equal(next.pid, running.pid);
    assert.equal(next.port, running.port);
    assert.match(next.said(), /taking over/);
    assert.deepEqual(await ask(next.ownerUrl, 'SELECT id FROM kept'), [{ id: 1 }]);
    running = next;
  });

  it('is started again on the same port when it is killed, also after being adopted', async () => {
    for (const id of [2, 3]) {
      await ask(running.ownerUrl, `INSERT INTO kept VALUES (${id})`);
      const pid = postmasterOf(dataDirectory);
      process.kill(pid, 'SIGKILL');
      await waitUntil(5_000, () => !isAlive(pid));
      assert.deepEqual(await askUntilAnswered(running.ownerUrl, `SELECT id FROM kept WHERE id = ${id}`), [
        { id },
      ]);
    }
  });

  it('does not start beside a backend that outlives its killed postmaster', async () => {
    const busy = new Client({ connectionString: running.adminUrl });
    busy.on('error', () => undefined);
    await busy.connect();
    const postmaster = postmasterOf(dataDirectory);
    const { rows } = await busy.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? Number.NaN;
    // Never waits for anything, so it never notices that the postmaster is gone.
    const endless = assert.rejects(busy.query('DO $$ BEGIN LOOP END LOOP; END $$'));
    await waitUntil(5_000, async () => {
      const [row] = await ask<{ n: number }>(
        running.adminUrl,
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE pid = ${backend} AND state = 'active'`,
      );
      return row?.n === 1;
    });
    process.kill(postmaster, 'SIGKILL');
    await endless;
    await askUntilAnswered(running.ownerUrl, 'SELECT 1');
    assert.ok(!isAlive(backend));
  });

  it('recovers when both are killed', async () => {
    await ask(running.ownerUrl, 'INSERT INTO kept VALUES (4)');
    const pids = processesIn(dataDirectory);
    await killProcess(running);
    // A worker of PostgreSQL may have ended by itself meanwhile.
    for (const pid of pids) sendSignal(pid, 'SIGKILL');
    running = await runPostgres(dataDir);
    assert.deepEqual(await ask(running.ownerUrl, 'SELECT id FROM kept WHERE id = 4'), [{ id: 4 }]);
  });

  it('leaves nothing running after a stop, and starts again', async () => {
    await stopPostgres(running);
    assert.deepEqual(processesIn(dataDirectory), []);
    assert.ok(!existsSync(join(dataDirectory, 'postmaster.pid')));
    running = await runPostgres(dataDir);
    assert.deepEqual(await ask(running.ownerUrl, 'SELECT count(*)::int AS n FROM kept'), [{ n: 4 }]);
  });
});
