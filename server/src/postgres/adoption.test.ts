import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ask, makeDataDir, processesIn, runPostgres, stopPostgres } from '../testing/postgres-process.ts';
import { canEnter, chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { waitUntil } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;

describe('what the supervisor adopts', () => {
  const { dataDir, remove } = makeDataDir();
  const dataDirectory = join(dataDir, 'postgres', 'data');
  after(remove);

  it('forgets a creation that was interrupted', async () => {
    mkdirSync(join(dataDir, 'postgres', 'data.new', 'base'), { recursive: true });
    const running = await runPostgres(dataDir);
    await stopPostgres(running);
    assert.ok(!existsSync(join(dataDir, 'postgres', 'data.new')));
  });

  it('takes another port when a stranger has the one of last time', async () => {
    const portFile = join(dataDir, 'postgres', 'port');
    const port = Number(readFileSync(portFile, 'utf8'));
    const stranger = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    const running = await runPostgres(dataDir);
    assert.notEqual(running.port, port);
    await stopPostgres(running);
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('starts over a postmaster.pid whose number now belongs to a stranger', async () => {
    const { uid, gid } = statSync(dataDirectory);
    const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/', stdio: 'ignore' });
    const lines = [
      stranger.pid,
      dataDirectory,
      1_700_000_000,
      20_000,
      '',
      '127.0.0.1',
      '       1         1',
      'ready   ',
    ];
    writeFileSync(join(dataDirectory, 'postmaster.pid'), `${lines.join('\n')}\n`);
    const running = await runPostgres(dataDir);
    assert.notEqual(running.pid, stranger.pid);
    assert.equal(stranger.exitCode, null);
    await stopPostgres(running);
    stranger.kill();
  });

  it('does not take the server of a copied directory for its own', async () => {
    const running = await runPostgres(dataDir);
    const copy = makeDataDir();
    cpSync(dataDir, copy.dataDir, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !path.includes('/run/'),
    });
    // The copy says "process N is running me"; N runs the original.
    own(join(copy.dataDir, 'postgres'), dataDirectory);
    const second = await runPostgres(copy.dataDir);
    assert.notEqual(second.pid, running.pid);
    assert.notEqual(second.port, running.port);
    await stopPostgres(second);
    assert.deepEqual(await ask(running.ownerUrl, 'SELECT 1 AS one'), [{ one: 1 }]);
    await stopPostgres(running);
    await copy.remove();
  });

  it('leaves alone a directory that it did not make', async () => {
    const marker = join(dataDirectory, 'mbayar-cluster.json');
    const right = readFileSync(marker, 'utf8');
    rmSync(marker);
    await assert.rejects(runPostgres(dataDir), /was not made by Mbayar\. It is left untouched/);
    writeFileSync(marker, right.replace(/\d{10,}/, '7000000000000000001'));
    await assert.rejects(runPostgres(dataDir), /its marker names 7000000000000000001/);
    writeFileSync(marker, right);
    assert.deepEqual(processesIn(dataDirectory), []);
  });

  it('refuses another version, and a DATA_DIR that is somebody’s cluster', async () => {
    const file = join(dataDirectory, 'PG_VERSION');
    writeFileSync(file, '14\n');
    await assert.rejects(runPostgres(dataDir), /is of PostgreSQL 14, and the programs here are 18/);
    writeFileSync(file, '18\n');
    await assert.rejects(runPostgres(dataDirectory), /is itself a PostgreSQL data directory/);
  });

  it('says so when the secrets and the database do not belong together', async () => {
    const secrets = join(dataDir, 'secrets');
    renameSync(secrets, `${secrets}.away`);
    await assert.rejects(runPostgres(dataDir), /restore that directory together with its database/);
    assert.ok(await waitUntil(5_000, () => processesIn(dataDirectory).length === 0));
    rmSync(secrets, { recursive: true });
    renameSync(`${secrets}.away`, secrets);
    await stopPostgres(await runPostgres(dataDir));
  });
});

// Only root runs PostgreSQL under another account than its own.
(isRoot ? describe : () => undefined)('the account of PostgreSQL', () => {
  it('reaches a DATA_DIR under a directory only root can enter, and adopts there', async () => {
    const { dataDir, remove } = makeDataDir();
    chmodSync(dirname(dataDir), 0o700);
    const first = await runPostgres(dataDir);
    await ask(first.ownerUrl, 'CREATE TABLE kept (id int)');
    first.child.kill('SIGKILL');
    const second = await runPostgres(dataDir);
    assert.equal(second.pid, first.pid);
    await ask(second.ownerUrl, 'SELECT FROM kept');
    process.kill(second.pid, 'SIGKILL');
    await waitUntil(30_000, () => /PostgreSQL is back/.test(second.said()));
    await ask(second.ownerUrl, 'SELECT FROM kept');
    await stopPostgres(second);
    await remove();
  });

  it('gets a copy of the programs that it cannot reach', () => {
    const account = chooseAccount(undefined);
    const { dataDir, remove } = makeDataDir();
    const box = join(dirname(dataDir), 'box');
    mkdirSync(box, { mode: 0o700 });
    const found = findBinaries(account);
    const packageRoot = dirname(dirname(dirname(found.postgres)));
    cpSync(packageRoot, join(box, 'package'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.includes('/lib/libicudata'),
    });
    const copied = findBinaries(account, join(box, 'package'), join(dirname(dataDir), 'copies'));
    assert.ok(copied.postgres.startsWith(join(dirname(dataDir), 'copies')));
    assert.ok(canEnter(account, dirname(copied.postgres)));
    return remove();
  });

  it('may be an ordinary one, which then keeps the directory', async () => {
    const nobody = { uid: 65_534, gid: 65_534, name: 'nobody' };
    if (!canEnter(nobody, import.meta.dirname) || !canEnter(nobody, dirname(process.execPath))) return;
    const { dataDir, remove } = makeDataDir();
    chmodSync(dirname(dataDir), 0o777);
    const running = await runPostgres(dataDir, nobody);
    assert.equal(statSync(join(dataDir, 'postgres', 'data')).uid, nobody.uid);
    await stopPostgres(running);
    await remove();
  });
});

/** Copies belong to whoever copies: give them to the account that owns the original. */
function own(directory: string, like: string): void {
  const { uid, gid } = statSync(like);
  chownSync(directory, uid, gid);
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(directory, name), uid, gid);
  }
}
