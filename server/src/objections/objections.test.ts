/** Objections through HTTP and as pages: once, in time, free, answered by a date; a settled bet changes by a correction only. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { command } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import { assertRefused, balancesOf, close, correct, decide, duel, settle } from '../testing/results.ts';
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
let staff: readonly [SeededStaff, SeededStaff];
let support: SeededStaff;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [support] = (await seedStaff(house.owner, 1, 'support')) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

interface Lost extends SeededMarket {
  readonly betId: string;
  readonly players: readonly [SeededPlayer, SeededPlayer];
}

/** A bet of two; B has lost it once it is paid. */
async function bet(): Promise<Lost> {
  const [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  const players = (await seedPlayers(house.owner, { count: 2, availableXof: 20_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const { betId } = await duel(house, market.marketId, players);
  return { ...market, betId, players };
}

async function paid(): Promise<Lost> {
  const made = await bet();
  await close(house, staff[0], [made.marketId]);
  await decide(house, staff, made.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, made.marketId);
  return made;
}

const object = (
  { betId }: Lost,
  player: SeededPlayer,
  reason: unknown = 'B l’a fait tomber le premier.',
  operationId: string = randomUUID(),
) => house.post(`/bets/${betId}/objection`, player.cookie, { operationId, reason });
const answer = (objectionId: string, verdict: string, operationId: string = randomUUID()) =>
  command(
    house,
    support,
    `/objections/${objectionId}/answer`,
    { verdict, answer: 'Nous avons revu la feuille du combat.' },
    operationId,
  );

test('an objection has a reference and a date, and moves nothing', async () => {
  const lost = await paid();
  const before = await balancesOf(house, lost.players);
  const { status, body } = await object(lost, lost.players[1]);
  assert.equal(status, 201, JSON.stringify(body));
  assert.match(body.reference, /^OBJ-\d{6}$/);
  assert.deepEqual([body.state, body.answer, body.correctionVersion], ['open', null, null]);
  assert.equal(Date.parse(body.dueAt) - Date.parse(body.raisedAt), 48 * 60 * 60 * 1000);
  assert.deepEqual(await balancesOf(house, lost.players), before, 'it is free');
  const shown = (await house.get(`/bets/${lost.betId}/objection`, lost.players[1].cookie)).body;
  assert.deepEqual([shown.objection.reference, shown.mayObject], [body.reference, false]);
});

test('once for each market: again, at the same time, and from another bet of the same market', async () => {
  const made = await bet();
  const { betId: second } = await duel(house, made.marketId, made.players, 2_000);
  await close(house, staff[0], [made.marketId]);
  await decide(house, staff, made.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, made.marketId);
  const id = randomUUID();
  const [loser] = [made.players[1]];
  const answers = await Promise.all([
    object(made, loser, 'Le premier tombé est A.', id),
    ...Array.from({ length: 5 }, () => object(made, loser)),
  ]);
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  for (const refused of answers.filter(({ status }) => status !== 201))
    assertRefused(refused, 409, 'objection_already_made');
  assertRefused(await object({ ...made, betId: second }, loser), 409, 'objection_already_made');
  assert.equal((await object(made, made.players[0])).status, 201, 'the other side has his own');
  const rows = await house.owner.query('SELECT FROM objection WHERE market_id = $1', [made.marketId]);
  assert.equal(rows.length, 2);
});

test('sent twice with one id it is one, with one answer', async () => {
  const lost = await paid();
  const id = randomUUID();
  const first = await object(lost, lost.players[1], 'Trois quarts de tour.', id);
  const again = await object(lost, lost.players[1], 'Trois quarts de tour.', id);
  assert.deepEqual(again.body, first.body);
  assertRefused(await object(lost, lost.players[1], 'Autre chose.', id), 422, 'operation_id_reused');
});

test('too early, too late and somebody else’s bet are refused, by the database’s clock', async () => {
  const early = await bet();
  assertRefused(await object(early, early.players[1]), 409, 'objection_too_early');
  const lost = await paid();
  const age = (time: string) =>
    house.owner.query(
      `UPDATE settlement SET finished_at = clock_timestamp() - $2::interval WHERE market_id = $1`,
      [lost.marketId, time],
    );
  await age('48 hours');
  assertRefused(await object(lost, lost.players[1]), 409, 'objection_too_late');
  const shown = (await house.get(`/bets/${lost.betId}/objection`, lost.players[1].cookie)).body;
  assert.deepEqual([shown.objection, shown.mayObject], [null, false]);
  await age('47 hours 59 minutes');
  assertRefused(await object(lost, early.players[0]), 404, 'not_found');
  assert.equal((await object(lost, lost.players[1])).status, 201);
});

test('an empty reason, a huge one and none are refused at once', async () => {
  const lost = await paid();
  for (const reason of ['', '   ', 'ab', 'x'.repeat(1_001), 7, null])
    assertRefused(await object(lost, lost.players[1], reason), 400, 'request_invalid');
  assert.deepEqual(
    await house.owner.query('SELECT FROM objection WHERE market_id = $1', [lost.marketId]),
    [],
  );
});

test('upheld only by a correction, which alone changes what was paid', async () => {
  const lost = await paid();
  const { objectionId } = (await object(lost, lost.players[1])).body;
  const before = await balancesOf(house, lost.players);
  assertRefused(await answer(objectionId, 'upheld'), 409, 'objection_needs_correction');
  assert.deepEqual(await balancesOf(house, lost.players), before);
  await correct(house, staff, lost.boutId, { ending: 'fall', winnerSide: 'B' });
  await settle(house, lost.marketId);
  const { status, body } = await answer(objectionId, 'upheld');
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.state, body.correctionVersion, body.betState], ['upheld', 2, 'won']);
  assert.deepEqual(await balancesOf(house, lost.players), [10_000, 25_200]);
  const { steps } = (await house.get(`/bets/${lost.betId}/story`, lost.players[1].cookie)).body;
  const kinds = steps.map(({ kind }: { kind: string }) => kind);
  assert.deepEqual(kinds.slice(-4), ['objected', 'result', 'paid', 'answered']);
  assertRefused(await object(lost, lost.players[1]), 409, 'objection_already_made');
});

test('answered once, by one of two who answer at the same moment', async () => {
  const lost = await paid();
  const { objectionId } = (await object(lost, lost.players[1])).body;
  const answers = await Promise.all([answer(objectionId, 'rejected'), answer(objectionId, 'rejected')]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assertRefused(await answer(objectionId, 'rejected'), 409, 'objection_already_answered');
  assertRefused(await answer(randomUUID(), 'rejected'), 404, 'not_found');
});

test('the office reads the most pressing first, and the look is written down', async () => {
  const [one, two] = [await paid(), await paid()];
  const later = (await object(one, one.players[1])).body.reference;
  const sooner = (await object(two, two.players[1])).body;
  await house.owner.query(
    `UPDATE objection SET raised_at = raised_at - interval '40 hours', due_at = due_at - interval '40 hours' WHERE id = $1`,
    [sooner.objectionId],
  );
  const { objections } = (await house.get('/staff/objections', staff[0].cookie)).body;
  const open = objections.filter(({ state }: { state: string }) => state === 'open');
  const references = open.map(({ reference }: { reference: string }) => reference);
  assert.equal(references[0], sooner.reference);
  assert.ok(references.includes(later));
  const looks = await house.owner.query(`SELECT FROM audit_entry WHERE command = 'view-objections'`);
  assert.ok(looks.length > 0);
});

test('a player objects from his bet’s page, and reads the answer there', async () => {
  const lost = await paid();
  const phone = new Reader(house.app.player, lost.players[1].cookie);
  const page = await phone.open(`/paris/${lost.betId}`);
  const path = `/paris/${lost.betId}/reclamation`;
  assert.ok(page.html.includes(`href="${path}"`));
  const empty = await phone.submit(await phone.open(path), path, { reason: '' });
  assert.equal(empty.status, 400);
  const sent = await phone.submit(await phone.open(path), path, { reason: 'A est tombé <b>avant</b>.' });
  assert.equal(locationOf(sent), path);
  const raised = await phone.open(path);
  assert.match(raised.text, /OBJ-\d{6} Nous regardons .* Réponse au plus tard/);
  assert.ok(
    raised.html.includes('&lt;b>avant') || raised.html.includes('&lt;b&gt;avant'),
    'what was typed is text',
  );
  const desk = new Reader(house.app.office, support.cookie);
  const [row] = await house.owner.query<{ id: string }>('SELECT id FROM objection WHERE market_id = $1', [
    lost.marketId,
  ]);
  assert(row);
  const action = `/reclamations/${row.id}/repondre`;
  const queue = await desk.open('/reclamations');
  assert.match(queue.text, /à répondre demain|à répondre dans 2 jours/);
  const done = await desk.submit(queue, action, {
    verdict: 'rejected',
    answer: 'La vidéo montre la chute de B.',
  });
  assert.equal(locationOf(done), '/reclamations?fait=repondu');
  assert.match((await phone.open(path)).text, /Rejetée .* La vidéo montre la chute de B/);
  const operator = await new Reader(house.app.office, staff[0].cookie).open('/reclamations');
  assert.ok(!operator.html.includes('/repondre"'), 'operators read');
});

test('what he wrote goes when his data are erased; the answer stays', async () => {
  const lost = await paid();
  const { objectionId } = (await object(lost, lost.players[1])).body;
  await answer(objectionId, 'rejected');
  await house.owner.query(
    `INSERT INTO account_closure (id, player_id, state, state_before, closed_at, remainder_xof, erase_at)
     VALUES (gen_random_uuid(), $1, 'closed', 'active', clock_timestamp(), 0, clock_timestamp())`,
    [lost.players[1].playerId],
  );
  await house.owner.query('UPDATE account_closure SET erased_at = clock_timestamp() WHERE player_id = $1', [
    lost.players[1].playerId,
  ]);
  const [row] = await house.owner.query<{ reason: string; answer: string }>(
    'SELECT reason, answer FROM objection WHERE id = $1',
    [objectionId],
  );
  assert.deepEqual([row?.reason, row?.answer], ['', 'Nous avons revu la feuille du combat.']);
});
