import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { getConstructionPlans } from 'pg-boss';
import { type Db, openDb } from './db.ts';
import { type JobRunner, openJobs } from './jobs.ts';
import { openLog } from './log.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('jobs', () => {
  let database: TestDatabase;
  let db: Db;
  let jobs: JobRunner;
  const done: number[] = [];
  const log = openLog('silent');

  before(async () => {
    database = await createTestDatabase();
    db = openDb({ connectionString: database.appUrl, poolSize: 4 });
    jobs = await openJobs({ connectionString: database.appUrl, log });
  });
  after(async () => {
    await jobs.stop();
    await db.close();
    await database.drop();
  });

  const send = (marketId: number) => db.transaction((tx) => jobs.send(tx, 'seal-market', { marketId }));
  const count = async (state: string) => {
    const rows = await db.query<{ count: number }>(
      `SELECT count(*) FROM pgboss.job WHERE name = 'seal-market' AND state::text = $1`,
      [state],
    );
    return rows[0]?.count;
  };
  const until = async (condition: () => boolean | Promise<boolean>) => {
    for (let i = 0; i < 100 && !(await condition()); i++) await new Promise((go) => setTimeout(go, 50));
    assert(await condition());
  };

  it('exist only when their transaction commits', async () => {
    const failed = db.transaction(async (tx) => {
      await jobs.send(tx, 'seal-market', { marketId: 1 });
      throw new Error('undo');
    });
    await assert.rejects(failed, { message: 'undo' });
    assert.equal(await count('created'), 0);
  });

  it('are one job while equal ones wait, also when they are sent at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => send(1)));
    await send(2);
    assert.equal(await count('created'), 2);
  });

  it('are done once, and again when the handler throws', async () => {
    let hasFailed = false;
    await jobs.work('seal-market', async ({ marketId }) => {
      if (marketId === 2 && !hasFailed) {
        hasFailed = true;
        throw new Error('not yet');
      }
      done.push(marketId);
    });
    await until(() => done.length === 2);
    await until(async () => (await count('completed')) === 2);
    assert.deepEqual([...done].sort(), [1, 2]);
    assert(hasFailed);
  });

  it('that are sent while an equal one runs are run after it', async () => {
    const running = Promise.withResolvers<void>();
    const runs: number[] = [];
    await jobs.work('settle-market', async ({ marketId }) => {
      runs.push(marketId);
      if (runs.length === 1) await running.promise;
    });
    const settle = () => db.transaction((tx) => jobs.send(tx, 'settle-market', { marketId: 7 }));
    await settle();
    await until(() => runs.length === 1);
    await settle();
    running.resolve();
    await until(() => runs.length === 2);
  });

  it('wait when they are asked to', async () => {
    const withdrawalId = 'later';
    await db.transaction((tx) =>
      jobs.send(tx, 'send-withdrawal', { withdrawalId }, { afterMs: 60 * 60_000 }),
    );
    const rows = await db.query<{ minutes: number }>(
      `SELECT round(extract(epoch FROM start_after - clock_timestamp()) / 60)::int AS minutes
       FROM pgboss.job WHERE name = 'send-withdrawal'`,
    );
    assert.deepEqual(rows, [{ minutes: 60 }]);
  });

  it('stop within five seconds, whatever still runs', async () => {
    const second = await openJobs({ connectionString: database.appUrl, log });
    let hasStarted = false;
    await second.work('send-withdrawal', async () => {
      hasStarted = true;
      await new Promise((go) => setTimeout(go, 60_000).unref());
    });
    await db.transaction((tx) => second.send(tx, 'send-withdrawal', { withdrawalId: 'endless' }));
    await until(() => hasStarted);
    const startedAt = performance.now();
    await second.stop();
    assert(performance.now() - startedAt < 5_000);
  });

  it('live in the schema that the installed pg-boss makes', () => {
    const ours = readFileSync(join(import.meta.dirname, '../migrations/0006_jobs.sql'), 'utf8');
    const lines = (sql: string) =>
      sql
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const missing = lines(getConstructionPlans('pgboss')).filter((line) => !lines(ours).includes(line));
    // What a migration says in its own way: the transaction, its lock, and the schema itself.
    assert.deepEqual(
      missing.filter(
        (line) => !/^(BEGIN;|COMMIT;|SET LOCAL|SELECT pg_advisory_xact_lock|CREATE SCHEMA)/.test(line),
      ),
      [],
    );
  });
});
