import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  findProcessesIn,
  readPostmaster,
  sendSignal,
  waitForRemains,
  waitUntil,
} from '../postgres/postmaster.ts';

/** A process that supervises a PostgreSQL, as the server does. */
export interface PostgresProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly ownerUrl: string;
  readonly adminUrl: string;
  said(): string;
}

interface Up {
  readonly pid: number;
  readonly port: number;
  readonly ownerUrl: string;
  readonly adminUrl: string;
}

/** Resolves when the database is up; rejects with what the process said when it ends instead. */
export async function runPostgres(
  dataDir: string,
  as?: { uid: number; gid: number },
): Promise<PostgresProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-postgres.ts'), dataDir], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    ...as,
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const up = await new Promise<Up>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Up));
    child.once('close', () => reject(new Error(said.trim())));
  });
  return { ...up, child, said: () => said };
}

export async function stopPostgres({ child }: PostgresProcess): Promise<void> {
  child.kill('SIGTERM');
  await hasExited(child);
}

export async function killProcess({ child }: PostgresProcess): Promise<void> {
  child.kill('SIGKILL');
  await hasExited(child);
}

async function hasExited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

/** A new directory that the account of PostgreSQL can enter, and the end of everything that runs in it. */
export function makeDataDir(): { dataDir: string; remove: () => Promise<void> } {
  const parent = mkdtempSync(join(tmpdir(), 'mbayar-postgres-'));
  chmodSync(parent, 0o711);
  const dataDir = join(parent, 'data-dir');
  const remove = async () => {
    const dataDirectory = join(dataDir, 'postgres', 'data');
    for (const pid of processesIn(dataDirectory)) sendSignal(pid, 'SIGQUIT');
    if (processesIn(dataDirectory).length > 0) await waitForRemains(dataDirectory);
    rmSync(parent, { recursive: true, force: true });
  };
  return { dataDir, remove };
}

export function processesIn(dataDirectory: string): number[] {
  try {
    return findProcessesIn(dataDirectory) ?? [];
  } catch {
    return [];
  }
}

/** The number of the postmaster that works in this directory now. */
export function postmasterOf(dataDirectory: string): number {
  const postmaster = readPostmaster(dataDirectory);
  if (postmaster === undefined) throw new Error(`nothing runs in ${dataDirectory}`);
  return postmaster.pid;
}

/** One statement on a connection of its own. */
export async function ask<Row extends object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same, again and again until the database answers. */
export async function askUntilAnswered<Row extends object>(url: string, sql: string): Promise<Row[]> {
  let rows: Row[] = [];
  const answered = await waitUntil(30_000, async () => {
    try {
      rows = await ask<Row>(url, sql);
      return true;
    } catch {
      return false;
    }
  });
  if (!answered) throw new Error(`no answer within 30 s: ${sql}`);
  return rows;
}
