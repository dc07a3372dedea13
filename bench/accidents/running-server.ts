/** The real server in a process of its own, with its own PostgreSQL: started, killed, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locateCluster } from '#server/postgres/cluster.ts';
import { ownerRole } from '#server/postgres/first-database.ts';
import { isPortFree } from '#server/postgres/free-port.ts';
import { isAlive, readPostmaster } from '#server/postgres/postmaster.ts';
import { keepSecret } from '#server/secrets.ts';
import { request } from './request.ts';

const entry = join(import.meta.dirname, '..', '..', 'server', 'src', 'main.ts');
const readyTimeoutMs = 60_000;

export class RunningServer {
  readonly dataDir: string;
  readonly port: number;
  readonly #logFile: string;
  #child: ChildProcess | null = null;

  private constructor(dataDir: string, port: number) {
    this.dataDir = dataDir;
    this.port = port;
    this.#logFile = join(dataDir, 'server.log');
  }

  static async create(): Promise<RunningServer> {
    const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-accidents-'));
    chmodSync(dataDir, 0o711);
    return new RunningServer(dataDir, await findPorts());
  }

  get officePort(): number {
    return this.port + 1;
  }

  /** Starts the process; `ready` says when it answers. */
  start(): void {
    const log = openSync(this.#logFile, 'a');
    this.#child = spawn(process.execPath, [entry], {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        TZ: 'UTC',
        PORT: String(this.port),
        DATA_DIR: this.dataDir,
        LOG_LEVEL: 'fatal',
      },
    });
    closeSync(log);
  }

  async ready(): Promise<void> {
    for (const giveUpAt = performance.now() + readyTimeoutMs; performance.now() < giveUpAt; await sleep(20)) {
      if (this.#child?.exitCode !== null) throw new Error(`the server has ended:\n${this.log()}`);
      const isUp = await request({ port: this.officePort, method: 'GET', path: '/staff/me' }).then(
        ({ status }) => status === 401,
        () => false,
      );
      if (isUp) return;
    }
    throw new Error(`the server does not answer:\n${this.log()}`);
  }

  /** Kills the server's process; PostgreSQL lives on. */
  async killServer(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) throw new Error(`no server to kill:\n${this.log()}`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Kills PostgreSQL's first process; the server starts it again. */
  killPostgres(): number {
    const pid = this.postmasterPid();
    if (pid === undefined) throw new Error('PostgreSQL does not run');
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  postmasterPid(): number | undefined {
    return readPostmaster(locateCluster(this.dataDir).dataDirectory)?.pid;
  }

  ownerUrl(): string {
    const { home } = locateCluster(this.dataDir);
    const port = readFileSync(join(home, 'port'), 'utf8').trim();
    const password = keepSecret(join(this.dataDir, 'secrets'), 'postgres-owner');
    return `postgresql://${ownerRole}:${password}@127.0.0.1:${port}/mbayar`;
  }

  log(): string {
    return readFileSync(this.#logFile, 'utf8').slice(-4_000);
  }

  /** Ends everything and removes the data. */
  async remove(): Promise<void> {
    const child = this.#child;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([gone, sleep(40_000, undefined, { ref: false })]);
    }
    const left = readPostmaster(locateCluster(this.dataDir).dataDirectory)?.pid;
    if (left !== undefined && isAlive(left)) process.kill(left, 'SIGQUIT');
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Three free ports in a row, below those the system gives to outgoing connections. */
async function findPorts(): Promise<number> {
  for (;;) {
    const port = 10_000 + 3 * Math.floor(Math.random() * 3_000);
    const ports = await Promise.all([port, port + 1, port + 2].map((candidate) => isPortFree(candidate)));
    if (ports.every(Boolean)) return port;
  }
}
