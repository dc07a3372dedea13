/** What every shared memory does alike. `openNode` opens one node's view of the same store. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { leaseOf } from '../memory/shared-counts.ts';
import type { SharedMemory } from '../memory/shared-memory.ts';

export function describeMemory(
  name: string,
  ground: { openNode(): Promise<SharedMemory>; endWindow(key: string): Promise<void> },
): void {
  describe(`shared memory: ${name}`, () => {
    let here: SharedMemory;
    let there: SharedMemory;
    before(async () => {
      here = await ground.openNode();
      there = await ground.openNode();
    });
    after(() => Promise.all([here.close(), there.close()]));

    const ask = (key: string, wanted = 1, ceiling = 100) => ({ key, ceiling, windowMs: 60_000, wanted });

    it('counts of two nodes together never exceed the ceiling, and reach it', async () => {
      const key = randomUUID();
      let granted = 0;
      for (let turn = 0; turn < 100; turn++) {
        const [grant] = await (turn % 2 === 0 ? here : there).counts.take([ask(key)]);
        granted += grant?.granted ?? 0;
        assert(granted <= 100);
      }
      assert.equal(granted, 100);
    });

    it('grants what is wanted and a twentieth of what remains, then what is left, then nothing', async () => {
      const key = randomUUID();
      let left = 100;
      for (const wanted of [1, 3, 50, 60, 1]) {
        const [grant] = await here.counts.take([ask(key, wanted)]);
        assert.equal(grant?.granted, leaseOf(left, wanted));
        assert(grant.endsInMs > 0 && grant.endsInMs <= 60_000, String(grant.endsInMs));
        left -= grant.granted;
      }
      assert.equal(left, 0);
    });

    it('never exceeds it when both ask for many keys at once', async () => {
      const keys = Array.from({ length: 50 }, () => randomUUID());
      const asks = Array.from({ length: 40 }, (_, index) => {
        const order = index % 2 === 0 ? keys : keys.toReversed();
        return (index % 2 === 0 ? here : there).counts.take(order.map((key) => ask(key, 1, 30)));
      });
      const granted = new Map<string, number>();
      for (const [index, grants] of (await Promise.all(asks)).entries()) {
        const order = index % 2 === 0 ? keys : keys.toReversed();
        for (const [place, key] of order.entries())
          granted.set(key, (granted.get(key) ?? 0) + (grants[place]?.granted ?? 0));
      }
      assert.deepEqual(new Set(granted.values()), new Set([30]));
    });

    it('follows a ceiling that moves within the window', async () => {
      const key = randomUUID();
      const take = async (wanted: number, ceiling: number) =>
        (await there.counts.take([ask(key, wanted, ceiling)]))[0]?.granted;
      assert.equal(await take(10, 10), 10);
      assert.equal(await take(1, 5), 0);
      assert.equal(await take(4, 12), 2);
      assert.equal(await take(0, 12), 0);
    });

    it('begins a new window when one has ended', async () => {
      const key = randomUUID();
      await here.counts.take([ask(key, 5, 5)]);
      assert.equal((await there.counts.take([ask(key, 1, 5)]))[0]?.granted, 0);
      await ground.endWindow(key);
      assert.equal((await there.counts.take([ask(key, 1, 5)]))[0]?.granted, 1);
    });

    it('tells every node, itself at once, and each once', async () => {
      const heard: string[] = [];
      const arrived = Promise.withResolvers<void>();
      const playerId = randomUUID();
      const ends = [
        here.subscribe('sessions-changed', (message) => heard.push(`here ${JSON.stringify(message)}`)),
        there.subscribe('sessions-changed', (message) => heard.push(`there ${JSON.stringify(message)}`)),
        there.subscribe('bout-changed', (boutId) => {
          heard.push(`there ${boutId}`);
          arrived.resolve();
        }),
      ];
      here.publish('sessions-changed', { playerId });
      assert.deepEqual(heard, [`here ${JSON.stringify({ playerId })}`]);
      here.publish('bout-changed', 12);
      here.publish('bout-changed', 12);
      await arrived.promise;
      assert.deepEqual(heard.slice(1), [`there ${JSON.stringify({ playerId })}`, 'there 12']);
      for (const end of ends) end();
    });
  });
}
