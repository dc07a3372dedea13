/**
 * The embedded cluster on disk.
 *
 *   DATA_DIR/postgres/data         the data directory, with our marker in it
 *   DATA_DIR/postgres/run          its Unix socket
 *   DATA_DIR/postgres/server.log   what it says
 *   DATA_DIR/postgres/port         the loopback port it keeps from one start to the next
 *
 * Nothing is adopted that we did not make: the marker holds the cluster's own identifier, which PostgreSQL draws at
 * initdb and keeps in its control file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';
import { type Account, canEnter, chooseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';

export interface Cluster {
  readonly home: string;
  readonly dataDirectory: string;
  readonly account: Account;
  readonly binaries: Binaries;
}

const markerName = 'mbayar-cluster.json';

/** Finds out where and as whom the cluster lives; touches nothing. */
export function locateCluster(dataDir: string): Cluster {
  const root = resolve(dataDir);
  if (existsSync(join(root, 'PG_VERSION'))) {
    throw new StartError(`DATA_DIR ${root} is itself a PostgreSQL data directory, not a directory of ours.`);
  }
  const home = join(root, 'postgres');
  const dataDirectory = join(home, 'data');
  const account = chooseAccount(existsSync(dataDirectory) ? statSync(dataDirectory).uid : undefined);
  return { home, dataDirectory, account, binaries: findBinaries(account) };
}

/** Refuses a directory that is not ours, or that this version of PostgreSQL cannot open. */
export function verifyCluster({ dataDirectory, binaries }: Cluster): void {
  const refuse = (why: string): never => {
    throw new StartError(
      `${dataDirectory} ${why}. It is left untouched: move it away, or choose another DATA_DIR.`,
    );
  };
  const markerFile = join(dataDirectory, markerName);
  if (!existsSync(markerFile)) refuse('was not made by Mbayar');
  const marker: unknown = JSON.parse(readFileSync(markerFile, 'utf8'));
  const expected =
    typeof marker === 'object' && marker !== null && 'systemIdentifier' in marker
      ? marker.systemIdentifier
      : '';
  const found = readSystemIdentifier(dataDirectory);
  if (found !== expected) refuse(`holds cluster ${found}, and its marker names ${String(expected)}`);
  const major = readFileSync(join(dataDirectory, 'PG_VERSION'), 'utf8').trim();
  if (major !== binaries.major)
    refuse(`is of PostgreSQL ${major}, and the programs here are ${binaries.major}`);
}

/** The first eight bytes of the control file, in the machine's own order. */
export function readSystemIdentifier(dataDirectory: string): string {
  const file = join(dataDirectory, 'global', 'pg_control');
  if (!existsSync(file)) return 'unknown';
  return readFileSync(file).readBigUInt64LE(0).toString();
}

/** Makes a new cluster beside its final place, and moves it there when complete: a kill leaves nothing half made. */
export async function createCluster(
  cluster: Cluster,
  superuserPassword: string,
  isDurable: boolean,
): Promise<void> {
  const { home, dataDirectory, account, binaries } = cluster;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  giveTo(account, home);
  const draft = join(home, 'data.new');
  const passwordFile = join(home, 'password.new');
  rmSync(draft, { recursive: true, force: true });
  writeFor(account, passwordFile, `${superuserPassword}\n`);
  try {
    const output = await runToEnd(cluster, binaries.initdb, (seen) => [
      `--pgdata=${seen}/data.new`,
      `--pwfile=${seen}/password.new`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(isDurable ? [] : ['--no-sync']),
    ]);
    if (output.exitCode !== 0) throw new StartError(`initdb failed:\n${output.text}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const marker = {
    madeBy: 'mbayar',
    systemIdentifier: readSystemIdentifier(draft),
    version: binaries.version,
  };
  writeFor(account, join(draft, markerName), `${JSON.stringify(marker)}\n`);
  writeFor(account, join(draft, 'pg_hba.conf'), accessRules);
  renameSync(draft, dataDirectory);
}

const accessRules = `# Written by Mbayar. Passwords everywhere, loopback and the Unix socket only.
local all         all              scram-sha-256
host  all         all 127.0.0.1/32 scram-sha-256
local replication all              scram-sha-256
host  replication all 127.0.0.1/32 scram-sha-256
`;

/**
 * Starts one of PostgreSQL's programs, under the cluster's account, in a session of its own: a Ctrl-C at the terminal
 * reaches us alone, and we stop PostgreSQL when the last request is answered.
 *
 * When the account cannot walk down to the cluster (started by root in a directory with mode 0700), it gets the
 * cluster's directory as an open file and reaches everything through it.
 */
export function launch(cluster: Cluster, program: string, args: (seen: string) => string[]): ChildProcess {
  const { home, account } = cluster;
  const seen = seenHome(cluster);
  const logFile = openSync(join(home, 'server.log'), 'a', 0o600);
  const door = seen === home ? undefined : openSync(home, 'r');
  try {
    return spawn(program, args(seen), {
      stdio: ['ignore', logFile, logFile, ...(door === undefined ? [] : [door])],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' },
      detached: true,
      ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    });
  } finally {
    closeSync(logFile);
    if (door !== undefined) closeSync(door);
  }
}

async function runToEnd(
  cluster: Cluster,
  program: string,
  args: (seen: string) => string[],
): Promise<{ exitCode: number; text: string }> {
  const before = logSize(cluster);
  const child = launch(cluster, program, args);
  const exitCode = await new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
  return { exitCode, text: readLogSince(cluster, before) };
}

export function logSize({ home }: Cluster): number {
  const file = join(home, 'server.log');
  return existsSync(file) ? statSync(file).size : 0;
}

export function readLogSince({ home }: Cluster, offset: number): string {
  return readFileSync(join(home, 'server.log')).subarray(offset).toString('utf8').trim();
}

/** The log is moved aside at a start when it has grown; one old one is kept. */
export function rotateLog(cluster: Cluster): void {
  const file = join(cluster.home, 'server.log');
  if (logSize(cluster) > 20_000_000) renameSync(file, `${file}.1`);
}

export function writeFor(account: Account, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flush: true });
  giveTo(account, file);
}

function giveTo(account: Account, path: string): void {
  chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** Where the Unix socket is. Node limits the path of a socket to 107 bytes; a deeper DATA_DIR does without. */
export function socketDirectory({ home }: Cluster): string | undefined {
  const directory = join(home, 'run');
  return Buffer.byteLength(join(directory, '.s.PGSQL.65535')) > 107 ? undefined : directory;
}

export function prepareSocketDirectory(cluster: Cluster): void {
  const directory = socketDirectory(cluster);
  if (directory === undefined) return;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  giveTo(cluster.account, directory);
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { force: true });
}

/** The cluster's directory under the name its own processes know it by. */
function seenHome({ home, account }: Cluster): string {
  return canEnter(account, home) ? home : '/proc/self/fd/3';
}

export function socketDirectoryAsSeen(cluster: Cluster): string | undefined {
  return socketDirectory(cluster) === undefined ? undefined : `${seenHome(cluster)}/run`;
}
