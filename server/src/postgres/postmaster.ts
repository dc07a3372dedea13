import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL writes about itself into its data directory (postmaster.pid). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

export function readPostmaster(dataDirectory: string): Postmaster | undefined {
  const file = join(dataDirectory, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  // Numbers below 2 would make a signal reach far more than one process.
  if (!Number.isInteger(pid) || pid < 2) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

export function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process that ended and that its parent did not look at yet (in a container, nobody ever may). */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/**
 * The processes that work in this data directory: the postmaster and its backends, which outlive a killed postmaster
 * for a moment. Known on Linux only; elsewhere `undefined`, and PostgreSQL's own check of its shared memory is left
 * to decide.
 */
export function findProcessesIn(dataDirectory: string): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const home = realpathSync(dataDirectory);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectoryOf(pid) === home && isPostgres(pid));
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

/** Is this process PostgreSQL at work in this very directory, and not a stranger who was given an old number? */
export function isPostmasterOf(dataDirectory: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  return findProcessesIn(dataDirectory)?.includes(pid) ?? true;
}

/**
 * Removes a postmaster.pid for which PostgreSQL would refuse to start, although nobody works in the directory: its
 * number now belongs to a stranger, or to a dead process that nobody has looked after. A number that does not exist
 * is dealt with by PostgreSQL itself.
 */
export function removeStalePidFile(dataDirectory: string): void {
  const postmaster = readPostmaster(dataDirectory);
  if (postmaster === undefined || !exists(postmaster.pid)) return;
  if (findProcessesIn(dataDirectory)?.length === 0)
    rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
}

/** Waits until a condition holds, looking every 25 ms; false when the time is over. */
export async function waitUntil(
  timeoutMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/**
 * Waits until nothing of a dead postmaster is left. Its backends leave by themselves when they next wait for
 * something; one that is busy is told to (SIGQUIT: leave at once, no clean-up), as the last resort by SIGKILL: the
 * postmaster that could have been confused by that is dead already.
 */
export async function waitForRemains(dataDirectory: string): Promise<boolean> {
  for (const [signal, patienceMs] of [
    [undefined, 3_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 5_000],
  ] as const) {
    for (const pid of findProcessesIn(dataDirectory) ?? []) {
      if (signal !== undefined) sendSignal(pid, signal);
    }
    if (await waitUntil(patienceMs, () => (findProcessesIn(dataDirectory) ?? []).length === 0)) return true;
  }
  return false;
}

/** False when there is no such process any more. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
