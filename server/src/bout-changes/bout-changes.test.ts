/** Bouts that are moved or not fought, through HTTP: what becomes of every bet, and who may do it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { UnfoughtEnding } from '#core/api/bout-changes.ts';
import type { Question } from '#core/question.ts';
import type { BoutNoticeKind } from '#ui/bout-notice.ts';
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
/** Where the preview is refused, so is the command, whatever it says of it. */
const NOTHING_READ = '0'.repeat(64);
const postpone = async (boutId: number, scheduledAt: string | null, by = staff[0]): Promise<Answer> => {
  const { digest: previewed = NOTHING_READ } = (await preview(boutId, scheduledAt ?? undefined, by)).body;
  return command(house, by, `/bouts/${boutId}/postponement`, { scheduledAt, ...WHY, previewed });
};
const previewEnd = (boutId: number, ending: UnfoughtEnding, by = staff[0]): Promise<Answer> =>
  house.get(`/staff/bouts/${boutId}/cancellation?ending=${ending}`, by.cookie);
const callOff = async (boutId: number, ending: UnfoughtEnding, by = staff[0]): Promise<Answer> => {
  const { digest: previewed = NOTHING_READ } = (await previewEnd(boutId, ending, by)).body;
  return command(house, by, `/bouts/${boutId}/cancel`, { ending, source: 'Communiqué de la FSL', previewed });
};
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
async function noticeOf(
  player: SeededPlayer,
  kind: BoutNoticeKind = 'bout_postponed',
): Promise<string | undefined> {
  const rows = await house.owner.query<{ detail: string }>(
    `SELECT split_part(detail, '|', 2) AS detail FROM player_notice WHERE player_id = $1 AND kind = $2
     ORDER BY made_at DESC`,
    [player.playerId, kind],
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
  const fate = { betting: 'suspended', offers: 'stay', duels: 'stand' };
  const { standsUntil, digest, ...shown } = asked.body;
  const duel10 = { state: 'open', duelCount: 1, duelXof: 20_000, fate };
  assert.deepEqual(shown, {
    isClosed: false,
    isVoid: false,
    markets: [
      {
        ...{ marketId: made.marketId, question: 'Qui gagne ?', ...duel10 },
        ...{ openOfferCount: 1, openXof: 5_000 },
      },
      {
        ...{ marketId: made.method, question: 'Victoire par chute ?', ...duel10 },
        ...{ openOfferCount: 0, openXof: 0 },
      },
    ],
    pools: [],
  });
  const moved = await postpone(made.boutId, to);
  const { operationId: _, ...done } = moved.body;
  assert.deepEqual(done, { ...shown, standsUntil, digest });

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
  assert.deepEqual([moved.body.isClosed, moved.body.isVoid], [true, false]);
  for (const { fate } of moved.body.markets) {
    assert.deepEqual(fate, { betting: 'closed', offers: 'back', duels: 'stand' });
  }
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
    { scheduledAt: inDays(2), ...WHY, previewed: '' },
  ]) {
    const said = { previewed: NOTHING_READ, ...wrong };
    const answer = await command(house, staff[0], `/bouts/${made.boutId}/postponement`, said);
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
    assertRefused(await callOff(made.boutId, 'cancelled', other), 403, 'not_allowed');
    assertRefused(await previewEnd(made.boutId, 'cancelled', other), 403, 'not_allowed');
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
    const asked = (await previewEnd(made.boutId, ending)).body;
    assert.deepEqual(
      asked.markets.map(({ fate }: { fate: object }) => fate),
      [1, 2].map(() => ({ betting: 'closed', offers: 'back', duels: 'back_confirmed' })),
    );
    const [pool] = asked.pools;
    assert.deepEqual([pool.ticketCount, pool.ticketXof], [2, 10_000]);
    assert.deepEqual(pool.fate, { betting: 'closed', leg: 'void', tickets: 'back_confirmed' });
    const answer = await callOff(made.boutId, ending);
    for (const player of made.players) {
      assert.equal(await noticeOf(player, 'bout_unfought'), ending);
      assert.equal(await noticeOf(player, 'leg_unfought'), ending);
    }
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
    assertRefused(await callOff(made.boutId, ending), 409, 'result_already_confirmed');
  });
}

test('a draft bout is called off by two people; nothing opens on it meanwhile', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  const answer = await callOff(market.boutId, 'cancelled');
  assert.equal(answer.body.closedAt, null);
  assertRefused(
    await command(house, staff[0], `/markets/${market.marketId}/open`),
    409,
    'bout_state_forbids',
  );
  assertRefused(await callOff(market.boutId, 'cancelled'), 409, 'result_already_proposed');
  assert.equal((await confirmResult(house, staff[1], market.boutId, answer.body.resultId)).status, 200);
  assert.equal((await house.get(`/bouts/${market.boutId}`)).body.bout.state, 'cancelled');
});

test('a cancellation and the whistle at once are one close: a whistle that was first is read before it is gone on', async () => {
  const made = await bout();
  const [cancelled, whistled] = await Promise.all([
    callOff(made.boutId, 'forfeit'),
    whistle(house, staff[1], made.marketId),
  ]);
  assert.equal(whistled.status, 200);
  if (cancelled.status === 200) assert.equal(cancelled.body.closedAt, whistled.body.at);
  else {
    // The whistle was between what was read and its confirmation.
    assertRefused(cancelled, 409, 'preview_outdated');
    assert.equal((await callOff(made.boutId, 'forfeit')).body.closedAt, whistled.body.at);
  }
  const causes = new Set((await marketsOf(made.boutId)).map(({ cause }) => cause));
  assert.equal(causes.size, 1);
});

test('what changed since the preview refuses the confirmation; more bets, or a suspension, do not', async () => {
  const made = await bout();
  const to = inDays(3);
  const confirm = (read: Answer) =>
    command(house, staff[0], `/bouts/${made.boutId}/postponement`, {
      ...{ scheduledAt: to, ...WHY, previewed: read.body.digest },
    });
  const early = await preview(made.boutId, to);
  const off = await previewEnd(made.boutId, 'forfeit');
  assert.equal(
    (await place(house, made.players[1], made.method, { side: 'A', stakeXof: 2_000 })).status,
    201,
  );
  await command(house, staff[1], `/markets/${made.method}/suspend`);
  assert.equal((await preview(made.boutId, to)).body.digest, early.body.digest);
  // What was read of another date, or of another ending, is not what is confirmed.
  assertRefused(await confirm(await preview(made.boutId, inDays(4))), 409, 'preview_outdated');
  const cancelled = { ending: 'cancelled', source: 'FSL', previewed: off.body.digest };
  assertRefused(
    await command(house, staff[0], `/bouts/${made.boutId}/cancel`, cancelled),
    409,
    'preview_outdated',
  );
  // A pool opens with a leg on the bout: there is something more to read.
  const poolId = await openTestPool(house, staff[0].cookie, made.galaId, [{ boutId: made.boutId }]);
  assertRefused(await confirm(early), 409, 'preview_outdated');
  const withPool = await preview(made.boutId, to);
  assert.deepEqual(
    withPool.body.pools.map(({ poolId: id, fate }: { poolId: number; fate: object }) => [id, fate]),
    [[poolId, { betting: 'suspended', leg: 'void_in_time', tickets: 'back_in_time' }]],
  );
  await whistle(house, staff[1], made.marketId);
  assertRefused(await confirm(withPool), 409, 'preview_outdated');
  assert.deepEqual(
    await house.owner.query('SELECT 1 FROM postponement WHERE bout_id = $1', [made.boutId]),
    [],
  );
  const after = await preview(made.boutId, to);
  assert.equal(after.body.isClosed, true);
  assert.equal((await confirm(after)).status, 200);
});

test('pressed twice a move is one move, and its players are told once', async () => {
  const made = await bout();
  const { digest: previewed } = (await preview(made.boutId)).body;
  const said = { scheduledAt: null, ...WHY, previewed };
  const id = randomUUID();
  const send = () => command(house, staff[0], `/bouts/${made.boutId}/postponement`, said, id);
  const [one, two] = await Promise.all([send(), send()]);
  assert.deepEqual([one?.status, two?.status], [200, 200]);
  assert.deepEqual(one?.body, two?.body);
  const notices = await house.owner.query(
    `SELECT 1 FROM player_notice WHERE player_id = $1 AND kind = 'bout_postponed'`,
    [made.players[0].playerId],
  );
  assert.equal(notices.length, 1);
});

test('tickets of a moved bout: their holders are told, and the job publishes the pool’s root before its result', async () => {
  const made = await bout();
  const poolId = await openTestPool(house, staff[0].cookie, made.galaId, [{ boutId: made.boutId }]);
  const [holder] = await seedPlayers(house.owner, { count: 1, availableXof: 50_000 });
  assert(holder !== undefined);
  const { ticketId } = (await buy(house, holder, poolId, 'A', 5_000)).body;
  const to = inDays(30);
  const moved = await postpone(made.boutId, to);
  assert.deepEqual(moved.body.pools[0].fate, { betting: 'closed', leg: 'void', tickets: 'back_now' });
  assert.deepEqual([await noticeOf(holder), await noticeOf(holder, 'leg_postponed')], [undefined, 'void']);
  assert.deepEqual(await voidDue(), [made.boutId]);
  const [order] = await house.owner.query<{ isFirst: boolean }>(
    `SELECT p.root_published_at < r.confirmed_at AS "isFirst" FROM pool p, result r WHERE p.id = $1 AND r.bout_id = $2`,
    [poolId, made.boutId],
  );
  assert.equal(order?.isFirst, true);
  await settlePool(house, poolId);
  assert.deepEqual(await balancesOf(house, [holder, holder]), [50_000, 50_000]);
  const { steps } = (await house.get(`/bets/${ticketId}/story`, holder.cookie)).body;
  assert.deepEqual(
    steps.map(({ kind }: { kind: string }) => kind),
    ['bought', 'moved', 'closed', 'root', 'result', 'paid'],
  );
  assert.deepEqual([steps[1].to, steps[1].reason], [to, WHY.reason]);
  await assertGivenBack(made);
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
