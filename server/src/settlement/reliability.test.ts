/** Accidents and tricks around results and payments that the list of reliability names: L15, L16, L18, L21, L23. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accept, availableXof, cancel, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  assertRefused,
  balancesOf,
  close,
  confirmResult,
  correct,
  decide,
  duel,
  heldXof,
  proposeCorrection,
  proposeResult,
  settle,
} from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { sealMarket } from './seal-market.ts';
import { settleMarket } from './settle-market.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const two = async (availableXof: number) =>
  (await seedPlayers(house.owner, { count: 2, availableXof })) as [SeededPlayer, SeededPlayer];
const oneMarket = async () => (await seedMarkets(house.owner, { count: 1 }))[0] as SeededMarket;
const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

test('L15: the same result entered by two people at once is one proposal, one settlement, one payment', async () => {
  const market = await oneMarket();
  const players = await two(10_000);
  await duel(house, market.marketId, players);
  await close(house, staff[0], [market.marketId]);
  const verdict = { ending: 'fall', winnerSide: 'A' };
  const proposals = await Promise.all(staff.map((one) => proposeResult(house, one, market.boutId, verdict)));
  assert.deepEqual(statusesOf(proposals), [201, 409]);
  assertRefused(
    proposals.find(({ status }) => status === 409) ?? assert.fail(),
    409,
    'result_already_proposed',
  );
  const [first, second] = proposals[0]?.status === 201 ? staff : [staff[1], staff[0]];
  const { resultId } = (proposals.find(({ status }) => status === 201) ?? assert.fail()).body;
  assertRefused(await confirmResult(house, first, market.boutId, resultId), 403, 'same_person');
  const confirmations = await Promise.all(
    Array.from({ length: 10 }, () => confirmResult(house, second, market.boutId, resultId)),
  );
  assert.equal(confirmations.filter(({ status }) => status === 200).length, 1);
  await Promise.all([settle(house, market.marketId), settle(house, market.marketId)]);
  assertRefused(await proposeResult(house, first, market.boutId, verdict), 409, 'result_already_confirmed');
  assert.deepEqual(await balancesOf(house, players), [15_200, 0]);
  const settlements = await house.owner.query('SELECT FROM settlement WHERE market_id = $1', [
    market.marketId,
  ]);
  assert.equal(settlements.length, 1);
});

test('L16: result A corrected to B: nothing is rewritten, both read both, and no balance goes below zero', async () => {
  const market = await oneMarket();
  const players = await two(10_000);
  const { betId } = await duel(house, market.marketId, players);
  await close(house, staff[0], [market.marketId]);
  await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, market.marketId);
  const postings = () =>
    house.owner.query(
      'SELECT * FROM ledger.posting p WHERE $1 IN (p.debit_account_id, p.credit_account_id) ORDER BY 1, 2',
      [players[0].accountId],
    );
  const before = await postings();
  await correct(house, staff, market.boutId, { ending: 'fall', winnerSide: 'B' });
  await settle(house, market.marketId);
  assert.deepEqual(await balancesOf(house, players), [0, 15_200]);
  const after = await postings();
  assert.equal(after.length, before.length + 1, 'one new entry takes the difference');
  for (const entry of before) assert.ok(after.some((kept) => JSON.stringify(kept) === JSON.stringify(entry)));
  for (const player of players) {
    const { steps } = (await house.get(`/bets/${betId}/story`, player.cookie)).body;
    const versions = steps.filter(({ kind }: { kind: string }) => kind === 'paid');
    assert.deepEqual(
      versions.map(({ version }: { version: number }) => version),
      [1, 2],
    );
  }
});

test('L18: a market that is annulled while it is half paid gives every stake back exactly once', async () => {
  const market = await oneMarket();
  const makers = await seedPlayers(house.owner, { count: 20, availableXof: 30_000 });
  const [taker] = await two(600_000);
  // 520 small duels: more than one chunk of payments.
  await Promise.all(
    Array.from({ length: 520 }, (_, bet) =>
      place(house, makers[bet % 20] as SeededPlayer, market.marketId, { side: 'A', stakeXof: 1_000 }),
    ),
  );
  for (const stakeXof of [500_000, 20_000])
    assert.equal(
      (await place(house, taker, market.marketId, { side: 'B', stakeXof })).body.filledXof,
      stakeXof,
    );
  await close(house, staff[0], [market.marketId]);
  await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: 'B' });
  const dies = () => {
    throw new Error('killed');
  };
  const half = settleMarket({ db: house.db, jobs: house.jobs, onProgress: dies }, market.marketId);
  await assert.rejects(half, /killed/);
  assert.ok((await heldXof(house, 'market_escrow', String(market.marketId))) > 0, 'it is half paid');
  const annulled = { ending: 'fall', winnerSide: 'B', voidMarketIds: [market.marketId] };
  const { resultId } = (await proposeCorrection(house, staff[0], market.boutId, annulled)).body;
  const confirm = () => confirmResult(house, staff[1], market.boutId, resultId);
  assertRefused(await confirm(), 409, 'settlement_running');
  await settle(house, market.marketId);
  assert.equal((await confirm()).status, 200);
  await Promise.all([settle(house, market.marketId), settle(house, market.marketId)]);
  await settle(house, market.marketId);
  assert.deepEqual(new Set(await balancesOf(house, makers)), new Set([30_000]));
  assert.equal(await availableXof(house, taker), 600_000);
  assert.equal(await heldXof(house, 'market_escrow', String(market.marketId)), 0);
});

test('L21: no instant of a client’s counts: unknown fields are refused, headers ignored, the database’s clock is stored', async () => {
  const market = await oneMarket();
  const [player] = await two(50_000);
  const terms = { side: 'A', stakeXof: 1_000 } as const;
  for (const field of ['placedAt', 'madeAt', 'at', 'now'])
    assertRefused(
      await place(house, player, market.marketId, { ...terms, [field]: '2020-01-01T00:00:00.000Z' }),
      400,
      'request_invalid',
    );
  assertRefused(
    await place(house, player, market.marketId, { ...terms, expiresAt: '2020-01-01T00:00:00.000Z' }),
    409,
    'expiry_passed',
  );
  const clock = async () =>
    (await house.owner.query<{ now: Date }>('SELECT clock_timestamp() AS now'))[0]?.now ?? assert.fail();
  const earlier = await clock();
  const response = await house.app.player.inject({
    method: 'POST',
    url: `/api/v1/markets/${market.marketId}/offers`,
    headers: {
      cookie: player.cookie,
      'sec-fetch-site': 'same-origin',
      date: 'Wed, 01 Jan 2020 00:00:00 GMT',
      'x-request-start': '1577836800000',
    },
    payload: { operationId: crypto.randomUUID(), ...terms, askXof: 1_000 },
  });
  assert.equal(response.statusCode, 201, response.body);
  const placedAt = new Date(response.json().placedAt);
  assert.ok(earlier <= placedAt && placedAt <= (await clock()));
});

test('L23: a stake taken back while the whistle is pressed and the result entered goes one way, never both', async () => {
  const market = await oneMarket();
  const makers = await seedPlayers(house.owner, { count: 12, availableXof: 10_000 });
  const takers = await seedPlayers(house.owner, { count: 12, availableXof: 10_000 });
  const offers: string[] = [];
  for (const maker of makers)
    offers.push((await place(house, maker, market.marketId, { side: 'A', stakeXof: 10_000 })).body.offerId);
  const enterResult = async () => {
    assert.equal((await whistle(house, staff[0], market.marketId)).status, 200);
    await sealMarket(house.db, market.marketId);
    const decided = await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: 'A' });
    assert.equal(decided.status, 200, JSON.stringify(decided.body));
    await settle(house, market.marketId);
  };
  const [backs, taken] = await Promise.all([
    Promise.all(makers.map((maker, index) => cancel(house, maker, market.marketId, offers[index] ?? ''))),
    Promise.all(
      takers.map((taker, index) =>
        accept(house, taker, market.marketId, offers[index] ?? '', { stakeXof: 10_000 }),
      ),
    ),
    enterResult(),
  ]);
  for (const [index, back] of backs.entries()) {
    const wasTaken = taken[index]?.status === 201;
    assert.ok(!(back.status === 200 && wasTaken), 'taken back, or bet: not both');
    const expected = wasTaken ? [15_200, 0] : [10_000, 10_000];
    const [maker, taker] = [makers[index] as SeededPlayer, takers[index] as SeededPlayer];
    assert.deepEqual(await balancesOf(house, [maker, taker]), expected);
  }
});
