/**
 * `npm run killed-worker`: kill -9 of a node in the middle of a job, and how long until another node has it. Two real
 * processes on a PostgreSQL of their own. Options: `--rounds 3`, `--json`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDb } from '#server/db.ts';
import { openJobs } from '#server/jobs.ts';
import { openLog } from '#server/log.ts';
import { migrate } from '#server/migrate.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { printFigures } from './figures.ts';

const GOAL_S = 30;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'mbayar-killed-worker-')), 'data');
  chmodSync(join(dataDir, '..'), 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  try {
    const { appUrl } = await migrate({ ownerUrl: postgres.ownerUrl, app: { password: 'bench' } });
    const tookS: number[] = [];
    for (let round = 0; round < Number(options.rounds); round++) tookS.push(await killOne(appUrl, round + 1));
    const longest = Math.max(...tookS);
    const name = `a killed worker’s job is taken up again, longest of ${tookS.length}`;
    printFigures(
      [{ name, value: longest, unit: 's', goal: `< ${GOAL_S} s`, pass: longest < GOAL_S }],
      options.json,
    );
    return longest < GOAL_S ? 0 : 1;
  } finally {
    await postgres.stop();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  }
}

/** Seconds from the kill of the node that has the job to the other one having it. */
async function killOne(appUrl: string, marketId: number): Promise<number> {
  const db = openDb({ connectionString: appUrl, poolSize: 2 });
  const jobs = await openJobs({ connectionString: appUrl, log: openLog('silent') });
  const first = startNode(appUrl);
  await once(first, 'message');
  const begun = once(first, 'message');
  await db.transaction((tx) => jobs.send(tx, 'seal-market', { marketId }));
  await begun;
  const second = startNode(appUrl);
  await once(second, 'message');
  const resumed = once(second, 'message');
  const killedAt = performance.now();
  first.kill('SIGKILL');
  await resumed;
  const tookS = (performance.now() - killedAt) / 1_000;
  second.kill('SIGKILL');
  await jobs.stop();
  await db.close();
  await dropJobs(appUrl);
  return tookS;
}

/** The second node left its job unfinished as well. */
async function dropJobs(appUrl: string): Promise<void> {
  const db = openDb({ connectionString: appUrl, poolSize: 1 });
  await db.query('DELETE FROM pgboss.job');
  await db.close();
}

/** It says "ready" once it works, and "begun" when it has a job, which it never ends. */
function startNode(appUrl: string): ChildProcess {
  return fork(join(import.meta.dirname, 'killed-worker-node.ts'), [appUrl]);
}
