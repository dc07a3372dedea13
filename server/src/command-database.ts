/**
 * The database for a command that is not the server: DATABASE_URL, the embedded PostgreSQL of a Mbayar that is running, or
 * the embedded one started for the time of the command.
 */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { migrate, serverUrl } from './migrate.ts';
import { locateCluster } from './postgres/cluster.ts';
import { isPostmasterOf, readPostmaster } from './postgres/postmaster.ts';
import { startPostgres } from './postgres/supervisor.ts';
import { keepSecret } from './secrets.ts';

export interface CommandDatabase {
  readonly url: string;
  release(): Promise<void>;
}

/** Migrates only a database that it starts itself: a running one belongs to the server's version of the schema. */
export async function reachDatabase(config: Config): Promise<CommandDatabase> {
  const url = config.appDatabaseUrl ?? config.databaseUrl ?? runningUrl(config.dataDir);
  if (url !== undefined) return { url, release: () => Promise.resolve() };
  const postgres = await startPostgres({ dataDir: config.dataDir, log: () => undefined });
  try {
    const password = keepSecret(join(config.dataDir, 'secrets'), 'postgres-server');
    const { appUrl } = await migrate({ ownerUrl: postgres.ownerUrl, app: { password } });
    return { url: appUrl, release: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function runningUrl(dataDir: string): string | undefined {
  const { dataDirectory } = locateCluster(dataDir);
  const postmaster = readPostmaster(dataDirectory);
  if (!postmaster?.isReady || !isPostmasterOf(dataDirectory, postmaster.pid)) return undefined;
  const password = keepSecret(join(dataDir, 'secrets'), 'postgres-server');
  return serverUrl(`postgresql://127.0.0.1:${postmaster.port}/mbayar`, { password }).href;
}
