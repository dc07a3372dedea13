import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededMarket, seedMarkets, seedPlayers } from '../testing/seed.ts';
import { openCatalogue } from './catalogue.ts';

describe('the hot catalogue', () => {
  /** Numbers its answers, and waits for the gate. */
  const openSource = () => {
    const gate = Promise.withResolvers<void>();
    let asked = 0;
    const load = async () => {
      asked += 1;
      const answer = { answer: asked };
      await gate.promise;
      return answer;
    };
    return { gate, load, asked: () => asked };
  };

  it('asks once for all who ask at the same time, and again when the time is over', async () => {
    let nowMs = 0;
    const catalogue = openCatalogue(null, () => nowMs);
    const source = openSource();
    const all = Array.from({ length: 100 }, () => catalogue.recall('galas', 1_000, source.load));
    source.gate.resolve();
    assert.deepEqual(new Set((await Promise.all(all)).map(({ answer }) => answer)), new Set([1]));
    nowMs = 999;
    assert.equal((await catalogue.recall('galas', 1_000, source.load)).answer, 1);
    assert.equal((await catalogue.recall('other', 1_000, source.load)).answer, 2);
    nowMs = 1_000;
    assert.equal((await catalogue.recall('galas', 1_000, source.load)).answer, 3);
  });

  it('counts the time from before the question, and keeps no failure', async () => {
    let nowMs = 0;
    const catalogue = openCatalogue(null, () => nowMs);
    const slow = openSource();
    const first = catalogue.recall('slow', 1_000, slow.load);
    nowMs = 1_000;
    const second = catalogue.recall('slow', 1_000, slow.load);
    slow.gate.resolve();
    assert.deepEqual([(await first).answer, (await second).answer], [1, 2]);
    await assert.rejects(catalogue.recall('broken', 1_000, () => Promise.reject(new Error('away'))));
    assert.deepEqual(await catalogue.recall('broken', 1_000, async () => ({ is: 'back' })), { is: 'back' });
  });
});

describe('the hot catalogue in the house', () => {
  let house: House;
  let hidden: SeededMarket;
  let shown: SeededMarket;
  before(async () => {
    house = await openHouse({ keepsCatalogue: true, pages: await loadPageBundles() });
    [hidden] = (await seedMarkets(house.owner, { count: 1, visibility: 'hidden' })) as [SeededMarket];
    [shown] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  });
  after(() => house.close());

  it('shows a visitor nothing hidden after a player who may see it has looked, and the other way round', async () => {
    const [tester] = await seedPlayers(house.owner, { count: 1, availableXof: 1_000 });
    const [real] = await seedPlayers(house.owner, { count: 1, availableXof: 1_000, isTest: false });
    for (const cookie of [tester?.cookie, undefined, real?.cookie, tester?.cookie, undefined]) {
      const bout = await house.get(`/bouts/${hidden.boutId}`, cookie);
      assert.equal(bout.status, cookie === tester?.cookie ? 200 : 404);
      const gala = await house.get(`/galas/${hidden.galaId}`, cookie);
      assert.equal(gala.status, bout.status);
      const open = await house.get(`/galas/${shown.galaId}`, cookie);
      assert.equal(open.status, cookie === real?.cookie ? 404 : 200);
    }
  });

  it('shows a player his own balance and bets, and a visitor none of them', async () => {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 43_000 });
    const path = `/combats/${shown.boutId}`;
    const visitor = new Reader(house.app.player);
    await visitor.open(path);
    const own = await new Reader(house.app.player, player?.cookie).open(path);
    assert.match(own.text, /43 000/);
    const again = await visitor.open(path);
    assert.equal(again.status, 200);
    assert.doesNotMatch(again.text, /43 000/);
    assert(!again.text.includes(player?.pseudonym ?? ''));
  });
});
