/** Offers through HTTP on a real database: each rule of placing, matching, accepting and cancelling. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { defaultRates } from '#core/settings.ts';
import { testRuleCard } from '#core/testing/rule-card.ts';
import { accept, availableXof, cancel, command, place, type Terms, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

let house: House;
let operator: SeededStaff;

before(async () => {
  house = await openHouse();
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Four = readonly [SeededPlayer, SeededPlayer, SeededPlayer, SeededPlayer];

/** A fresh open market and four players with 100 000 F each. */
async function table(
  state: 'draft' | 'open' | 'suspended' = 'open',
): Promise<{ marketId: number; boutId: number; players: Four }> {
  const [market] = await seedMarkets(house.owner, { count: 1, state });
  const players = await seedPlayers(house.owner, { count: 4, availableXof: 100_000 });
  assert(market !== undefined);
  return { ...market, players: players as unknown as Four };
}

function assertRefused(answer: Answer, status: number, code: string, params?: object): void {
  assert.equal(answer.body.code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
  assert.equal(answer.body.status, status);
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
  if (params !== undefined) assert.deepEqual(answer.body.params, params);
}

async function openParts(marketId: number): Promise<[string, number][]> {
  const rows = await house.owner.query<{ id: string; open: number }>(
    'SELECT id, open_xof AS open FROM offer WHERE market_id = $1 AND is_open ORDER BY seq',
    [marketId],
  );
  return rows.map(({ id, open }) => [id, open]);
}

test('an offer nobody crosses rests whole, and only its stake has left the balance', async () => {
  const { marketId, players } = await table();
  const [ada] = players;
  const placed = await place(house, ada, marketId, { side: 'A', stakeXof: 10_000, askXof: 5_000 });
  assert.equal(placed.status, 201);
  const { operationId, placedAt, ...rest } = placed.body;
  assert.deepEqual(rest, {
    offerId: operationId,
    marketId,
    side: 'A',
    stakeXof: 10_000,
    askXof: 5_000,
    filledXof: 0,
    openXof: 10_000,
    returnedXof: 0,
    bets: [],
  });
  assert.ok(Math.abs(Date.parse(placedAt) - Date.now()) < 60_000);
  assert.equal(await availableXof(house, ada), 90_000);
  const mine = await house.get('/offers', ada.cookie);
  assert.deepEqual(
    mine.body.offers.map((offer: { offerId: string; openXof: number }) => [offer.offerId, offer.openXof]),
    [[operationId, 10_000]],
  );
  const seen = await house.get(`/operations/${operationId}`, ada.cookie);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.body.answer, placed.body);
});

test('a new offer takes the best price first, then the oldest, each at the ratio that rested', async () => {
  const { marketId, players } = await table();
  const [ada, bigue, coumba, demba] = players;
  const rests: [SeededPlayer, Terms][] = [
    [ada, { side: 'A', stakeXof: 5_000, askXof: 5_000 }],
    [bigue, { side: 'A', stakeXof: 6_000, askXof: 3_000 }],
    [coumba, { side: 'A', stakeXof: 5_000, askXof: 5_000 }],
    [ada, { side: 'A', stakeXof: 4_000, askXof: 6_000 }],
  ];
  const ids: string[] = [];
  for (const [player, terms] of rests) ids.push((await place(house, player, marketId, terms)).body.offerId);

  const taken = await place(house, demba, marketId, { side: 'B', stakeXof: 11_000, askXof: 11_000 });
  assert.equal(taken.status, 201);
  // 3 000 against bigue's 6 000 (twice his stake), then ada's older 5 000, then 3 000 of coumba's; never 6 000 for 4 000.
  assert.deepEqual(
    taken.body.bets.map((bet: { stakeXof: number; opponentStakeXof: number; opponent: string }) => [
      bet.stakeXof,
      bet.opponentStakeXof,
      bet.opponent,
    ]),
    [
      [3_000, 6_000, bigue.pseudonym],
      [5_000, 5_000, ada.pseudonym],
      [3_000, 3_000, coumba.pseudonym],
    ],
  );
  assert.deepEqual([taken.body.filledXof, taken.body.openXof, taken.body.returnedXof], [11_000, 0, 0]);
  assert.deepEqual(await openParts(marketId), [
    [ids[2], 2_000],
    [ids[3], 4_000],
  ]);
  assert.equal(await availableXof(house, demba), 89_000);
  assert.equal(await availableXof(house, bigue), 94_000);
});

test('what is left of the stake rests at its own ratio; dust and a rest below the minimum return at once', async () => {
  const { marketId, players } = await table();
  const [ada, bigue, coumba] = players;
  await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 });
  const rests = await place(house, bigue, marketId, { side: 'B', stakeXof: 5_000 });
  assert.deepEqual([rests.body.filledXof, rests.body.openXof, rests.body.returnedXof], [2_000, 3_000, 0]);

  const second = await table();
  await place(house, ada, second.marketId, { side: 'A', stakeXof: 2_000 });
  const below = await place(house, coumba, second.marketId, { side: 'B', stakeXof: 2_900 });
  assert.deepEqual([below.body.filledXof, below.body.openXof, below.body.returnedXof], [2_000, 0, 900]);
  assert.equal(await availableXof(house, coumba), 98_000);
});

test('own offers are skipped', async () => {
  const { marketId, players } = await table();
  const [ada, bigue] = players;
  await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 });
  await place(house, bigue, marketId, { side: 'A', stakeXof: 2_000 });
  const own = await place(house, ada, marketId, { side: 'B', stakeXof: 2_000 });
  assert.deepEqual(
    own.body.bets.map((bet: { opponent: string }) => bet.opponent),
    [bigue.pseudonym],
  );
});

test('a book deeper than one read is matched to its end', async () => {
  const { marketId } = await table();
  const [rich, ...small] = await seedPlayers(house.owner, { count: 101, availableXof: 500_000 });
  assert(rich !== undefined);
  await Promise.all(small.map((player) => place(house, player, marketId, { side: 'A', stakeXof: 1_000 })));
  const sweep = await place(house, rich, marketId, { side: 'B', stakeXof: 100_000 });
  assert.equal(sweep.body.filledXof, 100_000);
  assert.equal(sweep.body.bets.length, 100);
});

test('an acceptance takes all it names, or says what is left; partial takes what there is', async () => {
  const { marketId, players } = await table();
  const [ada, bigue, coumba, demba] = players;
  const { offerId } = (await place(house, ada, marketId, { side: 'A', stakeXof: 10_000, askXof: 5_000 }))
    .body;

  const taken = await accept(house, bigue, marketId, offerId, { stakeXof: 3_000 });
  assert.equal(taken.status, 201);
  const { betId, ...bet } = taken.body.bet;
  assert.deepEqual(bet, { stakeXof: 3_000, opponentStakeXof: 6_000, netXof: 6_840, opponent: ada.pseudonym });
  assert.deepEqual([taken.body.side, taken.body.offerId], ['B', offerId]);

  assertRefused(await accept(house, coumba, marketId, offerId, { stakeXof: 5_000 }), 409, 'offer_taken', {
    leftXof: 2_000,
  });
  assert.equal(await availableXof(house, coumba), 100_000);
  const partial = await accept(house, coumba, marketId, offerId, { stakeXof: 5_000, partial: true });
  assert.deepEqual([partial.body.bet.stakeXof, partial.body.bet.opponentStakeXof], [2_000, 4_000]);
  assert.equal(await availableXof(house, coumba), 98_000);
  assertRefused(await accept(house, demba, marketId, offerId, { stakeXof: 2_000 }), 409, 'offer_gone');
  // A fill moves no balance of the player who waited.
  assert.equal(await availableXof(house, ada), 90_000);

  const shown = await house.get(`/bets/${betId}`, bigue.cookie);
  assert.deepEqual([shown.body.state, shown.body.netXof, shown.body.payoutXof], ['engaged', 6_840, null]);
});

test('a fill and what it leaves are each at least the minimum, or the whole rest', async () => {
  const { marketId, players } = await table();
  const [ada, bigue] = players;
  const three = (await place(house, ada, marketId, { side: 'A', stakeXof: 3_000 })).body.offerId;
  const small = (await place(house, ada, marketId, { side: 'A', stakeXof: 1_900 })).body.offerId;
  const cases: [string, number, number, string, object][] = [
    [three, 900, 422, 'fill_below_min', { minXof: 1_000, leftXof: 3_000 }],
    [three, 2_500, 422, 'rest_below_min', { fillXof: 2_000, leftXof: 3_000 }],
    [three, 1_050, 422, 'amount_off_ladder', { stakeXof: 1_000, askXof: 1_000 }],
    [small, 1_000, 422, 'offer_whole_only', { leftXof: 1_900 }],
  ];
  for (const [offerId, stakeXof, status, code, params] of cases) {
    assertRefused(await accept(house, bigue, marketId, offerId, { stakeXof }), status, code, params);
  }
  assert.equal(await availableXof(house, bigue), 100_000);
  assert.equal((await accept(house, bigue, marketId, small, { stakeXof: 1_900 })).status, 201);
});

test('own, unknown and foreign offers cannot be accepted', async () => {
  const { marketId, players } = await table();
  const other = await table();
  const [ada, bigue] = players;
  const { offerId } = (await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 })).body;
  assertRefused(await accept(house, ada, marketId, offerId, { stakeXof: 1_000 }), 409, 'offer_own');
  assertRefused(
    await accept(house, bigue, marketId, randomUUID(), { stakeXof: 1_000 }),
    404,
    'offer_not_found',
  );
  // Of another market: as absent as one that never was.
  assertRefused(
    await accept(house, bigue, other.marketId, offerId, { stakeXof: 1_000 }),
    404,
    'offer_not_found',
  );
});

test('a cancel gives back the open part; what is a duel stands', async () => {
  const { marketId, players } = await table();
  const [ada, bigue] = players;
  const { offerId } = (await place(house, ada, marketId, { side: 'A', stakeXof: 10_000 })).body;
  await accept(house, bigue, marketId, offerId, { stakeXof: 4_000 });
  const operationId = randomUUID();
  const taken = await cancel(house, ada, marketId, offerId, operationId);
  assert.equal(taken.status, 200);
  assert.deepEqual(taken.body, { operationId, offerId, returnedXof: 6_000 });
  assert.equal(await availableXof(house, ada), 96_000);
  assertRefused(await cancel(house, ada, marketId, offerId), 409, 'offer_nothing_open');
  // The same tap again: the same answer.
  assert.deepEqual((await cancel(house, ada, marketId, offerId, operationId)).body, taken.body);
  assert.equal(await availableXof(house, ada), 96_000);
  const stands = await house.get(`/offers/${offerId}`, ada.cookie);
  assert.deepEqual([stands.body.openXof, stands.body.filledXof, stands.body.returnedXof], [0, 4_000, 6_000]);
});

test('amounts that do not fall on the ladder are refused with the nearest that do', async () => {
  const { marketId, players } = await table();
  const [ada] = players;
  const cases: [number, number, object][] = [
    [1_001, 1_001, { stakeXof: 1_000, askXof: 1_000 }],
    [10_050, 10_000, { stakeXof: 10_000, askXof: 10_000 }],
  ];
  for (const [stakeXof, askXof, nearest] of cases) {
    const refused = await place(house, ada, marketId, { side: 'A', stakeXof, askXof });
    assertRefused(refused, 422, 'amount_off_ladder', nearest);
    const { stakeXof: stake, askXof: ask } = refused.body.params;
    assert.equal((await house.get(`/markets/${marketId}/slip?stakeXof=${stake}&askXof=${ask}`)).status, 200);
  }
});

test('limits, and asks that would make a winner lose', async () => {
  const { marketId } = await table();
  const [rich] = await seedPlayers(house.owner, { count: 1, availableXof: 2_000_000 });
  assert(rich !== undefined);
  const cases: [number, number, number, string][] = [
    [900, 1_000, 422, 'stake_below_min'],
    [1_000, 900, 422, 'ask_below_min'],
    [500_100, 500_000, 422, 'stake_above_max'],
    [500_000, 500_100, 422, 'ask_above_max'],
    [10_000, 3_000, 422, 'net_below_stake'],
    [3_000, 10_000, 422, 'net_below_stake'],
    [4_000, 1_000, 422, 'net_below_stake'],
  ];
  for (const [stakeXof, askXof, status, code] of cases) {
    assertRefused(await place(house, rich, marketId, { side: 'A', stakeXof, askXof }), status, code);
  }
  assert.equal(
    (await place(house, rich, marketId, { side: 'A', stakeXof: 3_000, askXof: 1_000 })).status,
    201,
  );
  assert.equal((await place(house, rich, marketId, { side: 'A', stakeXof: 500_000 })).status, 201);
});

test('what is no whole number of francs, no side, or no field of ours is refused before it is a command', async () => {
  const { marketId, players } = await table();
  const [ada] = players;
  const good = { operationId: randomUUID(), side: 'A', stakeXof: 1_000, askXof: 1_000 };
  const bodies: (object | string)[] = [
    ...[0, -1, 1e20, '1000', '1e3', '1,5', 0.1 + 0.2, 1_000.5, null, true, [1_000]].map((stakeXof) => ({
      ...good,
      stakeXof,
    })),
    ...[0, -1, 1e20, '1000', 0.5].map((askXof) => ({ ...good, askXof })),
    ...['NaN', 'Infinity', '01000', '1234567890123456789', '1000.0000000000000001e15'].map((amount) =>
      JSON.stringify(good).replace('1000', amount),
    ),
    { ...good, side: 'C' },
    { ...good, side: 'a' },
    { ...good, playerId: randomUUID() },
    { ...good, __proto__x: 1 },
    '{"__proto__":{"stakeXof":1}}',
    { ...good, operationId: 'x' },
    { ...good, operationId: good.operationId.toUpperCase() },
    { ...good, validUntil: 'tomorrow' },
    { operationId: good.operationId, side: 'A', stakeXof: 1_000 },
    '',
    '[]',
    'null',
    '"x"',
  ];
  for (const body of bodies) {
    const answer = await house.post(`/markets/${marketId}/offers`, ada.cookie, body);
    assertRefused(answer, 400, 'request_invalid');
  }
  for (const path of [
    '/markets/0/offers',
    '/markets/1e3/offers',
    '/markets/-1/offers',
    '/markets/x/offers',
  ]) {
    assertRefused(await house.post(path, ada.cookie, good), 400, 'request_invalid');
  }
  assertRefused(await house.post('/markets/999999/offers', ada.cookie, good), 404, 'not_found');
  assertRefused(
    await house.post(`/markets/${marketId}/offers?x=1`, ada.cookie, good),
    400,
    'request_invalid',
  );
  assert.equal(await availableXof(house, ada), 100_000);
  // None of them has used up the id.
  assert.equal((await house.post(`/markets/${marketId}/offers`, ada.cookie, good)).status, 201);
});

test('an id that the server makes for its own transfers is no operation id', async () => {
  const { marketId, players } = await table();
  const body = {
    operationId: '0f2a8c9e-1111-5222-8333-444455556666',
    side: 'A',
    stakeXof: 1_000,
    askXof: 1_000,
  };
  assertRefused(
    await house.post(`/markets/${marketId}/offers`, players[0].cookie, body),
    400,
    'request_invalid',
  );
});

test('a market in draft, suspended or closed takes no bet; only a closed one takes no cancel', async () => {
  const { players } = await table();
  const [ada, bigue] = players;
  const draft = await table('draft');
  assertRefused(
    await place(house, ada, draft.marketId, { side: 'A', stakeXof: 1_000 }),
    409,
    'market_not_open',
  );

  const { marketId } = await table();
  const first = (await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 })).body.offerId;
  const second = (await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 })).body.offerId;
  assert.equal((await command(house, operator, `/markets/${marketId}/suspend`)).body.state, 'suspended');
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }), 409, 'market_suspended');
  assertRefused(await accept(house, bigue, marketId, first, { stakeXof: 2_000 }), 409, 'market_suspended');
  assert.equal((await cancel(house, ada, marketId, first)).status, 200);

  assert.equal((await command(house, operator, `/markets/${marketId}/resume`)).body.state, 'open');
  assert.equal((await accept(house, bigue, marketId, second, { stakeXof: 1_000 })).status, 201);
  assert.equal((await whistle(house, operator, marketId)).body.state, 'closed');
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }), 409, 'market_closed');
  assertRefused(await accept(house, bigue, marketId, second, { stakeXof: 1_000 }), 409, 'market_closed');
  assertRefused(await cancel(house, ada, marketId, second), 409, 'market_closed');
});

test('past the hard stop nothing is taken, even before anybody has closed the market', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, hardStopAfterMs: -1 });
  const [ada] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
  assert(market !== undefined && ada !== undefined);
  assertRefused(
    await place(house, ada, market.marketId, { side: 'A', stakeXof: 1_000 }),
    409,
    'market_closed',
  );
});

test('a slip that has expired debits nothing', async () => {
  const { marketId, players } = await table();
  const [ada] = players;
  const terms = { side: 'A', stakeXof: 1_000, askXof: 1_000 };
  const send = (validUntil: number) =>
    house.post(`/markets/${marketId}/offers`, ada.cookie, {
      operationId: randomUUID(),
      ...terms,
      validUntil: new Date(validUntil).toISOString(),
    });
  assertRefused(await send(Date.now() - 1_000), 409, 'slip_expired');
  assert.equal((await send(Date.now() + 60_000)).status, 201);
});

test('who lacks money is told how much', async () => {
  const { marketId } = await table();
  const [poor, rich] = await seedPlayers(house.owner, { count: 2, availableXof: 3_000 });
  assert(poor !== undefined && rich !== undefined);
  const refused = await place(house, poor, marketId, { side: 'A', stakeXof: 5_000 });
  assertRefused(refused, 409, 'insufficient_funds', { missingXof: 2_000 });
  const { offerId } = (await place(house, rich, marketId, { side: 'B', stakeXof: 3_000 })).body;
  const other = await table();
  await place(house, poor, other.marketId, { side: 'A', stakeXof: 1_500 });
  assertRefused(
    await accept(house, poor, marketId, offerId, { stakeXof: 3_000 }),
    409,
    'insufficient_funds',
    {
      missingXof: 1_500,
    },
  );
});

test('an excluded player can neither place nor accept, and can still cancel', async () => {
  const { marketId, players } = await table();
  const [ada, bigue] = players;
  const mine = (await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 })).body.offerId;
  const other = (await place(house, bigue, marketId, { side: 'B', stakeXof: 2_000, askXof: 3_000 })).body
    .offerId;
  await house.owner.query(`UPDATE player SET state = 'excluded' WHERE id = $1`, [ada.playerId]);
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }), 403, 'player_may_not_bet');
  assertRefused(await accept(house, ada, marketId, other, { stakeXof: 2_000 }), 403, 'player_may_not_bet');
  assert.equal((await cancel(house, ada, marketId, mine)).status, 200);
});

test('play money and real money do not see each other', async () => {
  const { marketId } = await table();
  const [real] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000, isTest: false });
  assert(real !== undefined);
  assertRefused(await place(house, real, marketId, { side: 'A', stakeXof: 1_000 }), 404, 'not_found');
});

test('what belongs to somebody else is not there', async () => {
  const { marketId, players } = await table();
  const [ada, bigue, stranger] = players;
  const placed = await place(house, ada, marketId, { side: 'A', stakeXof: 2_000 });
  const taken = await accept(house, bigue, marketId, placed.body.offerId, { stakeXof: 1_000 });
  const paths = [
    `/offers/${placed.body.offerId}`,
    `/bets/${taken.body.bet.betId}`,
    `/operations/${placed.body.operationId}`,
    `/operations/${taken.body.operationId}`,
  ];
  for (const path of paths) assert.equal((await house.get(path, stranger.cookie)).status, 404, path);
  for (const path of paths) assertRefused(await house.get(path), 401, 'log_in_required');
  assertRefused(await cancel(house, stranger, marketId, placed.body.offerId), 404, 'offer_not_found');
  assert.equal((await house.get(`/operations/${placed.body.operationId}`, bigue.cookie)).status, 404);
  // The other side of a duel sees his own bet under the same id, and no operation but his own.
  const others = await house.get(`/bets/${taken.body.bet.betId}`, ada.cookie);
  assert.deepEqual(
    [others.body.side, others.body.stakeXof, others.body.opponent],
    ['A', 1_000, bigue.pseudonym],
  );
  // A stranger's command under a known id learns nothing and changes nothing.
  const reused = await place(
    house,
    stranger,
    marketId,
    { side: 'A', stakeXof: 2_000 },
    placed.body.operationId,
  );
  assertRefused(reused, 422, 'operation_id_reused');
});

test('bets are listed newest first, page by page, without a gap', async () => {
  const { marketId, players } = await table();
  const [ada, bigue] = players;
  for (let i = 0; i < 60; i++) {
    await place(house, i % 2 === 0 ? ada : bigue, marketId, { side: 'A', stakeXof: 1_000 });
    await place(house, i % 2 === 0 ? bigue : ada, marketId, { side: 'B', stakeXof: 1_000 });
  }
  const first = (await house.get('/bets', ada.cookie)).body.bets;
  const second = (await house.get(`/bets?before=${first.at(-1).betId}`, ada.cookie)).body.bets;
  assert.deepEqual([first.length, second.length], [50, 10]);
  assert.equal(new Set([...first, ...second].map((bet: { betId: string }) => bet.betId)).size, 60);
});

test('the slip shows what is paid, to the franc, whichever rates are frozen', async () => {
  const rates = [
    defaultRates,
    { ...defaultRates, taxBase: 'winnings' as const },
    { ...defaultRates, commissionBase: 'winnings' as const, taxBase: 'none' as const },
  ];
  // Product, section 5: 10 000 each, commission on the pot and tax on the payout, or on the winnings.
  const nets = [15_200, 17_200, 19_500];
  for (const [index, rate] of rates.entries()) {
    const ruleCard = testRuleCard({ rates: rate });
    const [market] = await seedMarkets(house.owner, { count: 1, ruleCard });
    assert(market !== undefined);
    const slip = await house.get(`/markets/${market.marketId}/slip?stakeXof=10000&askXof=10000`);
    assert.equal(slip.body.netXof, nets[index]);
    assert.equal(slip.body.potXof - slip.body.commissionXof - slip.body.taxXof, slip.body.netXof);
  }
});
