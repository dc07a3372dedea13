import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDirectory } from '../postgres/directory-lock.ts';
import {
  isPostmasterOf,
  readPostmaster,
  sendSignal,
  waitForRemains,
  waitUntil,
} from '../postgres/postmaster.ts';
import { startPostgres } from '../postgres/supervisor.ts';

export interface TestCluster {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const prefix = 'mbayar-test-';

/**
 * A throw-away cluster for one run of the tests. It does not wait for the disk (no fsync): a test of durability
 * starts its own. Clusters of runs that were killed are stopped and removed first.
 */
export async function startTestCluster(): Promise<TestCluster> {
  await removeDeadClusters();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined, isDurable: false });
  return {
    adminUrl: postgres.adminUrl,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function removeDeadClusters(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const dataDir = join(tmpdir(), name);
    if (name.startsWith(prefix) && isOld(dataDir)) await removeDeadCluster(dataDir);
  }
}

/** Another run has just made a young one and is about to lock it. */
function isOld(dataDir: string): boolean {
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === process.getuid?.() && Date.now() - stat.birthtimeMs > 30_000;
}

async function removeDeadCluster(dataDir: string): Promise<void> {
  let lock: ReturnType<typeof lockDirectory>;
  try {
    lock = lockDirectory(dataDir);
  } catch {
    return;
  }
  const dataDirectory = join(dataDir, 'postgres', 'data');
  const left = readPostmaster(dataDirectory);
  if (left !== undefined && isPostmasterOf(dataDirectory, left.pid)) {
    sendSignal(left.pid, 'SIGQUIT');
    await waitUntil(10_000, () => !isPostmasterOf(dataDirectory, left.pid));
    await waitForRemains(dataDirectory);
  }
  lock.release();
  rmSync(dataDir, { recursive: true, force: true });
}
