/** Bouts that are moved or not fought, through HTTP: what becomes of every bet, and who may do it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Question } from '#core/question.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { accept, cancel, command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import {
  assertRefused,
  balancesOf,
  close,
  confirmResult,
  decide,
  duel,
  proposeResult,
  settle,
} from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedQuestion,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { voidPostponed } from './void-postponed.ts';

const DAY_MS = 86_400_000;
const FALL: Question = { kind: 'method', group: 'fall' };
const WHY = { reason: 'Blessure au genou', source: 'Communiqué de la FSL' };

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

interface Bout extends SeededMarket {
  readonly method: number;
  readonly players: readonly [SeededPlayer, SeededPlayer];
  readonly offerId: string;
}

/** Two markets with a duel of 10 000 F each, and an offer of 5 000 F of the first player that nobody took. */
async function bout(): Promise<Bout> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const players = (await seedPlayers(house.owner, { count: 2, availableXof: 100_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  assert(market !== undefined);
  const method = await seedQuestion(house.owner, market.boutId, FALL);
  for (const marketId of [market.marketId, method]) await duel(house, marketId, players);
  const placed = await place(house, players[0], market.marketId, { side: 'A', stakeXof: 5_000 });
  return { ...market, method, players, offerId: placed.body.offerId };
}

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const postpone = (boutId: number, scheduledAt: string | null, by = staff[0]): Promise<Answer> =>
  command(house, by, `/bouts/${boutId}/postponement`, { scheduledAt, ...WHY });
const preview = (boutId: number, scheduledAt?: string, by = staff[0]): Promise<Answer> =>
  house.get(
    `/staff/bouts/${boutId}/postponement${scheduledAt === undefined ? '' : `?scheduledAt=${scheduledAt}`}`,
    by.cookie,
  );
const voidDue = () => voidPostponed({ ...house, onBoutChanged: () => undefined });

const marketsOf = (boutId: number) =>
  house.owner.query<{ id: number; state: string; cause: string | null; hardStopAt: Date }>(
    `SELECT id, state, close_cause AS cause, hard_stop_at AS "hardStopAt" FROM market WHERE bout_id = $1 ORDER BY id`,
    [boutId],
  );
const statesOf = async (boutId: number) => (await marketsOf(boutId)).map(({ state }) => state);

/** Time passes: everything that a moved bout waits for lies that much nearer. */
const wait = (boutId: number, ms: number) =>
  house.owner.query(
    `UPDATE bout SET scheduled_at = scheduled_at - $2 * interval '1 millisecond',
       first_scheduled_at = first_scheduled_at - $2 * interval '1 millisecond',
       stands_until = stands_until - $2 * interval '1 millisecond', void_at = void_at - $2 * interval '1 millisecond'
     WHERE id = $1`,
    [boutId, ms],
  );

/** The newest notice of a player, its detail after the names. */
async function noticeOf(player: SeededPlayer): Promise<string | undefined> {
  const rows = await house.owner.query<{ detail: string }>(
    `SELECT split_part(detail, '|', 2) AS detail FROM player_notice WHERE player_id = $1 AND kind = 'bout_postponed'
     ORDER BY made_at DESC`,
    [player.playerId],
  );
  return rows[0]?.detail;
}

/** The result that the job made, paid. */
async function assertGivenBack(made: Bout): Promise<void> {
  const { result } = (await house.get(`/bouts/${made.boutId}`)).body;
  assert.equal(result.ending, 'postponed');
  const people = await house.owner.query(
    'SELECT proposed_by AS one, confirmed_by AS two FROM result WHERE bout_id = $1 AND withdrawn_at IS NULL',
    [made.boutId],
  );
  assert.deepEqual(people, [{ one: null, two: null }]);
  for (const marketId of [made.marketId, made.method]) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, made.players), [100_000, 100_000]);
  assert.deepEqual(await statesOf(made.boutId), ['settled', 'settled']);
}

test('before the close, within N days: suspended, offers stay and may be taken back, reopened, decided as ever', async () => {
  const made = await bout();
  const to = inDays(3);
  const asked = await preview(made.boutId, to);
  const effect = {
    isClosed: false,
    ...{ openOfferCount: 1, openXof: 5_000, duelCount: 2, duelXof: 40_000, ticketCount: 0, ticketXof: 0 },
    isVoid: false,
  };
  const { standsUntil, ...shown } = asked.body;
  assert.deepEqual(shown, effect);
  const moved = await postpone(made.boutId, to);
  const { operationId: _, ...done } = moved.body;
  assert.deepEqual(done, { ...effect, standsUntil });

  assert.deepEqual(await statesOf(made.boutId), ['suspended', 'suspended']);
  for (const { hardStopAt } of await marketsOf(made.boutId)) assert.ok(hardStopAt > new Date(to));
  assert.equal(await noticeOf(made.players[1]), to);
  assertRefused(
    await place(house, made.players[1], made.marketId, { side: 'B', stakeXof: 1_000 }),
    409,
    'market_suspended',
  );
  assert.equal((await cancel(house, made.players[0], made.marketId, made.offerId)).status, 200);
  await wait(made.boutId, 2 * DAY_MS);
  assert.equal((await command(house, staff[1], `/markets/${made.marketId}/resume`)).body.state, 'open');
  assert.equal(
    (await place(house, made.players[1], made.marketId, { side: 'B', stakeXof: 1_000 })).status,
    201,
  );

  await close(house, staff[0], [made.marketId, made.method]);
  // The two have met: however long the result takes, the job keeps silent.
  await wait(made.boutId, 30 * DAY_MS);
  assert.deepEqual(await voidDue(), []);
  await decide(house, staff, made.boutId, { ending: 'fall', winnerSide: 'A' });
  for (const marketId of [made.marketId, made.method]) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, made.players), [100_000 + 2 * 5_200, 100_000 - 2 * 10_000]);
});

test('before the close, beyond N days: betting stops at once and the job gives every stake back', async () => {
  const made = await bout();
  assert.equal((await preview(made.boutId, inDays(30))).body.isVoid, true);
  assert.equal((await postpone(made.boutId, inDays(30))).body.isVoid, true);
  assert.deepEqual(
    (await marketsOf(made.boutId)).map(({ state, cause }) => [state, cause]),
    [
      ['closed', 'cancelled'],
      ['closed', 'cancelled'],
    ],
  );
  assert.equal(await noticeOf(made.players[0]), 'void');
  assert.deepEqual(await voidDue(), [made.boutId]);
  assert.deepEqual(await voidDue(), []);
  await assertGivenBack(made);
  assertRefused(await postpone(made.boutId, inDays(2)), 409, 'result_already_confirmed');
});

test('after the close: nothing is reopened, the duels stand until the last day, then the job voids them', async () => {
  const made = await bout();
  await close(house, staff[0], [made.marketId, made.method]);
  const moved = await postpone(made.boutId, inDays(4));
  assert.deepEqual(
    [moved.body.isClosed, moved.body.duelCount, moved.body.openOfferCount, moved.body.isVoid],
    [true, 2, 0, false],
  );
  assert.deepEqual(await statesOf(made.boutId), ['closed', 'closed']);
  assertRefused(
    await command(house, staff[0], `/markets/${made.marketId}/resume`),
    409,
    'market_state_forbids',
  );
  await wait(made.boutId, 6 * DAY_MS);
  assert.deepEqual(await voidDue(), []);
  await wait(made.boutId, 3 * DAY_MS);
  assert.deepEqual(await voidDue(), [made.boutId]);
  await assertGivenBack(made);
  assert.equal(await noticeOf(made.players[1]), 'void');
});

test('after the close, met in time: the result of the new date decides the duels', async () => {
  const made = await bout();
  await close(house, staff[0], [made.marketId, made.method]);
  await postpone(made.boutId, inDays(4));
  await wait(made.boutId, 5 * DAY_MS);
  await decide(house, staff, made.boutId, { ending: 'ko', winnerSide: 'B' });
  for (const marketId of [made.marketId, made.method]) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, made.players), [80_000, 100_000 + 2 * 5_200]);
});

test('without a new date the bets wait until the last day; the first date counts, however often it moves', async () => {
  const made = await bout();
  const { standsUntil } = (await postpone(made.boutId, null)).body;
  assertRefused(await postpone(made.boutId, null), 422, 'date_unchanged');
  assert.equal(await noticeOf(made.players[0]), 'undated');
  // A date at last, moved again, and back to an earlier one.
  for (const days of [2, 5, 1]) {
    const moved = await postpone(made.boutId, inDays(days));
    assert.deepEqual([moved.body.standsUntil, moved.body.isVoid], [standsUntil, false], `${days}`);
  }
  const moves = await house.owner.query('SELECT 1 FROM postponement WHERE bout_id = $1', [made.boutId]);
  assert.equal(moves.length, 4);
  assert.equal((await postpone(made.boutId, null)).body.standsUntil, standsUntil);
  await wait(made.boutId, 9 * DAY_MS);
  assert.deepEqual(await voidDue(), [made.boutId]);
  await assertGivenBack(made);
});

test('moved too far and back before the job has run: the duels stand, betting stays closed', async () => {
  const made = await bout();
  await postpone(made.boutId, inDays(30));
  const back = await postpone(made.boutId, inDays(3));
  assert.deepEqual([back.body.isVoid, back.body.isClosed], [false, true]);
  assert.deepEqual(await voidDue(), []);
  assert.deepEqual(await statesOf(made.boutId), ['closed', 'closed']);
});

test('while people have proposed a result a bout is not moved, and the job keeps silent', async () => {
  const made = await bout();
  await close(house, staff[0], [made.marketId, made.method]);
  await postpone(made.boutId, inDays(4));
  const proposed = await proposeResult(house, staff[0], made.boutId, { ending: 'no_verdict' });
  assertRefused(await postpone(made.boutId, inDays(5)), 409, 'result_already_proposed');
  assertRefused(await preview(made.boutId, inDays(5)), 409, 'result_already_proposed');
  await wait(made.boutId, 30 * DAY_MS);
  assert.deepEqual(await voidDue(), []);
  const { resultId } = proposed.body;
  await command(house, staff[0], `/bouts/${made.boutId}/result/withdraw`, { resultId });
  assert.deepEqual(await voidDue(), [made.boutId]);
  await assertGivenBack(made);
});

test('two workers void a bout once, and a correction by two people can still say what happened', async () => {
  const made = await bout();
  await postpone(made.boutId, inDays(30));
  const voided = await Promise.all([voidDue(), voidDue()]);
  assert.deepEqual(voided.flat(), [made.boutId]);
  await assertGivenBack(made);
  const proposed = await command(house, staff[0], `/bouts/${made.boutId}/correction`, {
    ...{ ending: 'fall', winnerSide: 'A', source: 'Feuille officielle', reason: 'Le combat a eu lieu' },
  });
  assert.equal((await confirmResult(house, staff[1], made.boutId, proposed.body.resultId)).status, 200);
  for (const marketId of [made.marketId, made.method]) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, made.players), [100_000 + 2 * 5_200, 80_000]);
});

test('bad dates, bad words and the wrong people move nothing', async () => {
  const made = await bout();
  assertRefused(await postpone(made.boutId, inDays(-1)), 422, 'date_in_past');
  assertRefused(await preview(made.boutId, inDays(-1)), 422, 'date_in_past');
  const { bout: shown } = (await house.get(`/bouts/${made.boutId}`)).body;
  assertRefused(await postpone(made.boutId, shown.scheduledAt), 422, 'date_unchanged');
  for (const wrong of [
    { scheduledAt: 'demain', ...WHY },
    { ...WHY },
    { scheduledAt: inDays(2), ...WHY, reason: '   ' },
    { scheduledAt: inDays(2), ...WHY, source: 'x'.repeat(501) },
  ]) {
    const answer = await command(house, staff[0], `/bouts/${made.boutId}/postponement`, wrong);
    assertRefused(answer, 400, 'request_invalid');
  }
  assertRefused(await postpone(999_999, inDays(2)), 404, 'not_found');
  const others = [
    ...(await seedStaff(house.owner, 1, 'finance')),
    ...(await seedStaff(house.owner, 1, 'support')),
  ];
  for (const other of others) {
    assertRefused(await postpone(made.boutId, inDays(2), other), 403, 'not_allowed');
    assertRefused(await preview(made.boutId, inDays(2), other), 403, 'not_allowed');
    const off = { ending: 'cancelled', source: 'FSL' };
    assertRefused(await command(house, other, `/bouts/${made.boutId}/cancel`, off), 403, 'not_allowed');
  }
  assert.deepEqual(await statesOf(made.boutId), ['open', 'open']);
});

test('a bout on which nothing was opened moves freely, and its drafts open on the new date', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  const moved = await postpone(market.boutId, inDays(40));
  assert.deepEqual([moved.body.standsUntil, moved.body.isVoid], [null, false]);
  assert.equal((await command(house, staff[0], `/markets/${market.marketId}/open`)).body.state, 'open');
  assert.equal((await postpone(market.boutId, inDays(44))).body.isVoid, false);
});

for (const ending of ['cancelled', 'opponent_replaced', 'forfeit'] as const) {
  test(`${ending}: betting stops at once, a colleague confirms, every stake of every market and pool goes back`, async () => {
    const made = await bout();
    const poolId = await openTestPool(house, staff[0].cookie, made.galaId, [{ boutId: made.boutId }]);
    for (const [index, player] of made.players.entries()) {
      assert.equal((await buy(house, player, poolId, index === 0 ? 'A' : 'B', 5_000)).status, 201);
    }
    const off = { ending, source: 'Communiqué de la FSL' };
    const answer = await command(house, staff[0], `/bouts/${made.boutId}/cancel`, off);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const closed = await house.owner.query<{ at: Date; cause: string }>(
      `SELECT closed_at AS at, close_cause AS cause FROM market WHERE bout_id = $1
       UNION ALL SELECT closed_at, close_cause FROM pool WHERE id = $2`,
      [made.boutId, poolId],
    );
    assert.deepEqual(
      closed.map(({ at, cause }) => [at.toISOString(), cause]),
      [1, 2, 3].map(() => [answer.body.closedAt, 'cancelled']),
    );
    assertRefused(
      await accept(house, made.players[1], made.marketId, made.offerId, { stakeXof: 5_000 }),
      409,
      'market_closed',
    );
    const { resultId } = answer.body;
    // No result before the roots are published, and never by one person alone.
    assertRefused(await confirmResult(house, staff[1], made.boutId, resultId), 409, 'root_not_published');
    for (const marketId of [made.marketId, made.method]) await sealMarket(house.db, marketId);
    assertRefused(await confirmResult(house, staff[1], made.boutId, resultId), 409, 'root_not_published');
    await sealPool(house.db, poolId);
    assertRefused(await confirmResult(house, staff[0], made.boutId, resultId), 403, 'same_person');
    assert.equal((await confirmResult(house, staff[1], made.boutId, resultId)).status, 200);
    for (const marketId of [made.marketId, made.method]) await settle(house, marketId);
    await settlePool(house, poolId);
    assert.deepEqual(await balancesOf(house, made.players), [100_000, 100_000]);
    const { bout: shown } = (await house.get(`/bouts/${made.boutId}`)).body;
    assert.equal(shown.state, ending === 'cancelled' ? 'cancelled' : 'decided');
    assertRefused(
      await command(house, staff[0], `/bouts/${made.boutId}/cancel`, off),
      409,
      'result_already_confirmed',
    );
  });
}

test('a draft bout is called off by two people; nothing opens on it meanwhile', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  const off = { ending: 'cancelled', source: 'FSL' };
  const answer = await command(house, staff[0], `/bouts/${market.boutId}/cancel`, off);
  assert.equal(answer.body.closedAt, null);
  assertRefused(
    await command(house, staff[0], `/markets/${market.marketId}/open`),
    409,
    'bout_state_forbids',
  );
  assertRefused(
    await command(house, staff[0], `/bouts/${market.boutId}/cancel`, off),
    409,
    'result_already_proposed',
  );
  assert.equal((await confirmResult(house, staff[1], market.boutId, answer.body.resultId)).status, 200);
  assert.equal((await house.get(`/bouts/${market.boutId}`)).body.bout.state, 'cancelled');
});

test('a cancellation and the whistle at once are one close; a closed bout that is not fought needs only its result', async () => {
  const made = await bout();
  const off = { ending: 'forfeit', source: 'Arbitre' };
  const [cancelled, whistled] = await Promise.all([
    command(house, staff[0], `/bouts/${made.boutId}/cancel`, off),
    whistle(house, staff[1], made.marketId),
  ]);
  assert.deepEqual([cancelled.status, whistled.status], [200, 200]);
  assert.equal(cancelled.body.closedAt, whistled.body.at);
  const causes = new Set((await marketsOf(made.boutId)).map(({ cause }) => cause));
  assert.equal(causes.size, 1);
});

test('another question is added in draft, once, until the whistle, and opened with its payout policy', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const add = (question: object) => command(house, staff[0], `/bouts/${market.boutId}/markets`, { question });
  const over = { kind: 'over_under', lineSeconds: 300 };
  const added = await add(over);
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assertRefused(await add(over), 409, 'question_already_asked');
  assertRefused(await add({ kind: 'winner' }), 409, 'question_already_asked');
  for (const wrong of [
    { kind: 'over_under', lineSeconds: 0 },
    { kind: 'over_under' },
    { kind: 'method', group: 'points' },
    { kind: 'rounds' },
  ]) {
    assertRefused(await add(wrong), 400, 'request_invalid');
  }
  const { marketId } = added.body;
  const opened = await command(house, staff[0], `/markets/${marketId}/open`, {
    payoutPolicy: 'homologation',
  });
  assert.equal(opened.body.state, 'open');
  const [card] = await house.owner.query<{ card: { payoutPolicy: string; question: object } }>(
    'SELECT rule_card AS card FROM market WHERE id = $1',
    [marketId],
  );
  assert.deepEqual([card?.card.payoutPolicy, card?.card.question], ['homologation', over]);
  await whistle(house, staff[0], market.marketId);
  assertRefused(await add({ kind: 'method', group: 'ko' }), 409, 'bout_state_forbids');
});
