/** A player's own limits: tightened at once, loosened after a day and a second word; and the reality check. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { place } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

let house: House;
before(async () => {
  house = await openHouse({ settings: unlimitedRates });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function player(availableXof = 10_000): Promise<SeededPlayer> {
  const [one] = await seedPlayers(house.owner, { count: 1, availableXof });
  assert(one !== undefined);
  return one;
}

const setLimit = (
  of: SeededPlayer,
  limitXof: unknown,
  { kind = 'deposit', period = 'day', operationId = randomUUID() as string } = {},
) => house.post('/play/limits', of.cookie, { operationId, kind, period, limitXof });
const answerTo = (of: SeededPlayer, changeId: string, word: 'confirm' | 'drop') =>
  house.post(`/play/limits/${changeId}/${word}`, of.cookie, { operationId: randomUUID() });
const put = (of: SeededPlayer, amountXof: number) =>
  house.post('/deposits', of.cookie, { operationId: randomUUID(), provider: 'internal', amountXof });
const limitOf = async (of: SeededPlayer, kind = 'deposit', period = 'day') =>
  (await house.get('/play', of.cookie)).body.limits.find(
    (limit: { kind: string; period: string }) => limit.kind === kind && limit.period === period,
  );

async function ripen(of: SeededPlayer, by: string): Promise<void> {
  await house.owner.query(
    `UPDATE play_limit SET asked_at = asked_at - $2::interval, confirm_from = confirm_from - $2::interval,
       in_force_at = in_force_at - $2::interval WHERE player_id = $1`,
    [of.playerId, by],
  );
}

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}

test('a deposit limit holds for deposits at the same instant, beside the ceilings; the strictest speaks', async () => {
  const ada = await player(0);
  assert.equal((await setLimit(ada, 20_000)).body.state, 'in_force');
  assert.equal((await setLimit(ada, 30_000, { period: 'week' })).body.state, 'in_force');
  const answers = await Promise.all(Array.from({ length: 20 }, () => put(ada, 3_000)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 6);
  const refused = answers.find(({ status }) => status === 409);
  assert(refused !== undefined);
  assertRefused(refused, 409, 'limit_deposit');
  const { until, ...params } = refused.body.params;
  assert.deepEqual(params, { period: 'day', limitXof: 20_000, leftXof: 2_000 });
  assert.ok(Date.parse(until) > Date.now() + 23 * 3_600_000);
  assert.equal((await house.get('/wallet', ada.cookie)).body.room.depositLeftXof, 2_000);
  await house.owner.query(
    `UPDATE deposit SET requested_at = requested_at - interval '25 hours',
       credited_at = credited_at - interval '25 hours' WHERE player_id = $1`,
    [ada.playerId],
  );
  assert.deepEqual((await put(ada, 12_500)).body.params.period, 'week');
  assert.equal((await put(ada, 12_000)).status, 201);
  const { usedXof, leftXof } = await limitOf(ada);
  assert.deepEqual([usedXof, leftXof], [12_000, 8_000]);
});

test('loosening waits a day and for a confirmation; without it nothing changes', async () => {
  const ada = await player(0);
  await setLimit(ada, 5_000);
  const asked = await setLimit(ada, 50_000);
  assert.equal(asked.body.state, 'pending');
  const { changeId } = asked.body;
  assertRefused(await answerTo(ada, changeId, 'confirm'), 409, 'limit_change_too_early');
  assertRefused(await put(ada, 6_000), 409, 'limit_deposit');
  await ripen(ada, '23 hours 59 minutes');
  assertRefused(await answerTo(ada, changeId, 'confirm'), 409, 'limit_change_too_early');
  await ripen(ada, '2 minutes');
  assertRefused(await put(ada, 6_000), 409, 'limit_deposit');
  assert.deepEqual((await limitOf(ada)).pending, {
    changeId,
    limitXof: 50_000,
    confirmFrom: (await limitOf(ada)).pending.confirmFrom,
    isRipe: true,
  });
  assertRefused(await answerTo(await player(0), changeId, 'confirm'), 404, 'not_found');
  assert.equal((await answerTo(ada, changeId, 'confirm')).body.state, 'in_force');
  assert.equal((await put(ada, 6_000)).status, 201);
  assertRefused(await answerTo(ada, changeId, 'confirm'), 404, 'not_found');
});

test('removing is loosening; a new tightening drops what waits, a new loosening waits anew', async () => {
  const ada = await player(0);
  await setLimit(ada, 5_000);
  const removal = (await setLimit(ada, null)).body;
  assert.deepEqual([removal.state, removal.limitXof], ['pending', null]);
  await ripen(ada, '25 hours');
  const later = (await setLimit(ada, 9_000)).body;
  assertRefused(await answerTo(ada, removal.changeId, 'confirm'), 404, 'not_found');
  assertRefused(await answerTo(ada, later.changeId, 'confirm'), 409, 'limit_change_too_early');
  assert.equal((await setLimit(ada, 4_000)).body.state, 'in_force');
  assert.equal((await limitOf(ada)).pending, null);
  await ripen(ada, '25 hours');
  assertRefused(await answerTo(ada, later.changeId, 'confirm'), 404, 'not_found');
  assertRefused(await put(ada, 4_500), 409, 'limit_deposit');

  const last = (await setLimit(ada, null)).body;
  await ripen(ada, '25 hours');
  assert.equal((await answerTo(ada, last.changeId, 'drop')).body.state, 'dropped');
  assertRefused(await answerTo(ada, last.changeId, 'confirm'), 404, 'not_found');
  const gone = (await setLimit(ada, null)).body;
  await ripen(ada, '25 hours');
  assert.equal((await answerTo(ada, gone.changeId, 'confirm')).body.limitXof, null);
  assert.equal((await put(ada, 4_500)).status, 201);
  assert.equal((await limitOf(ada)).limitXof, null);
  assert.equal((await setLimit(ada, 0)).body.state, 'in_force', 'from none, anything is tighter');
  assertRefused(await put(ada, 500), 409, 'limit_deposit');
});

test('one answer to one id, the same limit twice is told, and what is no amount is refused', async () => {
  const ada = await player(0);
  const operationId = randomUUID();
  const answers = await Promise.all(Array.from({ length: 5 }, () => setLimit(ada, 7_000, { operationId })));
  for (const { body } of answers) assert.equal(body.changeId, operationId);
  assertRefused(await setLimit(ada, 8_000, { operationId }), 422, 'operation_id_reused');
  assertRefused(await setLimit(ada, 7_000), 409, 'limit_unchanged');
  for (const bad of [-1, 0.5, '5000', 1e12, undefined, {}]) {
    assertRefused(await setLimit(ada, bad), 400, 'request_invalid');
  }
  assertRefused(await setLimit(ada, 5_000, { period: 'year' }), 400, 'request_invalid');
  const rows = await house.owner.query<{ outcome: string }>(
    `SELECT outcome FROM audit_entry WHERE command = 'set-limit' AND actor_id = $1 ORDER BY id`,
    [ada.playerId],
  );
  assert.deepEqual(
    rows.map(({ outcome }) => outcome),
    ['done', 'limit_unchanged'],
  );
  const [compliance] = await seedStaff(house.owner, 1, 'compliance');
  const { changeId } = (await setLimit(ada, 70_000)).body;
  const { pending } = (await house.get('/staff/play', compliance?.cookie)).body;
  const seen = pending.find((one: { changeId: string }) => one.changeId === changeId);
  assert.deepEqual([seen.pseudonym, seen.fromXof, seen.toXof], [ada.pseudonym, 7_000, 70_000]);
});

test('a reality check is due after the interval, stops bets until it is seen, and starts anew', async () => {
  const ada = await player();
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const set = (everyMinutes: number) =>
    house.post('/play/reality-check', ada.cookie, { operationId: randomUUID(), everyMinutes });
  const bet = () => place(house, ada, market.marketId, { side: 'A', stakeXof: 1_000 });
  const pass = async (minutes: number) => {
    const by = `${minutes} minutes`;
    await house.owner.query('UPDATE reality_check SET due_at = due_at - $2::interval WHERE player_id = $1', [
      ada.playerId,
      by,
    ]);
    await house.owner.query(
      `UPDATE session SET started_at = started_at - $2::interval WHERE player_id = $1`,
      [ada.playerId, by],
    );
  };
  assert.deepEqual((await house.get('/play', ada.cookie)).body.realityCheck.everyMinutes, 0);
  assert.equal((await set(15)).body.isDue, false);
  await pass(14);
  assert.equal((await bet()).status, 201);
  await pass(2);
  const check = (await house.get('/play', ada.cookie)).body.realityCheck;
  assert.deepEqual([check.isDue, check.netXof], [true, 0]);
  assert.ok(Date.now() - Date.parse(check.since) >= 16 * 60_000);
  assertRefused(await bet(), 409, 'reality_check_due');
  assert.equal((await put(ada, 500)).status, 201, 'money moves all the same');
  const seen = await house.post('/play/reality-check/seen', ada.cookie, { operationId: randomUUID() });
  assert.equal(seen.body.isDue, false);
  assert.equal((await bet()).status, 201);
  await pass(16);
  assertRefused(await bet(), 409, 'reality_check_due');
  assert.equal((await set(0)).body.isDue, false);
  assert.equal((await bet()).status, 201);
  assertRefused(await set(20), 400, 'request_invalid');
});
