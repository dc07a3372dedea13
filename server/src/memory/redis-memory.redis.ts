/** The same contract on a real redis-server, and what a Redis in trouble costs. `npm run redis`. */
import { after, before } from 'node:test';
import { openLog } from '../log.ts';
import { describeMemory } from '../testing/memory-contract.ts';
import { type RedisProcess, startRedis } from '../testing/redis-process.ts';
import { openRedisMemory } from './redis-memory.ts';

let redis: RedisProcess;
before(async () => {
  redis = await startRedis();
});
after(() => redis.stop());

describeMemory('Redis', {
  openNode: () =>
    openRedisMemory({ url: redis.url, log: openLog('silent'), version: 'test', patienceMs: 30_000 }),
  endWindow: async (key) => {
    await redis.client.pexpire(`mbayar:count:${key}`, 0);
  },
});
