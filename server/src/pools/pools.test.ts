/** Pools through HTTP on a real database: making them, buying tickets, every refusal, the closing millisecond. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { availableXof, command, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { buy, createTestPool, openTestPool, type TestLeg } from '../testing/pools.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

let house: House;
let operator: SeededStaff;

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Three = readonly [SeededPlayer, SeededPlayer, SeededPlayer];

async function gala(count: number): Promise<readonly [SeededMarket, ...SeededMarket[]]> {
  const [first, ...rest] = await seedMarkets(house.owner, { count });
  assert(first !== undefined);
  return [first, ...rest];
}

/** An open pool of these questions, each on a bout of its own, and three players with 100 000 F each. */
async function table(...kinds: Omit<TestLeg, 'boutId'>[]): Promise<{
  poolId: number;
  bouts: readonly SeededMarket[];
  players: Three;
}> {
  const bouts = await gala(Math.max(1, kinds.length));
  const asked = kinds.length === 0 ? [{}] : kinds;
  const legs = asked.map((kind, index) => ({ ...kind, boutId: bouts[index]?.boutId ?? 0 }));
  const poolId = await openTestPool(house, operator.cookie, bouts[0].galaId, legs);
  const players = await seedPlayers(house.owner, { count: 3, availableXof: 100_000 });
  return { poolId, bouts, players: players as unknown as Three };
}

function assertRefused(answer: Answer, status: number, code: string, params?: object): void {
  assert.equal(answer.body.code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
  if (params !== undefined) assert.deepEqual(answer.body.params, params);
}

test('a pool is made in draft, opened with a frozen card, and shown to everybody', async () => {
  const [one, two] = await gala(2);
  assert(two !== undefined);
  const legs = [
    { boutId: one.boutId },
    { boutId: two.boutId, kind: 'over_under', lineSeconds: 600 },
    { boutId: two.boutId, kind: 'method' },
  ];
  const created = await createTestPool(house, operator.cookie, one.galaId, legs);
  assert.equal(created.status, 201);
  const { poolId } = created.body;
  assertRefused(await house.get(`/pools/${poolId}`), 404, 'not_found');
  assert.deepEqual((await house.get(`/galas/${one.galaId}/pools`)).body, { pools: [] });
  const draft = (await house.get(`/staff/pools/${poolId}`, operator.cookie)).body;
  assert.deepEqual([draft.pool.state, draft.pool.ruleCard, draft.settlement], ['draft', null, null]);

  assert.equal((await command(house, operator, `/pools/${poolId}/open`)).status, 200);
  const { body } = await house.get(`/pools/${poolId}`);
  assert.equal(body.state, 'open');
  assert.deepEqual(body.ruleCard.rates, { takeOutBps: 1_000, taxBps: 2_000, taxBase: 'payout' });
  assert.match(body.ruleCardHash, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    body.legs.map((leg: { outcomes: { outcome: string }[] }) => leg.outcomes.map(({ outcome }) => outcome)),
    [
      ['A', 'B'],
      ['over', 'under'],
      ['fall', 'ko', 'stoppage', 'decision'],
    ],
  );
  assert.equal(body.combinationCount, 16);
  // Six in the morning of the day after the gala.
  assert.match(body.ruleCard.decidedBy, /T06:00:00.000Z$/);
  assert.equal((await house.get(`/galas/${one.galaId}/pools`)).body.pools[0].id, poolId);

  await assert.rejects(
    house.owner.query(`UPDATE pool SET rule_card = '{}' WHERE id = $1`, [poolId]),
    /frozen/,
    'a card is never changed, by nobody',
  );
});

test('a ticket takes its stake and nothing else; totals, quote and list follow', async () => {
  const { poolId, players } = await table();
  const [ada, bigue] = players;
  const first = await buy(house, ada, poolId, 'A', 3_000);
  assert.equal(first.status, 201, JSON.stringify(first.body));
  assert.deepEqual([first.body.seq, first.body.picks, first.body.slip.isRefund], [1, 'A', true]);
  const second = await buy(house, bigue, poolId, 'B', 7_000);
  // 10 000 in all, 9 000 for his 7 000, less 20 %.
  assert.deepEqual([second.body.seq, second.body.slip.netXof], [2, 7_200]);
  assert.equal(await availableXof(house, ada), 97_000);

  const { body } = await house.get(`/pools/${poolId}`);
  assert.deepEqual([body.stakedXof, body.ticketCount], [10_000, 2]);
  assert.deepEqual(
    body.totals.map((total: Record<string, unknown>) => [
      total['picks'],
      total['stakedXof'],
      total['indicativeNetXof'],
      total['isBelowStake'],
    ]),
    [
      ['B', 7_000, 1_028, false],
      ['A', 3_000, 2_400, false],
    ],
  );
  const slip = await house.get(`/pools/${poolId}/slip?picks=A&stakeXof=1000`);
  assert.deepEqual(
    [slip.body.poolXof, slip.body.samePicksXof, slip.body.grossXof, slip.body.taxXof, slip.body.netXof],
    [11_000, 4_000, 2_475, 495, 1_980],
  );
  const mine = (await house.get('/tickets', ada.cookie)).body.tickets;
  assert.deepEqual([mine.length, mine[0].ticketId, mine[0].state], [1, first.body.ticketId, 'engaged']);
  assert.equal((await house.get(`/tickets/${first.body.ticketId}`, ada.cookie)).body.stakeXof, 3_000);
  assertRefused(await house.get(`/tickets/${first.body.ticketId}`, bigue.cookie), 404, 'not_found');
  const statement = (await house.get('/wallet/statement', ada.cookie)).body.movements;
  assert.deepEqual([statement[0].kind, statement[0].amountXof], ['ticket_bought', -3_000]);
});

test('what is no ticket is refused, and nothing moves', async () => {
  const { poolId, players } = await table({}, { kind: 'over_under', lineSeconds: 300 });
  const [ada] = players;
  for (const picks of [['A'], ['over', 'A'], ['A', 'void'], ['A', 'over', 'A'], ['C', 'over']]) {
    assertRefused(await buy(house, ada, poolId, picks, 1_000), 422, 'picks_invalid');
  }
  for (const picks of [[], ['A', 7], 'A-over', null, ['A', 'ov-er'], Array(11).fill('A'), [['A'], 'over']]) {
    const body = { operationId: randomUUID(), picks, stakeXof: 1_000 };
    assertRefused(await house.post(`/pools/${poolId}/tickets`, ada.cookie, body), 400, 'request_invalid');
  }
  assertRefused(await buy(house, ada, poolId, ['A', 'over'], 999), 422, 'stake_below_min', { minXof: 1_000 });
  assertRefused(await buy(house, ada, poolId, ['A', 'over'], 500_001), 422, 'stake_above_max');
  assertRefused(await buy(house, ada, poolId, ['A', 'over'], 100_001), 409, 'insufficient_funds', {
    missingXof: 1,
  });
  for (const stakeXof of [0, -1, 1.5, '1000', 1e20, null]) {
    const body = { operationId: randomUUID(), picks: ['A', 'over'], stakeXof };
    assertRefused(await house.post(`/pools/${poolId}/tickets`, ada.cookie, body), 400, 'request_invalid');
  }
  assertRefused(await buy(house, ada, 999_999, ['A', 'over'], 1_000), 404, 'not_found');
  assertRefused(await house.get(`/pools/${poolId}/slip?picks=A&stakeXof=1000`), 422, 'picks_invalid');
  const expired = {
    operationId: randomUUID(),
    picks: ['A', 'over'],
    stakeXof: 1_000,
    validUntil: '2026-01-01T00:00:00Z',
  };
  assertRefused(await house.post(`/pools/${poolId}/tickets`, ada.cookie, expired), 409, 'slip_expired');
  assert.equal(await availableXof(house, ada), 100_000);
  assert.equal((await house.get(`/pools/${poolId}`)).body.ticketCount, 0);
});

test('play money and real money never meet in a pool', async () => {
  const { poolId } = await table();
  const [real] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000, isTest: false });
  assert(real !== undefined);
  assertRefused(await buy(house, real, poolId, 'A', 1_000), 404, 'not_found');
  assertRefused(await house.get(`/pools/${poolId}`, real.cookie), 404, 'not_found');
});

test('the same ticket fifty times at once, and again later, is one ticket; another input under its id is none', async () => {
  const { poolId, players } = await table();
  const [ada, bigue] = players;
  const id = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => buy(house, ada, poolId, 'A', 2_000, id)),
  );
  for (const answer of answers) {
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.deepEqual(answer.body, answers[0]?.body);
  }
  assert.deepEqual((await buy(house, ada, poolId, 'A', 2_000, id)).body, answers[0]?.body);
  assertRefused(await buy(house, ada, poolId, 'A', 2_001, id), 422, 'operation_id_reused');
  assertRefused(await buy(house, ada, poolId, 'B', 2_000, id), 422, 'operation_id_reused');
  assertRefused(await buy(house, bigue, poolId, 'A', 2_000, id), 422, 'operation_id_reused');
  assert.equal(await availableXof(house, ada), 98_000);
  assert.deepEqual((await house.get(`/operations/${id}`, ada.cookie)).body.answer, answers[0]?.body);

  // A refusal is an answer like any other: it stands, even when it would be good now.
  const poor = randomUUID();
  assertRefused(await buy(house, ada, poolId, 'A', 98_001, poor), 409, 'insufficient_funds');
  assertRefused(await buy(house, ada, poolId, 'A', 98_001, poor), 409, 'insufficient_funds');
});

test('one id, in a pool and in a market at once, has one effect', async () => {
  const { poolId, bouts, players } = await table();
  const [ada] = players;
  const id = randomUUID();
  const offer = { operationId: id, side: 'A', stakeXof: 2_000, askXof: 2_000 };
  const both = await Promise.all([
    buy(house, ada, poolId, 'A', 2_000, id),
    house.post(`/markets/${bouts[0]?.marketId}/offers`, ada.cookie, offer),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 422]);
  assert.equal(await availableXof(house, ada), 98_000);
});

test('two tickets for the last franc at once: one is bought, in one pool and across two', async () => {
  const { poolId, players } = await table();
  const other = await table();
  const [ada] = players;
  await buy(house, ada, poolId, 'A', 90_000);
  const both = await Promise.all([
    buy(house, ada, poolId, 'A', 10_000),
    buy(house, ada, other.poolId, 'B', 10_000),
    buy(house, ada, poolId, 'B', 10_000),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409, 409]);
  assert.equal(await availableXof(house, ada), 0);
});

test('a stake is a stake: tickets count against the house’s limits and the player’s own, with his bets', async () => {
  const { poolId, bouts, players } = await table();
  const [ada, bigue] = players;
  for (const kind of ['stake', 'loss']) {
    const player = kind === 'stake' ? ada : bigue;
    const limit = { operationId: randomUUID(), kind, period: 'day', limitXof: 5_000 };
    assert.equal((await house.post('/play/limits', player.cookie, limit)).status, 200);
    assert.equal((await buy(house, player, poolId, 'A', 3_000)).status, 201);
    assertRefused(await buy(house, player, poolId, 'A', 2_001), 409, `limit_${kind}`);
    const offer = { operationId: randomUUID(), side: 'A', stakeXof: 3_000, askXof: 3_000 };
    assertRefused(
      await house.post(`/markets/${bouts[0]?.marketId}/offers`, player.cookie, offer),
      409,
      `limit_${kind}`,
    );
    assert.equal((await buy(house, player, poolId, 'A', 2_000)).status, 201);
  }
  // 1 000 000 in one pool; tickets of one batch count as well.
  const [rich] = await seedPlayers(house.owner, { count: 1, availableXof: 3_000_000 });
  assert(rich !== undefined);
  const many = await Promise.all([1, 2, 3].map(() => buy(house, rich, poolId, 'B', 400_000)));
  assert.deepEqual(many.map(({ status }) => status).sort(), [201, 201, 409]);
  assertRefused(many.find(({ status }) => status === 409) as Answer, 409, 'limit_market');
  const elsewhere = await table();
  for (const stakeXof of [500_000, 500_000])
    assert.equal((await buy(house, rich, elsewhere.poolId, 'B', stakeXof)).status, 201);
  const third = await table();
  assertRefused(await buy(house, rich, third.poolId, 'B', 200_001), 409, 'limit_house_day');
  assert.equal((await buy(house, rich, third.poolId, 'B', 200_000)).status, 201);
});

test('who may not play buys no ticket', async () => {
  const { poolId, players } = await table();
  const [ada] = players;
  await house.owner.query(
    `INSERT INTO exclusion (id, player_id, kind, began_at) VALUES (gen_random_uuid(), $1, 'self_exclusion', clock_timestamp())`,
    [ada.playerId],
  );
  assertRefused(await buy(house, ada, poolId, 'A', 1_000), 403, 'player_self_excluded');
});

test('suspended a pool takes nothing, resumed it does; a state that forbids is told', async () => {
  const { poolId, players } = await table();
  const [ada] = players;
  assert.equal((await command(house, operator, `/pools/${poolId}/suspend`)).body.state, 'suspended');
  assertRefused(await buy(house, ada, poolId, 'A', 1_000), 409, 'pool_suspended');
  assertRefused(await command(house, operator, `/pools/${poolId}/suspend`), 409, 'pool_state_forbids');
  assert.equal((await command(house, operator, `/pools/${poolId}/resume`)).body.state, 'open');
  assert.equal((await buy(house, ada, poolId, 'A', 1_000)).status, 201);
  assertRefused(await command(house, operator, `/pools/${poolId}/open`), 409, 'pool_state_forbids');
});

test('the first whistle of its bouts closes a pool, at the instant of the market; then no ticket and no opening', async () => {
  const { poolId, bouts, players } = await table({}, {});
  const [ada] = players;
  const [, second] = bouts;
  assert(second !== undefined);
  await buy(house, ada, poolId, ['A', 'B'], 1_000);
  const whistled = await whistle(house, operator, second.marketId);
  const { pool } = (await house.get(`/staff/pools/${poolId}`, operator.cookie)).body;
  assert.deepEqual([pool.state, pool.closedAt], ['closed', whistled.body.at]);
  assertRefused(await buy(house, ada, poolId, ['A', 'B'], 1_000), 409, 'pool_closed');
  assertRefused(await command(house, operator, `/pools/${poolId}/suspend`), 409, 'pool_state_forbids');

  const legs = [{ boutId: second.boutId }];
  assertRefused(await createTestPool(house, operator.cookie, second.galaId, legs), 422, 'pool_legs_invalid');
});

test('a draft whose bout was whistled is never opened', async () => {
  const [one] = await gala(1);
  const created = await createTestPool(house, operator.cookie, one.galaId, [{ boutId: one.boutId }]);
  await whistle(house, operator, one.marketId);
  const { poolId } = created.body;
  assertRefused(await command(house, operator, `/pools/${poolId}/open`), 422, 'pool_legs_invalid');
});

test('tickets that race the whistle are either before it and in the pool, or refused', async () => {
  const { poolId, bouts, players } = await table();
  const [ada, bigue, coumba] = players;
  const [bout] = bouts;
  assert(bout !== undefined);
  const tries = Array.from({ length: 60 }, (_, index) =>
    buy(house, [ada, bigue, coumba][index % 3] ?? ada, poolId, index % 2 === 0 ? 'A' : 'B', 1_000),
  );
  const pressed = await whistle(house, operator, bout.marketId);
  const answers = await Promise.all(tries);
  const good = answers.filter(({ status }) => status === 201);
  for (const answer of answers) {
    if (answer.status !== 201) assertRefused(answer, 409, 'pool_closed');
  }
  const [row] = await house.owner.query<{ count: number; last: Date | null }>(
    'SELECT count(*) AS count, max(made_at) AS last FROM pool_ticket WHERE pool_id = $1',
    [poolId],
  );
  assert.equal(row?.count, good.length);
  if (row?.last != null) assert.ok(row.last.getTime() <= Date.parse(pressed.body.at));
});

test('at its hard stop a pool takes nothing more, to the microsecond, before any job has closed it', async () => {
  const { poolId, players } = await table();
  const [ada] = players;
  const moveStop = (to: string) =>
    house.owner.query(`UPDATE pool SET hard_stop_at = ${to} WHERE id = $1`, [poolId]);
  await moveStop(`clock_timestamp() + interval '1 hour'`);
  assert.equal((await buy(house, ada, poolId, 'A', 1_000)).status, 201);
  await moveStop('clock_timestamp()');
  assertRefused(await buy(house, ada, poolId, 'A', 1_000), 409, 'pool_closed');
  assertRefused(await command(house, operator, `/pools/${poolId}/suspend`), 409, 'hard_stop_passed');
});

test('legs that are no legs are refused', async () => {
  const [one, two] = await gala(2);
  const [foreign] = await gala(1);
  assert(two !== undefined);
  const cases: readonly (readonly TestLeg[])[] = [
    [{ boutId: foreign.boutId }],
    [{ boutId: 999_999 }],
    [{ boutId: one.boutId }, { boutId: one.boutId }],
    [{ boutId: one.boutId, kind: 'over_under' }],
    [{ boutId: one.boutId, kind: 'winner', lineSeconds: 60 }],
  ];
  for (const legs of cases) {
    assertRefused(await createTestPool(house, operator.cookie, one.galaId, legs), 422, 'pool_legs_invalid');
  }
  for (const legs of [[], [{ boutId: one.boutId, kind: 'goals' }], Array(11).fill({ boutId: one.boutId })]) {
    assertRefused(await createTestPool(house, operator.cookie, one.galaId, legs), 400, 'request_invalid');
  }
  assertRefused(
    await createTestPool(house, operator.cookie, 999_999, [{ boutId: one.boutId }]),
    404,
    'not_found',
  );
  await house.owner.query(
    `UPDATE bout SET scheduled_at = clock_timestamp() - interval '5 hours' WHERE id = $1`,
    [one.boutId],
  );
  const late = [{ boutId: one.boutId }, { boutId: two.boutId }];
  assertRefused(await createTestPool(house, operator.cookie, one.galaId, late), 409, 'hard_stop_passed');
});
