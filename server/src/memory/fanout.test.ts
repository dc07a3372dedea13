import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fixedSettings } from '../settings/open-settings.ts';
import { shareSettings } from '../settings/share-settings.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import { type SeededPlayer, seedMarkets, seedPlayers } from '../testing/seed.ts';
import { openEmbeddedMemory } from './embedded-memory.ts';
import type { SharedMemory } from './shared-memory.ts';

describe('what one node tells the others', () => {
  let house: House;
  let memory: SharedMemory;
  /** Another node with a shared memory of its own. Its clock stands still: it believes what it knows for ever. */
  let other: TestNode;
  before(async () => {
    house = await openHouse();
    memory = await openEmbeddedMemory({
      db: house.db,
      connectionString: house.database.appUrl,
      log: house.deps.log,
      patienceMs: 30_000,
    });
    other = await openNode(house, { memory });
  });
  after(async () => {
    await other.close();
    await memory.close();
    await house.close();
  });
  const newPlayer = async (): Promise<SeededPlayer> => {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 100_000 });
    assert(player !== undefined);
    return player;
  };

  it('a session that was ended on one node is refused by the other, without waiting for its second', async () => {
    const player = await newPlayer();
    const ask = async () => (await other.get('/wallet', player.cookie)).status;
    assert.equal(await ask(), 200);
    const heard = Promise.withResolvers<unknown>();
    const end = memory.subscribe('sessions-changed', heard.resolve);
    assert.equal((await house.get('/wallet', player.cookie)).status, 200);
    const ended = await house.post('/sessions/end', player.cookie, {});
    assert(ended.status < 300, JSON.stringify(ended.body));
    assert.deepEqual(await heard.promise, { playerId: player.playerId });
    assert.equal(await ask(), 401);
    end();
  });

  it('a bet on one node changes the pages of the other', async () => {
    const player = await newPlayer();
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const heard = Promise.withResolvers<number>();
    const end = memory.subscribe('bout-changed', heard.resolve);
    assert.equal((await place(house, player, market.marketId, { side: 'A', stakeXof: 1_000 })).status, 201);
    assert.equal(await heard.promise, market.boutId);
    end();
  });

  it('a setting that was changed on one node is read at once by the other', async () => {
    const read = Promise.withResolvers<void>();
    const { log } = house.deps;
    const there = shareSettings({
      settings: { ...fixedSettings, refresh: async () => read.resolve() },
      memory,
      log,
    });
    const here = shareSettings({ settings: house.settings, memory: house.memory, log });
    await here.refresh();
    await read.promise;
    here.close();
    there.close();
  });

  it('goes on after the connection that listens was cut', async () => {
    await house.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'mbayar-listen' AND datname = current_database()`,
    );
    const heard = Promise.withResolvers<void>();
    const end = memory.subscribe('bout-changed', () => heard.resolve());
    // What is said while nobody listens is lost, and found by the next look; so it is said until it is heard.
    const again = setInterval(() => house.memory.publish('bout-changed', 1), 50);
    await heard.promise;
    clearInterval(again);
    end();
  });
});
