/**
 * What a Redis in trouble costs two nodes under requests: nothing but speed. No answer is a 5xx or does not come, no
 * money goes astray, limits hold on each node, a session that ended is over within a second.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { Log } from '../log.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import { type RedisProcess, startRedis } from '../testing/redis-process.ts';
import { type SeededMarket, type SeededPlayer, seedMarkets, seedPlayers } from '../testing/seed.ts';
import { approveSettings, unlimitedRates } from '../testing/seed-settings.ts';
import { openRedisMemory } from './redis-memory.ts';
import type { SharedMemory } from './shared-memory.ts';

/** Far more than any of our waits, far less than a hung request. */
const HUNG_MS = 5_000;
const usualRates = { rateAccountMinute: 100, rateAddressMinute: 100_000_000 };

let redis: RedisProcess;
let house: House;
let memories: readonly SharedMemory[];
let nodes: readonly TestNode[];
let market: SeededMarket;
const lines: string[] = [];
const log: Log = pino({ level: 'warn', base: null }, { write: (line: string) => void lines.push(line) });

before(async () => {
  redis = await startRedis();
  house = await openHouse({ settings: unlimitedRates });
  memories = await Promise.all([1, 2].map(() => openRedisMemory({ url: redis.url, log, version: 'test' })));
  nodes = await Promise.all(
    memories.map((memory) => openNode(house, { memory, now: () => performance.now() })),
  );
  const [open] = await seedMarkets(house.owner, { count: 1 });
  assert(open !== undefined);
  market = open;
});
after(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await Promise.all(memories.map((memory) => memory.close()));
  await house.close();
  await redis.stop();
});

const newPlayers = (count: number) => seedPlayers(house.owner, { count, availableXof: 1_000_000 });
const nodeOf = (index: number) => nodes[index % nodes.length] as TestNode;
const countOf = (said: string) => lines.filter((line) => line.includes(said)).length;

/** Both nodes work with Redis again. */
async function untilBack(): Promise<void> {
  while (countOf('is away') !== countOf('is back')) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function askInTime(index: number, player: SeededPlayer): Promise<void> {
  const node = nodeOf(index);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('a request hangs')), HUNG_MS);
  const asked =
    index % 3 === 0
      ? node.post(`/markets/${market.marketId}/offers`, player.cookie, {
          operationId: randomUUID(),
          side: index % 2 === 0 ? 'A' : 'B',
          stakeXof: 1_000,
          askXof: 1_000,
        })
      : node.get('/wallet', player.cookie);
  const { status, body } = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  assert([200, 201].includes(status), `${status} ${JSON.stringify(body)}`);
}

/** Ten people ask both nodes, one request after the other; `begin` comes in the middle of it. */
async function askThrough(begin: () => Promise<void>): Promise<void> {
  const players = await newPlayers(10);
  let asked = 0;
  let begun: Promise<void> | undefined;
  const work = async (player: SeededPlayer) => {
    for (let index = 0; index < 40; index++) {
      asked += 1;
      if (asked === 150) begun = begin();
      await askInTime(asked, player);
    }
  };
  await Promise.all(players.map(work));
  await begun;
}

const troubles: [name: string, begin: () => Promise<void>, end: () => Promise<void>][] = [
  ['killed', () => redis.kill(), () => redis.start()],
  ['frozen', async () => redis.freeze(), async () => redis.thaw()],
  [
    'a read-only replica',
    async () => void (await redis.client.replicaof('127.0.0.1', '1')),
    async () => void (await redis.client.replicaof('NO', 'ONE')),
  ],
];

for (const [name, begin, end] of troubles) {
  describe(`Redis ${name}`, () => {
    before(() => {
      lines.length = 0;
    });
    after(async () => {
      await end();
      await untilBack();
      assert.equal(countOf('is back'), nodes.length);
      await askThrough(async () => undefined);
      await house.assertSound();
    });

    it('hangs no request, fails none, and is told once by each node', async () => {
      await askThrough(begin);
      // Leases and beliefs may last for a while; somebody new has to be counted.
      for (const [index] of nodes.entries()) {
        const [player] = await newPlayers(1);
        assert(player !== undefined);
        await askInTime(index, player);
      }
      assert.equal(countOf('is away'), nodes.length);
      assert.equal(countOf('is back'), 0);
      await house.assertSound();
    });

    it('X10: each node goes on limiting by itself', async () => {
      await approveSettings(house.owner, usualRates);
      await house.settings.refresh();
      for (const node of nodes) {
        const [player] = await newPlayers(1);
        const statuses = new Map<number, number>();
        for (let index = 0; index < 103; index++) {
          const { status } = await node.get('/wallet', player?.cookie ?? '');
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
        assert.deepEqual(
          [...statuses],
          [
            [200, 100],
            [429, 3],
          ],
        );
      }
      await approveSettings(house.owner, unlimitedRates);
      await house.settings.refresh();
    });

    it('a session that ended is over within a second on both nodes, though no message comes', assertRevoked);
  });
}

/** Ends a session in the database alone; what is asked a second later or more is refused. */
async function assertRevoked(): Promise<void> {
  const [player] = await newPlayers(1);
  assert(player !== undefined);
  // Nothing is left to write down of this session: nodes share it.
  await house.owner.query("UPDATE session SET place = '127.0.0' WHERE player_id = $1", [player.playerId]);
  for (const node of nodes) assert.equal((await node.get('/wallet', player.cookie)).status, 200);
  await house.owner.query('UPDATE session SET ended_at = clock_timestamp() WHERE player_id = $1', [
    player.playerId,
  ]);
  const endedAtMs = performance.now();
  for (const node of nodes) {
    for (let isOver = false; !isOver; ) {
      const askedAfterMs = performance.now() - endedAtMs;
      const { status } = await node.get('/wallet', player.cookie);
      isOver = status === 401;
      assert(isOver || askedAfterMs < 1_000, `${status} after ${askedAfterMs} ms`);
    }
  }
}

describe('Redis flushed', () => {
  it('hangs no request and fails none; windows begin anew', async () => {
    lines.length = 0;
    await askThrough(async () => {
      for (let times = 0; times < 20; times++) await redis.client.flushall();
    });
    assert.deepEqual(lines, []);
    await house.assertSound();
  });
});

describe('Redis well', () => {
  it('X10: two nodes in turns let 100 requests of an account through', async () => {
    await approveSettings(house.owner, usualRates);
    await house.settings.refresh();
    const [player] = await newPlayers(1);
    const statuses: number[] = [];
    for (let index = 0; index < 104; index++)
      statuses.push((await nodeOf(index).get('/wallet', player?.cookie ?? '')).status);
    assert.deepEqual(
      statuses.slice(0, 100),
      Array.from({ length: 100 }, () => 200),
    );
    assert.deepEqual(statuses.slice(100), [429, 429, 429, 429]);
    await approveSettings(house.owner, unlimitedRates);
    await house.settings.refresh();
  });

  it('a session that ended is over within a second, though no message comes', assertRevoked);

  it('is not reached with a wrong password: the house opens all the same, and no log repeats it', async () => {
    lines.length = 0;
    const url = redis.url.replace('redis://', 'redis://default:hidden-password@');
    await redis.client.config('SET', 'requirepass', 'the-right-one');
    const memory = await openRedisMemory({ url, log, version: 'test' });
    const [grant] = await memory.counts.take([{ key: 'x', ceiling: 5, windowMs: 1_000, wanted: 9 }]);
    assert.equal(grant?.granted, 5);
    assert.equal(countOf('is away'), 1);
    await memory.close();
    await redis.client.config('SET', 'requirepass', '');
    assert.doesNotMatch(lines.join(), /hidden-password/);
  });
});
