import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openLog } from '../log.ts';
import { openRedisMemory } from '../memory/redis-memory.ts';
import type { SharedMemory } from '../memory/shared-memory.ts';
import { type RedisProcess, startRedis } from '../testing/redis-process.ts';
import type { SessionRow } from './queries.ts';
import { shareSessions } from './share-sessions.ts';

/** Long enough for the busiest machine; what counts from when is told by the row's age. */
const believedMs = 60_000;
const key = randomBytes(32).toString('hex');

describe('what nodes share of sessions', () => {
  let redis: RedisProcess;
  let memory: SharedMemory;
  before(async () => {
    redis = await startRedis();
    memory = await openRedisMemory({
      url: redis.url,
      log: openLog('silent'),
      version: 'test',
      patienceMs: 30_000,
    });
  });
  after(async () => {
    await memory.close();
    await redis.stop();
  });

  const rowOf = (tokenHash: Buffer): SessionRow => ({
    tokenHash,
    playerId: 'p',
    pseudonym: 'Awa',
    accountId: 1,
    isTest: true,
    staffId: null,
    staffName: null,
    role: null,
    sessionId: 's',
    deviceId: null,
    isSteppedUp: false,
    isReplayed: false,
    isRotationDue: false,
    isProgram: false,
    isUseDue: false,
    place: null,
  });
  /** A node that counts how often it asked the database, which says `change` of each session. */
  const openNode = (change: Partial<SessionRow> = {}, signingKey = key) => {
    const asked: number[] = [];
    const find = async (hashes: readonly Buffer[]) => {
      asked.push(hashes.length);
      return hashes.map((hash) => ({ ...rowOf(hash), ...change }));
    };
    return { asked, find: shareSessions({ find, beliefs: memory.beliefs, keys: [signingKey], believedMs }) };
  };
  /** What is kept goes out without anybody waiting for it; what is asked after it comes after it. */
  const nameOf = (hash: Buffer) => `mbayar:belief:test:session:${hash.toString('base64url')}`;

  it('one asks, the other is served, with the age of the answer', async () => {
    const hashes = [randomBytes(32), randomBytes(32)];
    const [here, there] = [openNode(), openNode()];
    assert.equal((await here.find(hashes, believedMs)).length, 2);
    const rows = await there.find(hashes, believedMs);
    assert.deepEqual(there.asked, []);
    assert.deepEqual(
      rows.map(({ ageMs, ...row }) => [row, (ageMs ?? -1) >= 0]),
      [
        [rowOf(hashes[0] as Buffer), true],
        [rowOf(hashes[1] as Buffer), true],
      ],
    );
  });

  it('what was asked for before a change that this node knows serves no more', async () => {
    const hash = randomBytes(32);
    await openNode().find([hash], believedMs);
    const there = openNode();
    await there.find([hash], 0);
    assert.deepEqual(there.asked, [1]);
  });

  it('a session with something to do about it is not kept', async () => {
    for (const change of [{ isReplayed: true }, { isRotationDue: true }, { isUseDue: true }]) {
      const hash = randomBytes(32);
      await openNode(change).find([hash], believedMs);
      const there = openNode();
      await there.find([hash], believedMs);
      assert.deepEqual(there.asked, [1], JSON.stringify(change));
    }
  });

  it('what somebody else wrote, or wrote for another session, opens nothing', async () => {
    const [mine, stolen] = [randomBytes(32), randomBytes(32)];
    await openNode({}, 'another key').find([mine], believedMs);
    const there = openNode();
    await there.find([mine], believedMs);
    assert.deepEqual(there.asked, [1]);
    await redis.client.set(nameOf(stolen), (await redis.client.get(nameOf(mine))) ?? '', 'PX', believedMs);
    await there.find([stolen], believedMs);
    assert.deepEqual(there.asked, [1, 1]);
  });

  it('what Redis does late is over when it is done', async () => {
    const { beliefs } = memory;
    const { since } = (await beliefs?.recall(['late'])) ?? { since: null };
    assert(since !== null);
    const keep = (key: string, forMs: number) => beliefs?.keep(since, [{ key, value: 'x', forMs }]);
    keep('late', -1);
    keep('in time', believedMs);
    const recalled = await beliefs?.recall(['late', 'in time']);
    assert.deepEqual(
      recalled?.beliefs.map((belief) => belief?.value),
      [undefined, 'x'],
    );
    assert((recalled?.beliefs[1]?.leftMs ?? 0) <= believedMs);
  });
});
