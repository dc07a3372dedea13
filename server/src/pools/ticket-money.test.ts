/** What tickets are paid with, and how much of them the house takes in all. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { xof } from '#core/money.ts';
import { availableXof, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import {
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { settlePool } from './settle-pool.ts';

let house: House;
let operator: SeededStaff;
before(async () => {
  const totals = { totalMarketMaxXof: xof(30_000), totalGalaMaxXof: xof(50_000) };
  house = await openHouse({ settings: { ...unlimitedRates, ...totals, totalHouseMaxXof: xof(500_000) } });
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function bonusXof({ playerId }: SeededPlayer): Promise<number> {
  const [row] = await house.owner.query<{ amount: number }>(
    `SELECT b.amount_xof AS amount FROM player p JOIN ledger.balance b ON b.account_id = p.bonus_account_id
     WHERE p.id = $1`,
    [playerId],
  );
  return row?.amount ?? 0;
}

/** A pool on who wins, and two players with 20 000 F, the first with 3 000 F of bonus money. */
async function table() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [ada, bouba] = await seedPlayers(house.owner, { count: 2, availableXof: 20_000 });
  assert(market !== undefined && ada !== undefined && bouba !== undefined);
  await seedBonus(house.owner, ada.playerId, 3_000);
  const poolId = await openTestPool(house, operator.cookie, market.galaId, [{ boutId: market.boutId }]);
  return { ...market, poolId, ada, bouba };
}

async function end(poolId: number, boutId: number, ending: string, side: string | null): Promise<void> {
  await house.owner.query(
    `UPDATE pool SET state = 'closed', closed_at = clock_timestamp(), close_cause = 'whistle' WHERE id = $1`,
    [poolId],
  );
  await house.owner.query(
    `INSERT INTO result (id, bout_id, version, ending, winner_side, source, proposed_by, confirmed_by, confirmed_at)
     SELECT gen_random_uuid(), $1, 1, $2, $3, 'Feuille', $4, s.id, clock_timestamp()
     FROM staff s WHERE s.id <> $4 LIMIT 1`,
    [boutId, ending, side, operator.staffId],
  );
  await settlePool({ db: house.db, jobs: house.jobs }, poolId);
}

test('bonus money buys first; a refund gives each part back to where it came from', async () => {
  const { poolId, boutId, ada, bouba } = await table();
  assert.equal((await buy(house, ada, poolId, 'A', 2_000)).status, 201);
  assert.equal((await buy(house, ada, poolId, 'A', 2_000)).status, 201);
  await buy(house, bouba, poolId, 'B', 1_000);
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [19_000, 0]);
  const stakes = await house.owner.query<{ bonus: number }>(
    'SELECT bonus_xof AS bonus FROM pool_ticket WHERE pool_id = $1 ORDER BY seq',
    [poolId],
  );
  assert.deepEqual(
    stakes.map(({ bonus }) => bonus),
    [2_000, 1_000, 0],
  );
  await end(poolId, boutId, 'draw', null);
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [20_000, 3_000]);
  assert.equal(await availableXof(house, bouba), 20_000);
});

test('what a ticket of bonus money wins is real money; what it loses is gone', async () => {
  const { poolId, boutId, ada, bouba } = await table();
  await buy(house, ada, poolId, 'A', 1_000);
  await buy(house, ada, poolId, 'B', 2_000);
  await buy(house, bouba, poolId, 'B', 1_000);
  await end(poolId, boutId, 'fall', 'A');
  // 4 000 less 10 %, all to her ticket of 1 000; the tax is a fifth of what is paid.
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [22_880, 0]);
});

test('bonus money counts for what a ticket may cost, and parallel tickets spend it once', async () => {
  const { poolId, ada } = await table();
  const dear = await buy(house, ada, poolId, 'A', 23_001);
  assert.deepEqual([dear.body.code, dear.body.params], ['insufficient_funds', { missingXof: 1 }]);
  const answers = await Promise.all(Array.from({ length: 30 }, () => buy(house, ada, poolId, 'A', 1_000)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 23);
  assert.deepEqual([await availableXof(house, ada), await bonusXof(ada)], [0, 0]);
});

test('200 parallel tickets of everybody together stay within the limit of the pool, to the franc', async () => {
  const { poolId } = await table();
  const players = await seedPlayers(house.owner, { count: 200, availableXof: 5_000 });
  const answers = await Promise.all(
    players.map((player, at) => buy(house, player, poolId, at % 2 === 0 ? 'A' : 'B', 1_000)),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 30);
  const refused = answers.filter(({ status }) => status !== 201);
  assert.deepEqual([...new Set(refused.map(({ body }) => body.code))], ['limit_total_market']);
  const { until, ...params } = refused[0]?.body.params ?? {};
  assert.deepEqual(params, { limitXof: 30_000, leftXof: 0 });
  assert.ok(Date.parse(until) > Date.now(), until);
});

test('tickets and duels of a gala share its limit, whichever comes first, at the same time', async () => {
  const { poolId, marketId, boutId, galaId } = await table();
  const second = await openTestPool(house, operator.cookie, galaId, [{ boutId }]);
  const players = await seedPlayers(house.owner, { count: 90, availableXof: 5_000 });
  const answers = await Promise.all(
    players.map((player, at) =>
      at % 3 === 0
        ? place(house, player, marketId, { side: 'A', stakeXof: 1_000 })
        : buy(house, player, at % 3 === 1 ? poolId : second, 'A', 1_000),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 50);
  const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
  assert.deepEqual([...new Set(refused)], ['limit_total_gala']);
  const [sum] = await house.owner.query<{ staked: number }>(
    `SELECT ((SELECT staked_xof FROM market WHERE id = $1)
       + (SELECT sum(staked_xof) FROM pool WHERE gala_id = $2))::bigint AS staked`,
    [marketId, galaId],
  );
  assert.equal(sum?.staked, 50_000);
});
