/** What the house holds in all has a limit of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xof } from '#core/money.ts';
import { place } from '../testing/bets.ts';
import { openHouse } from '../testing/house.ts';
import { seedMarkets, seedPlayers } from '../testing/seed.ts';

test('what is not settled yet stays within the limit of the house, over galas, test money apart', async () => {
  const house = await openHouse({ settings: { totalHouseMaxXof: xof(20_000) } });
  try {
    const [one] = await seedMarkets(house.owner, { count: 1 });
    const [two] = await seedMarkets(house.owner, { count: 1 });
    const [real] = await seedMarkets(house.owner, { count: 1, isTest: false });
    const players = await seedPlayers(house.owner, { count: 40, availableXof: 5_000 });
    const answers = await Promise.all(
      players.map((player, at) =>
        place(house, player, (at % 2 === 0 ? one : two)?.marketId ?? 0, { side: 'A', stakeXof: 1_000 }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 20);
    const codes = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
    assert.deepEqual([...new Set(codes)], ['limit_total_house']);
    const [rich] = await seedPlayers(house.owner, { count: 1, availableXof: 5_000, isTest: false });
    assert(rich !== undefined && real !== undefined);
    assert.equal((await place(house, rich, real.marketId, { side: 'A', stakeXof: 1_000 })).status, 201);
    await house.assertSound();
  } finally {
    await house.close();
  }
});
