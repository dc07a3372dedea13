/** Shared memory without a server of its own: this process and PostgreSQL. */
import type { Db } from '../db.ts';
import type { Log } from '../log.ts';
import { openBreaker } from './breaker.ts';
import { deleteEndedRateCounts, takeRateCounts } from './queries.ts';
import { type CountAsk, type CountGrant, openLocalCounts } from './shared-counts.ts';
import type { SharedMemory } from './shared-memory.ts';

export interface EmbeddedMemoryOptions {
  readonly db: Db;
  readonly log: Log;
  /** How long a request waits for the store at most. */
  readonly patienceMs?: number;
}

const SWEEP_EVERY_MS = 60_000;

export async function openEmbeddedMemory(options: EmbeddedMemoryOptions): Promise<SharedMemory> {
  const { db, log, patienceMs = 500 } = options;
  const local = openLocalCounts();
  const breaker = openBreaker({ store: 'postgresql', log, patienceMs, probe: () => db.query('SELECT 1') });
  const sweep = setInterval(() => {
    deleteEndedRateCounts(db).catch((error: unknown) => log.warn({ err: error }, 'rate counts: not swept'));
  }, SWEEP_EVERY_MS).unref();
  return {
    counts: {
      take: (asks) =>
        breaker.run(
          () => takeFromDatabase(db, asks),
          () => local.take(asks),
        ),
    },
    close: async () => {
      clearInterval(sweep);
      breaker.close();
    },
  };
}

async function takeFromDatabase(db: Db, asks: readonly CountAsk[]): Promise<CountGrant[]> {
  const rows = await takeRateCounts(db, asks);
  const grants = new Map(rows.map((row) => [row.key, row]));
  return asks.map(({ key }) => {
    const grant = grants.get(key);
    if (grant === undefined) throw new Error(`no count of ${key}`);
    return grant;
  });
}
