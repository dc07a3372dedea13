/** What stakes are made of and how much of them the house takes in all: bonus money, and limits on everybody together. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { xof } from '#core/money.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, availableXof, cancel, command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({
    settings: {
      totalMarketMaxXof: xof(60_000),
      totalGalaMaxXof: xof(90_000),
      totalHouseMaxXof: xof(2_000_000),
    },
  });
  staff = (await seedStaff(house.owner, 2)) as unknown as readonly [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function bonusXof(player: SeededPlayer): Promise<number> {
  const [row] = await house.owner.query<{ amount: number }>(
    `SELECT b.amount_xof AS amount FROM player p JOIN ledger.balance b ON b.account_id = p.bonus_account_id WHERE p.id = $1`,
    [player.playerId],
  );
  return row?.amount ?? 0;
}

/** Two players with 20 000 F, the first with 3 000 F of bonus money. */
async function table() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [ada, bouba] = (await seedPlayers(house.owner, { count: 2, availableXof: 20_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  assert(market !== undefined);
  await seedBonus(house.owner, ada.playerId, 3_000);
  return { ...market, ada, bouba };
}

async function end(marketId: number, boutId: number, result: object): Promise<void> {
  const [one, two] = staff;
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
  const proposed = await command(house, one, `/bouts/${boutId}/result`, {
    source: 'procès-verbal',
    ...result,
  });
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
  const { resultId } = proposed.body;
  assert.equal((await command(house, two, `/bouts/${boutId}/result/confirm`, { resultId })).status, 200);
  await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);
}

test('bonus money is staked first; a void gives each part back to where it came from', async () => {
  const { marketId, boutId, ada, bouba } = await table();
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 5_000 });
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [18_000, 0]);
  assert.equal((await accept(house, bouba, marketId, offer.body.offerId, { stakeXof: 2_000 })).status, 201);
  // The duel of 2 000 F is all bonus money, and 1 000 F of it are left in the open part.
  await cancel(house, ada, marketId, offer.body.offerId);
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [20_000, 1_000]);
  await end(marketId, boutId, { ending: 'draw' });
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [20_000, 3_000]);
  assert.equal(await availableXof(house, bouba), 20_000);
});

test('what is won with bonus money is real money', async () => {
  const { marketId, boutId, ada, bouba } = await table();
  await place(house, bouba, marketId, { side: 'B', stakeXof: 3_000 });
  const taken = await place(house, ada, marketId, { side: 'A', stakeXof: 3_000 });
  assert.equal(taken.body.bets.length, 1);
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [20_000, 0]);
  await end(marketId, boutId, { ending: 'fall', winnerSide: 'A' });
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [24_560, 0]);
});

test('bonus money at the close comes back as bonus money; it never enters a private offer', async () => {
  const { marketId, boutId, ada } = await table();
  const hidden = await place(house, ada, marketId, { side: 'A', stakeXof: 20_000, byLink: true });
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [0, 3_000]);
  const more = await place(house, ada, marketId, { side: 'A', stakeXof: 1_000, byLink: true });
  assert.deepEqual([more.body.code, more.body.params], ['insufficient_funds', { missingXof: 1_000 }]);
  assert.equal(
    (await place(house, ada, marketId, { side: 'A', stakeXof: 2_500, askXof: 2_500 })).status,
    201,
  );
  assert.equal(await bonusXof(ada), 500);
  await end(marketId, boutId, { ending: 'cancelled' });
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [20_000, 3_000]);
  assert.equal(hidden.status, 201);
});

test('200 parallel bets of everybody together stay within the limit of the market, to the franc', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const players = await seedPlayers(house.owner, { count: 200, availableXof: 5_000 });
  const answers = await Promise.all(
    players.map((player, at) =>
      place(house, player, market.marketId, { side: at % 2 === 0 ? 'A' : 'B', stakeXof: 1_000 }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 60);
  const refused = answers.filter(({ status }) => status !== 201);
  assert.deepEqual([...new Set(refused.map(({ body }) => body.code))], ['limit_total_market']);
  const { until, ...params } = refused[0]?.body.params ?? {};
  assert.deepEqual(params, { limitXof: 60_000, leftXof: 0 });
  assert.ok(Date.parse(until) > Date.now(), until);
  const [row] = await house.owner.query<{ staked: number }>(
    'SELECT staked_xof AS staked FROM market WHERE id = $1',
    [market.marketId],
  );
  assert.equal(row?.staked, 60_000);
});

test('the limit of the gala holds over its markets, bets of several at once; what comes back makes room', async () => {
  const markets = await seedMarkets(house.owner, { count: 3 });
  const players = await seedPlayers(house.owner, { count: 120, availableXof: 5_000 });
  const answers = await Promise.all(
    players.map((player, at) =>
      place(house, player, markets[at % 3]?.marketId ?? 0, { side: 'A', stakeXof: 1_000 }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 90);
  const codes = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
  assert.deepEqual([...new Set(codes)], ['limit_total_gala']);
  const at = answers.findIndex(({ status }) => status === 201);
  const [player, answer] = [players[at], answers[at]];
  assert(player !== undefined && answer !== undefined);
  await cancel(house, player, answer.body.marketId, answer.body.offerId);
  const other = markets[0]?.marketId ?? 0;
  assert.equal((await place(house, player, other, { side: 'A', stakeXof: 1_000 })).status, 201);
  assert.equal(
    (await place(house, player, other, { side: 'A', stakeXof: 1_000 })).body.code,
    'limit_total_gala',
  );
});
