/**
 * Shared memory in Redis or Valkey. A Redis that is killed, flushed, read-only or slow costs one wait of `patienceMs`,
 * then nothing: the breaker keeps everybody away until it takes a write again, and each node counts, reads and tells
 * by itself.
 */
import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';
import { type Breaker, openBreaker } from './breaker.ts';
import { openFanout } from './fanout.ts';
import { keepBeliefs, recallBeliefs, takeCounts } from './redis-scripts.ts';
import { openLocalCounts } from './shared-counts.ts';
import type { SharedBeliefs, SharedMemory } from './shared-memory.ts';

export interface RedisMemoryOptions {
  /** It may hold a password: it goes in no log. */
  readonly url: string;
  readonly log: Log;
  /** Nodes of different versions do not read each other's beliefs: their shape may differ. */
  readonly version: string;
  /** How long a request waits for Redis at most, once. */
  readonly patienceMs?: number;
}

const PREFIX = 'mbayar:';
const CHANNEL = `${PREFIX}messages`;

export async function openRedisMemory(options: RedisMemoryOptions): Promise<SharedMemory> {
  const { url, log, patienceMs = 250 } = options;
  const redis = connect(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, keyPrefix: PREFIX });
  // A subscription waits for its connection and is made again with every new one.
  const subscriber = connect(url, { maxRetriesPerRequest: null });
  const local = openLocalCounts();
  const breaker = openBreaker({
    store: 'redis',
    log,
    patienceMs,
    // A replica answers a PING, and refuses what we need.
    probe: () => redis.set('probe', '1', 'PX', 1_000),
  });
  const fanout = openFanout(
    {
      send: async (texts) => {
        const send = () => Promise.all(texts.map((text) => redis.publish(CHANNEL, text)));
        await breaker.run<unknown>(send, () => undefined);
      },
    },
    log,
  );
  subscriber.on('message', (_channel, text) => fanout.receive(text));
  subscriber.subscribe(CHANNEL).catch(() => undefined);
  await breaker.run<unknown>(
    () => redis.connect(),
    () => undefined,
  );
  return {
    counts: {
      take: (asks) =>
        breaker.run(
          () => takeCounts(redis, asks),
          () => local.take(asks),
        ),
    },
    beliefs: beliefsOf(redis, breaker, `${options.version}:`),
    publish: fanout.publish,
    subscribe: fanout.subscribe,
    close: async () => {
      breaker.close();
      await fanout.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

function beliefsOf(redis: Redis, breaker: Breaker, version: string): SharedBeliefs {
  return {
    recall: (keys) =>
      breaker.run(
        () =>
          recallBeliefs(
            redis,
            keys.map((key) => version + key),
          ),
        () => ({ beliefs: keys.map(() => null), since: null }),
      ),
    keep: (since, entries) => {
      if (since === null || entries.length === 0) return;
      const all = entries.map(({ key, value, forMs }) => ({
        key: version + key,
        value,
        untilMs: since + forMs,
      }));
      void breaker.run<unknown>(
        () => keepBeliefs(redis, all),
        () => undefined,
      );
    },
  };
}

/** Bounded in every way: it never queues, never sends twice, and gives a silent socket up. */
function connect(
  url: string,
  options: Pick<RedisOptions, 'enableOfflineQueue' | 'maxRetriesPerRequest' | 'keyPrefix'>,
): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 500,
    socketTimeout: 2_000,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
    // What was a primary is a replica now: the name may lead to the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    connectionName: 'mbayar',
    ...options,
  });
  // The breaker tells what is wrong, once.
  redis.on('error', () => undefined);
  return redis;
}
