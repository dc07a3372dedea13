/**
 * `npm run bench-limits`: questions to the limiter per second, on PostgreSQL (as shipped) and on a real redis-server,
 * asked by two nodes. One hot address, and many accounts. Options: `--seconds 4 --json`;
 * `--rival <node_modules/rate-limiter-flexible>` asks that package the same.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { openDb } from '#server/db.ts';
import { Leases } from '#server/limiter/leases.ts';
import { openLog } from '#server/log.ts';
import { openEmbeddedMemory } from '#server/memory/embedded-memory.ts';
import { openRedisMemory } from '#server/memory/redis-memory.ts';
import { migrate } from '#server/migrate.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { startRedis } from '#server/testing/redis-process.ts';
import { type Figure, printFigures } from './figures.ts';

const askers = 64;
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rival: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const log = openLog('warn');

/** Takes one; true when it was given. */
type Take = (key: string, ceiling: number) => Promise<boolean>;
interface Contestant {
  readonly name: string;
  /** Two nodes. */
  readonly nodes: readonly Take[];
  close(): Promise<void>;
}

/** The part of the rival that is asked. */
interface RivalLimiter {
  consume(key: string): Promise<unknown>;
}
interface Rival {
  readonly RateLimiterPostgres: new (options: object, ready: (error?: Error) => void) => RivalLimiter;
  readonly RateLimiterRedis: new (options: object) => RivalLimiter;
}

const scenes = [
  { name: 'one address, 2 000 a minute', keys: 1, ceiling: 2_000 },
  { name: 'one address, no end', keys: 1, ceiling: 100_000_000 },
  { name: '10 000 accounts, 100 a minute', keys: 10_000, ceiling: 100 },
];

await main();

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-limits-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  const redis = await startRedis();
  try {
    const { appUrl } = await migrate({ ownerUrl: postgres.ownerUrl, app: { password: 'bench' } });
    const contestants = [await oursOnPostgres(appUrl), await oursOnRedis(redis.url)];
    if (options.rival !== undefined) {
      // Its own types are not installed: what is asked of it is above.
      const rival = createRequire(import.meta.url)(resolve(options.rival)) as Rival;
      contestants.push(rivalOnPostgres(rival, postgres.ownerUrl), rivalOnRedis(rival, redis.url));
    }
    const figures: Figure[] = [];
    for (const scene of scenes) {
      for (const contestant of contestants) figures.push(...(await measure(contestant, scene)));
    }
    for (const contestant of contestants) await contestant.close();
    printFigures(figures, options.json);
  } finally {
    await redis.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  { name, nodes }: Contestant,
  scene: (typeof scenes)[number],
): Promise<readonly Figure[]> {
  const endsAtMs = performance.now() + seconds * 1_000;
  const given = new Map<string, number>();
  const tookMs: number[] = [];
  const ask = async (asker: number) => {
    for (let turn = asker; performance.now() < endsAtMs; turn++) {
      const key = `${scene.name} ${(turn * 7919) % scene.keys}`;
      const beganMs = performance.now();
      const take = nodes[asker % nodes.length];
      if (await take?.(key, scene.ceiling)) given.set(key, (given.get(key) ?? 0) + 1);
      tookMs.push(performance.now() - beganMs);
      // Answers from memory alone would never let anybody else have a turn.
      if (turn % 50 === 0) await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: askers }, (_, asker) => ask(asker)));
  tookMs.sort((a, b) => a - b);
  const most = Math.max(...given.values());
  const figure = (what: string, value: number, unit: string, goal: string | null, pass: boolean): Figure => {
    return { name: `${name}: ${scene.name}: ${what}`, value, unit, goal, pass };
  };
  return [
    figure('questions', Math.trunc(tookMs.length / seconds), '/s', null, true),
    figure('p99', tookMs[Math.trunc(tookMs.length * 0.99)] ?? 0, 'ms', null, true),
    figure('most given to one', most, '', `≤ ${scene.ceiling}`, most <= scene.ceiling),
  ];
}

async function oursOnPostgres(connectionString: string): Promise<Contestant> {
  const dbs = [openDb({ connectionString }), openDb({ connectionString })];
  const memories = await Promise.all(dbs.map((db) => openEmbeddedMemory({ db, connectionString, log })));
  return {
    name: 'ours, PostgreSQL',
    nodes: memories.map(takeOf),
    close: async () => {
      for (const memory of memories) await memory.close();
      for (const db of dbs) await db.close();
    },
  };
}

async function oursOnRedis(url: string): Promise<Contestant> {
  const memories = await Promise.all([1, 2].map(() => openRedisMemory({ url, log, version: 'bench' })));
  return {
    name: 'ours, Redis',
    nodes: memories.map(takeOf),
    close: async () => {
      for (const memory of memories) await memory.close();
    },
  };
}

function takeOf({ counts }: { readonly counts: ConstructorParameters<typeof Leases>[0] }): Take {
  const leases = new Leases(counts, () => performance.now());
  return async (key, ceiling) => (await leases.take(key, ceiling, 60_000)) === 0;
}

function rivalOnPostgres({ RateLimiterPostgres }: Rival, connectionString: string): Contestant {
  const pools = [new Pool({ connectionString, max: 16 }), new Pool({ connectionString, max: 16 })];
  return {
    name: 'rate-limiter-flexible, PostgreSQL',
    nodes: pools.map((pool) =>
      rivalTake(
        (points) =>
          new Promise((done, fail) => {
            const tableName = 'rival';
            const limiter: RivalLimiter = new RateLimiterPostgres(
              {
                storeClient: pool,
                storeType: 'pool',
                points,
                duration: 60,
                tableName,
                keyPrefix: String(points),
              },
              (error) => (error === undefined ? done(limiter) : fail(error)),
            );
          }),
      ),
    ),
    close: async () => {
      for (const pool of pools) await pool.end();
    },
  };
}

function rivalOnRedis({ RateLimiterRedis }: Rival, url: string): Contestant {
  const clients = [new Redis(url), new Redis(url)];
  return {
    name: 'rate-limiter-flexible, Redis',
    nodes: clients.map((storeClient) =>
      rivalTake(
        async (points) =>
          new RateLimiterRedis({ storeClient, points, duration: 60, keyPrefix: String(points) }),
      ),
    ),
    close: async () => {
      for (const client of clients) client.disconnect();
    },
  };
}

function rivalTake(open: (points: number) => Promise<RivalLimiter>): Take {
  const limiters = new Map<number, Promise<RivalLimiter>>();
  return async (key, ceiling) => {
    const limiter = limiters.get(ceiling) ?? open(ceiling);
    limiters.set(ceiling, limiter);
    const opened = await limiter;
    return opened.consume(key).then(
      () => true,
      (refused: unknown) => {
        if (refused instanceof Error) throw refused;
        return false;
      },
    );
  };
}
