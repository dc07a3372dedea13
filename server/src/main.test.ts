import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { findPorts, isPortFree } from './postgres/free-port.ts';
import { isAlive, waitUntil } from './postgres/postmaster.ts';
import { makeDataDir, postmasterOf, processesIn } from './testing/postgres-process.ts';
import { createTestDatabase } from './testing/test-database.ts';

interface Running {
  readonly launcher: ChildProcess;
  readonly serverPid: number;
  said(): string;
  /** How it ended: an exit code or a signal. */
  readonly ended: Promise<number | string>;
}

/** The whole product, as `npm start` starts it. */
describe('npm start', () => {
  const { dataDir, remove } = makeDataDir();
  const dataDirectory = join(dataDir, 'postgres', 'data');
  const started: ChildProcess[] = [];
  let port = 0;
  let running: Running;
  after(async () => {
    for (const launcher of started) launcher.kill('SIGKILL');
    await waitUntil(30_000, () => processesIn(dataDirectory).length === 0);
    await remove();
  });

  function launch(environment: Record<string, string>) {
    const launcher = spawn(process.execPath, [join(import.meta.dirname, '../../tools/run.mjs'), 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, ...environment },
    });
    started.push(launcher);
    let said = '';
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    const ended = new Promise<number | string>((resolve) =>
      launcher.once('close', (code, signal) => resolve(signal ?? code ?? 'nothing')),
    );
    return { launcher, said: () => said, ended };
  }

  async function start(environment: Record<string, string> = {}): Promise<Running> {
    const { launcher, said, ended } = launch({ PORT: String(port), ...environment });
    const isUp = await waitUntil(60_000, () => said().includes('Ctrl-C') || launcher.exitCode !== null);
    assert.ok(isUp && launcher.exitCode === null, said());
    const serverPid = Number(
      readFileSync(`/proc/${launcher.pid}/task/${launcher.pid}/children`, 'utf8').trim(),
    );
    return { launcher, serverPid, said, ended };
  }

  async function answers(site: number): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${site}/api/openapi.json`);
      await response.body?.cancel();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  it('goes from nothing to two sites that answer', async () => {
    port = await findPorts();
    running = await start();
    assert.ok(running.said().includes(`http://localhost:${port}\n`), running.said());
    assert.deepEqual([await answers(port), await answers(port + 1)], [true, true]);
  });

  it('refuses a taken port, in a sentence', async () => {
    const { said, ended } = launch({ PORT: String(port) });
    assert.equal(await ended, 1);
    assert.equal(
      said(),
      `Port ${port} of 127.0.0.1 is taken by another program: stop it, or set PORT to another number.\n`,
    );
  });

  it('refuses a directory in use, in a sentence', async () => {
    const { said, ended } = launch({ PORT: String(await findPorts()) });
    assert.equal(await ended, 1);
    assert.equal(said(), `${dataDir} is in use by another running Mbayar (process ${running.serverPid}).\n`);
  });

  it('refuses bad settings by name', async () => {
    const { said, ended } = launch({ PORT: 'three', MBAYAR_MODE: 'real' });
    assert.equal(await ended, 1);
    assert.match(said(), /^Mbayar does not start:\n- MBAYAR_MODE .*\n- PORT .*\n$/);
  });

  it('answers again after PostgreSQL is killed', async () => {
    process.kill(postmasterOf(dataDirectory), 'SIGKILL');
    assert.ok(await waitUntil(30_000, () => running.said().includes('PostgreSQL is back')), running.said());
    assert.ok(await answers(port));
  });

  it('starts over after the server is killed, with the PostgreSQL that it left', async () => {
    const postmaster = postmasterOf(dataDirectory);
    process.kill(running.serverPid, 'SIGKILL');
    assert.equal(await running.ended, 'SIGKILL');
    running = await start();
    assert.equal(postmasterOf(dataDirectory), postmaster);
    assert.ok(await answers(port + 1));
  });

  it('stops everything when its launcher is killed', async () => {
    running.launcher.kill('SIGKILL');
    const { serverPid } = running;
    assert.ok(await waitUntil(20_000, () => !isAlive(serverPid) && processesIn(dataDirectory).length === 0));
    running = await start();
  });

  it('stops everything on Ctrl-C, within seconds, with a connection left open', async () => {
    await answers(port);
    const began = performance.now();
    // The terminal tells the launcher and the server, and the launcher tells the server again.
    process.kill(running.serverPid, 'SIGINT');
    running.launcher.kill('SIGINT');
    assert.equal(await running.ended, 0);
    assert.ok(performance.now() - began < 10_000);
    assert.deepEqual(processesIn(dataDirectory), []);
    assert.deepEqual([await isPortFree(port), await isPortFree(port + 1)], [true, true]);
  });

  it('ends with the same sentence when a port is taken after it was looked at', async (t) => {
    const fresh = makeDataDir();
    t.after(() => fresh.remove());
    const base = await findPorts();
    const { said, ended } = launch({ PORT: String(base), DATA_DIR: fresh.dataDir });
    // The ports come first, the database next.
    await waitUntil(60_000, () => said().includes('making a database'));
    const other = createServer();
    t.after(() => other.close());
    await new Promise<void>((resolve) =>
      other.listen({ port: base + 1, host: '127.0.0.1', exclusive: true }, resolve),
    );
    assert.equal(await ended, 1, said());
    assert.match(said(), new RegExp(`Port ${base + 1} of 127\\.0\\.0\\.1 is taken by another program`));
    assert.deepEqual(processesIn(join(fresh.dataDir, 'postgres', 'data')), []);
  });

  it('works on another PostgreSQL', async () => {
    const database = await createTestDatabase();
    running = await start({ DATABASE_URL: database.ownerUrl });
    assert.ok(await answers(port));
    running.launcher.kill('SIGTERM');
    assert.equal(await running.ended, 0);
    assert.deepEqual(processesIn(dataDirectory), []);
    await database.drop();
  });
});
