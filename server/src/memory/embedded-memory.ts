/** Shared memory without a server of its own: this process and PostgreSQL. */
import type { Db } from '../db.ts';
import type { Log } from '../log.ts';
import { openBreaker } from './breaker.ts';
import { openFanout } from './fanout.ts';
import { openListenConnection } from './listen-connection.ts';
import { deleteEndedRateCounts, notify, takeRateCounts } from './queries.ts';
import { type CountAsk, type CountGrant, openLocalCounts } from './shared-counts.ts';
import type { SharedMemory } from './shared-memory.ts';

export interface EmbeddedMemoryOptions {
  readonly db: Db;
  /** For the connection that listens. */
  readonly connectionString: string;
  readonly log: Log;
  /** How long a request waits for the store at most. */
  readonly patienceMs?: number;
}

const SWEEP_EVERY_MS = 60_000;
const CHANNEL = 'mbayar';

export async function openEmbeddedMemory(options: EmbeddedMemoryOptions): Promise<SharedMemory> {
  const { db, connectionString, log, patienceMs = 500 } = options;
  const local = openLocalCounts();
  const breaker = openBreaker({ store: 'postgresql', log, patienceMs, probe: () => db.query('SELECT 1') });
  const sweep = setInterval(() => {
    deleteEndedRateCounts(db).catch((error: unknown) => log.warn({ err: error }, 'rate counts: not swept'));
  }, SWEEP_EVERY_MS).unref();
  const fanout = openFanout({ send: (texts) => notify(db, CHANNEL, texts) }, log);
  const listening = await openListenConnection({
    connectionString,
    channel: CHANNEL,
    log,
    onText: fanout.receive,
  });
  return {
    counts: {
      take: (asks) =>
        breaker.run(
          () => takeFromDatabase(db, asks),
          () => local.take(asks),
        ),
    },
    // The database itself is asked: it would have to be asked for what it was asked a moment ago.
    beliefs: null,
    publish: fanout.publish,
    subscribe: fanout.subscribe,
    close: async () => {
      clearInterval(sweep);
      breaker.close();
      await fanout.close();
      await listening.close();
    },
  };
}

async function takeFromDatabase(db: Db, asks: readonly CountAsk[]): Promise<CountGrant[]> {
  const rows = await takeRateCounts(db, asks);
  const grants = new Map(rows.map((row) => [row.key, row]));
  return asks.map(({ key }) => {
    const grant = grants.get(key);
    if (grant === undefined) throw new Error(`no count of ${key}`);
    return { granted: grant.granted, endsInMs: grant.endsInMs };
  });
}
