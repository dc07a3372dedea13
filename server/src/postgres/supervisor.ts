import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { keepSecret } from '../secrets.ts';
import { StartError } from '../start-error.ts';
import {
  type Cluster,
  createCluster,
  launch,
  locateCluster,
  logSize,
  prepareSocketDirectory,
  readLogSince,
  readSystemIdentifier,
  rotateLog,
  socketDirectoryAsSeen,
  verifyCluster,
  writeFor,
} from './cluster.ts';
import { serverConfiguration } from './configuration.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { ensureDatabase, ownerRole } from './first-database.ts';
import { isPortFree } from './free-port.ts';
import {
  isAlive,
  isPostmasterOf,
  readPostmaster,
  removeStalePidFile,
  sendSignal,
  waitForRemains,
  waitUntil,
} from './postmaster.ts';

export interface EmbeddedPostgres {
  /** Owner of the database: migrations. */
  readonly ownerUrl: string;
  /** Superuser, for backups and for tests that break things. */
  readonly adminUrl: string;
  readonly port: number;
  /** Of the postmaster that runs now; it changes when PostgreSQL had to be started again. */
  pid(): number;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** False only for throw-away test clusters. */
  readonly isDurable?: boolean;
}

/** Recovery after a crash replays what was written since the last checkpoint: minutes at the very worst. */
const recoveryTimeoutMs = 10 * 60_000;
const fastStopTimeoutMs = 30_000;

/**
 * Starts the PostgreSQL that lives in DATA_DIR, or takes over the one that a killed Mbayar left running there, and
 * keeps it running until `stop`. Everything a person can put right is thrown as StartError.
 */
export async function startPostgres({
  dataDir,
  log,
  isDurable = true,
}: StartOptions): Promise<EmbeddedPostgres> {
  const cluster = locateCluster(dataDir);
  makeDataDir(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    const secrets = join(dataDir, 'secrets');
    const superuserPassword = keepSecret(secrets, 'postgres-superuser');
    if (!existsSync(cluster.dataDirectory)) {
      log(`making a database in ${cluster.home}`);
      await createCluster(cluster, superuserPassword, isDurable);
    }
    verifyCluster(cluster);
    const supervised = new Supervised(cluster, { superuserPassword, isDurable, log });
    try {
      return await open(supervised, keepSecret(secrets, 'postgres-owner'), lock);
    } catch (error) {
      await supervised.stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open(
  supervised: Supervised,
  ownerPassword: string,
  lock: DirectoryLock,
): Promise<EmbeddedPostgres> {
  await supervised.bringUp();
  await ensureDatabase(supervised.adminUrl(), ownerPassword);
  supervised.watch();
  return {
    adminUrl: supervised.adminUrl(),
    ownerUrl: `postgresql://${ownerRole}:${ownerPassword}@127.0.0.1:${supervised.port}/mbayar`,
    port: supervised.port,
    pid: () => supervised.pid,
    stop: async () => {
      await supervised.stop();
      lock.release();
    },
  };
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new StartError(
      `DATA_DIR ${dataDir} cannot be made: ${error instanceof Error ? error.message : error}`,
    );
  }
}

interface Means {
  readonly superuserPassword: string;
  readonly isDurable: boolean;
  readonly log: (line: string) => void;
}

class Supervised {
  readonly #cluster: Cluster;
  readonly #means: Means;
  #phase: 'running' | 'stopping';
  #watching: NodeJS.Timeout | undefined;
  #reviving: Promise<void> | undefined;
  pid = 0;
  port = 0;

  constructor(cluster: Cluster, means: Means) {
    this.#cluster = cluster;
    this.#means = means;
    this.#phase = 'running';
  }

  adminUrl(): string {
    return `postgresql://postgres:${this.#means.superuserPassword}@127.0.0.1:${this.port}/postgres`;
  }

  /** Adopts the running server of this directory, or starts one; returns when it answers and is ours. */
  async bringUp(): Promise<void> {
    if (!(await this.#adopt())) await this.#start();
    await this.#verifyIdentity();
  }

  async #adopt(): Promise<boolean> {
    const { dataDirectory } = this.#cluster;
    const found = readPostmaster(dataDirectory);
    if (found === undefined || !isPostmasterOf(dataDirectory, found.pid)) return false;
    this.pid = found.pid;
    if (!(await this.#waitUntilReady(found.pid))) return false;
    this.port = readPostmaster(dataDirectory)?.port ?? 0;
    if (this.#currentConfiguration() === this.#wantedConfiguration()) {
      this.#means.log(`taking over the PostgreSQL that was left running (process ${found.pid})`);
      return true;
    }
    this.#means.log(`the PostgreSQL that was left running has other settings: starting it again`);
    await this.#stopProcess();
    return false;
  }

  async #start(): Promise<void> {
    const { dataDirectory, home, binaries } = this.#cluster;
    if (!(await waitForRemains(dataDirectory))) {
      throw new StartError(`Processes of the previous PostgreSQL do not leave ${dataDirectory}.`);
    }
    removeStalePidFile(dataDirectory);
    rotateLog(this.#cluster);
    for (let attempt = 1; ; attempt += 1) {
      await this.#choosePort();
      prepareSocketDirectory(this.#cluster);
      writeFor(this.#cluster.account, join(dataDirectory, 'postgresql.conf'), this.#wantedConfiguration());
      const logStart = logSize(this.#cluster);
      const child = launch(this.#cluster, binaries.postgres, (seen) => ['-D', `${seen}/data`]);
      const failure = new Promise<string>((resolve) =>
        child.once('error', (error) => resolve(error.message)),
      );
      child.unref();
      this.pid = child.pid ?? 0;
      if (child.pid !== undefined && (await this.#waitUntilReady(child.pid))) {
        writeFileSync(join(home, 'port'), `${this.port}\n`);
        return;
      }
      const said = child.pid === undefined ? await failure : readLogSince(this.#cluster, logStart);
      // Both pass by themselves: another program took the port, or an old backend is about to leave.
      const isPassing = /could not bind|pre-existing shared memory/.test(said);
      if (!isPassing || attempt >= 50)
        throw new StartError(`PostgreSQL does not start:\n${said.slice(-2_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** The port of last time when it is free; while we run it never changes, for it is in everybody's hands. */
  async #choosePort(): Promise<void> {
    const file = join(this.#cluster.home, 'port');
    const isRestart = this.#watching !== undefined;
    const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (this.port === 0) this.port = kept;
    if (isRestart || (this.port > 0 && (await isPortFree(this.port)))) return;
    do {
      // Below the range the system gives to outgoing connections, so that it is still free after a restart.
      this.port = 20_000 + Math.floor(Math.random() * 12_000);
    } while (!(await isPortFree(this.port)));
  }

  #wantedConfiguration(): string {
    return serverConfiguration({
      port: this.port,
      socketDirectory: socketDirectoryAsSeen(this.#cluster),
      isDurable: this.#means.isDurable,
    });
  }

  #currentConfiguration(): string {
    return readFileSync(join(this.#cluster.dataDirectory, 'postgresql.conf'), 'utf8');
  }

  async #waitUntilReady(pid: number): Promise<boolean> {
    const tellAfter = performance.now() + 3_000;
    let isTold = false;
    const isOver = await waitUntil(recoveryTimeoutMs, () => {
      if (!isAlive(pid)) return true;
      if (!isTold && performance.now() > tellAfter) {
        this.#means.log('PostgreSQL is recovering what it had not written down yet');
        isTold = true;
      }
      const now = readPostmaster(this.#cluster.dataDirectory);
      return now?.pid === pid && now.isReady;
    });
    return isOver && isAlive(pid);
  }

  async #verifyIdentity(): Promise<void> {
    const client = new Client({ connectionString: this.adminUrl(), connectionTimeoutMillis: 10_000 });
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === '28P01')) throw error;
      throw new StartError(
        `The database in ${this.#cluster.home} does not know the password kept in DATA_DIR/secrets: ` +
          'restore that directory together with its database.',
      );
    }
    const { rows } = await client.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    await client.end();
    if (rows[0]?.id !== readSystemIdentifier(this.#cluster.dataDirectory)) {
      throw new StartError(
        `Port ${this.port} is answered by another PostgreSQL than the one in ${this.#cluster.home}.`,
      );
    }
  }

  /** Starts PostgreSQL again whenever it ends without us. */
  watch(): void {
    this.#watching = setInterval(() => {
      if (!isAlive(this.pid)) this.#reviving = this.#revive();
    }, 100);
    this.#watching.unref();
  }

  async #revive(): Promise<void> {
    clearInterval(this.#watching);
    for (let pauseMs = 500; this.#phase === 'running'; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      this.#means.log(`PostgreSQL (process ${this.pid}) has ended: starting it again`);
      try {
        await this.bringUp();
        this.#means.log(`PostgreSQL is back (process ${this.pid})`);
        break;
      } catch (error) {
        this.#means.log(error instanceof Error ? error.message : String(error));
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    if (this.#phase === 'running') this.watch();
  }

  async stop(): Promise<void> {
    this.#phase = 'stopping';
    clearInterval(this.#watching);
    await this.#reviving;
    await this.#stopProcess();
  }

  /** Fast shutdown; when that takes too long, an immediate one, which costs a recovery at the next start, no data. */
  async #stopProcess(): Promise<void> {
    const hasEnded = () => !isAlive(this.pid);
    if (this.pid === 0 || hasEnded()) return;
    sendSignal(this.pid, 'SIGINT');
    if (await waitUntil(fastStopTimeoutMs, hasEnded)) return;
    this.#means.log('PostgreSQL takes too long to stop: it is told to stop at once');
    sendSignal(this.pid, 'SIGQUIT');
    await waitUntil(10_000, hasEnded);
  }
}
