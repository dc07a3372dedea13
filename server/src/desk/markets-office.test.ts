/** The questions of a bout in the office's pages, as a browser without JavaScript sends them: added, opened, decided. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, command, place } from '../testing/bets.ts';
import type { House } from '../testing/house.ts';
import {
  actionsOf,
  type DeskBout,
  fieldsAt,
  type Office,
  openOffice,
  press,
  propose,
  send,
} from '../testing/office.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { assertRefused, duel, settle } from '../testing/results.ts';
import { seedQuestion } from '../testing/seed.ts';

let office: Office;
let house: House;
let one: Reader;
let two: Reader;

before(async () => {
  office = await openOffice();
  ({ house, one, two } = office);
});
after(() => office.close());

const marketsOf = async ({ boutId }: DeskBout) =>
  house.owner.query<{ id: number; kind: string; state: string; policy: string }>(
    'SELECT id, kind, state, payout_policy AS policy FROM market WHERE bout_id = $1 ORDER BY id',
    [boutId],
  );

const add = async ({ desk }: DeskBout, form: 'duree' | 'maniere', fields: Record<string, string>) =>
  one.submit(await one.ask(`${desk}/marches`), `${desk}/marches/${form}`, fields);

async function on(
  reader: Reader,
  { desk }: DeskBout,
  marketId: number,
  action: string,
  fields: Record<string, string> = {},
): Promise<ReadPage> {
  const path = `${desk}/marches/${marketId}/${action}`;
  return reader.submit(await reader.ask(`${desk}/marches`), path, fields);
}

it('two questions are added, opened with their payout policies, bet on and paid by one result', async () => {
  const bout = await office.newBout({ state: 'draft' });
  assert.match((await one.ask(bout.desk)).text, /Ajouter une question : durée, manière de gagner/);
  const timed = await one.follow(await add(bout, 'duree', { lineMinutes: '5', lineSeconds: '30' }));
  assert.match(timed.text, /Question ajoutée.* Plus ou moins de 5 min 30 s de lutte À ouvrir/);
  assert.match(timed.text, /Ouvrez d’abord « Qui gagne \? »/);
  const ways = await one.follow(await add(bout, 'maniere', { group: 'fall' }));
  assert.match(ways.text, /Victoire par chute \? À ouvrir/);
  assert.doesNotMatch(ways.html, /name="group" value="fall"/);

  await press(one, bout.desk, 'ouvrir');
  const [winner, time, way] = (await marketsOf(bout)).map(({ id }) => id);
  assert(winner !== undefined && time !== undefined && way !== undefined);
  const opened = await on(one, bout, time, 'ouvrir', { payoutPolicy: 'homologation' });
  assert.match((await one.follow(opened)).text, /Les paris sont ouverts sur cette question/);
  await on(one, bout, way, 'ouvrir');
  assert.deepEqual(
    (await marketsOf(bout)).map(({ state, policy }) => [state, policy]),
    [
      ['open', 'verdict'],
      ['open', 'homologation'],
      ['open', 'verdict'],
    ],
  );
  const player = new Reader(house.app.player);
  const card = await player.open(`/combats/${bout.boutId}?marche=${time}`);
  assert.match(card.text, /plus de 5 min 30 s, pauses non comptées.*payés quand le résultat est homologué/);

  for (const marketId of [winner, time, way]) await duel(house, marketId, [bout.a, bout.b]);
  const desk = await two.ask(bout.desk);
  assert.match(
    desk.text,
    /Plus ou moins de 5 min 30 s de lutte Paris ouverts Plus de 5 min 30 s 10 000 F .*Moins de 5 min 30 s 10 000 F .*1 duel · Payé après l’homologation/,
  );
  await press(two, bout.desk, 'sifflet');
  for (const marketId of [winner, time, way]) await sealMarket(house.db, marketId);

  const form = await one.ask(`${bout.desk}/resultat`);
  assert.match(form.text, /Il décide de « Plus ou moins de 5 min 30 s de lutte »/);
  const verdict = { ending: 'fall', winnerSide: 'A', source: 'Arbitre' };
  assert.equal((await propose(one, bout, verdict)).status, 422);
  assert.equal(
    (await propose(one, bout, { ...verdict, wrestledMinutes: '5', wrestledSeconds: '31' })).status,
    303,
  );
  const seen = await two.ask(bout.desk);
  assert.match(
    seen.text,
    /Temps de lutte : 5 min 31 s .*Qui gagne \? .*1 duel 15 200 F .*Plus de 5 min 30 s Attend l’homologation.* À « Plus de 5 min 30 s » · 1 duel 15 200 F .*À « Oui, par chute » · 1 duel 15 200 F/,
  );
  await press(two, bout.desk, 'resultat/confirmer');
  for (const marketId of [winner, time, way]) await settle(house, marketId);
  assert.deepEqual([await availableXof(house, bout.a), await availableXof(house, bout.b)], [100_400, 70_000]);
  assert.match((await two.ask(bout.desk)).text, /de lutte Attend l’homologation/);

  const results = `${bout.desk}/resultats`;
  await one.submit(await one.ask(results), `${bout.desk}/homologation`, { source: 'Communiqué de la FSL' });
  await two.submit(await two.ask(results), `${bout.desk}/homologation/confirmer`);
  await settle(house, time);
  assert.equal(await availableXof(house, bout.a), 115_600);
});

it('a question is asked once, has a line, and comes before the whistle', async () => {
  const bout = await office.newBout();
  const none = await add(bout, 'duree', { lineMinutes: '0' });
  assert.deepEqual([none.status, /id="lineMinutes-problem"/.test(none.html)], [400, true], none.text);
  for (const lineMinutes of ['', '120', '2.5', '1e1'])
    assert.equal((await add(bout, 'duree', { lineMinutes })).status, 400, lineMinutes);
  assert.equal((await add(bout, 'maniere', { group: 'biting' })).status, 400);
  assert.equal((await add(bout, 'duree', { lineMinutes: '5' })).status, 303);
  const twice = await add(bout, 'duree', { lineMinutes: '4', lineSeconds: '60' });
  assert.equal(twice.status, 400);
  const again = await add(bout, 'duree', { lineMinutes: '5', lineSeconds: '0' });
  assert.deepEqual([again.status, /value="5"/.test(again.html)], [409, true], again.text);
  const fields = await fieldsAt(one, `${bout.desk}/marches`, `${bout.desk}/marches/duree`);
  await press(one, bout.desk, 'sifflet');
  const closed = await one.ask(`${bout.desk}/marches`);
  assert.deepEqual(actionsOf(closed, bout.desk), []);
  const late = await send(one, `${bout.desk}/marches/duree`, { ...fields, lineMinutes: '7' });
  assert.equal(late.status, 409, late.text);
  assert.equal((await marketsOf(bout)).length, 2);
});

it('a market is commanded at its own bout only, and one that is open keeps its policy', async () => {
  const [bout, other] = [await office.newBout(), await office.newBout({ state: 'draft' })];
  const fields = await fieldsAt(
    one,
    `${other.desk}/marches`,
    `${other.desk}/marches/${other.marketId}/ouvrir`,
  );
  const stranger = await send(one, `${bout.desk}/marches/${other.marketId}/ouvrir`, fields);
  assert.equal(stranger.status, 404);
  const reopened = await send(one, `${bout.desk}/marches/${bout.marketId}/ouvrir`, {
    ...fields,
    payoutPolicy: 'homologation',
  });
  assert.equal(reopened.status, 409, reopened.text);
  assert.deepEqual(
    [(await marketsOf(bout))[0]?.policy, (await marketsOf(other))[0]?.state],
    ['verdict', 'draft'],
  );
});

it('the bout is suspended with every question of it, and one question alone', async () => {
  const bout = await office.newBout();
  const time = await seedQuestion(house.owner, bout.boutId, { kind: 'over_under', lineSeconds: 300 });
  const draft = await seedQuestion(
    house.owner,
    bout.boutId,
    { kind: 'method', group: 'ko' },
    { state: 'draft' },
  );
  const states = async () => (await marketsOf(bout)).map(({ state }) => state);
  assert.match((await press(one, bout.desk, 'suspendre')).text, /Paris suspendus/);
  assert.deepEqual(await states(), ['suspended', 'suspended', 'draft']);
  for (const marketId of [bout.marketId, time]) {
    assertRefused(
      await place(house, bout.a, marketId, { side: 'A', stakeXof: 1_000 }),
      409,
      'market_suspended',
    );
  }
  await press(two, bout.desk, 'reprendre');
  assert.deepEqual(await states(), ['open', 'open', 'draft']);
  assert.match(
    (await one.follow(await on(one, bout, time, 'suspendre'))).text,
    /suspendus sur cette question/,
  );
  assert.deepEqual(await states(), ['open', 'suspended', 'draft']);
  assert.equal((await place(house, bout.a, bout.marketId, { side: 'A', stakeXof: 1_000 })).status, 201);
  await on(two, bout, time, 'reprendre');
  assert.deepEqual(await states(), ['open', 'open', 'draft']);

  const asked = (action: string) => command(house, office.awa, `/bouts/${bout.boutId}/${action}`);
  assertRefused(await asked('resume'), 409, 'market_state_forbids');
  assert.equal((await asked('suspend')).body.state, 'suspended');
  assert.equal((await asked('resume')).body.state, 'open');
  assert.deepEqual(await states(), ['open', 'open', 'draft']);
  assertRefused(await command(house, office.awa, '/bouts/999999/suspend'), 404, 'not_found');
  assert.equal((await marketsOf(bout)).find(({ id }) => id === draft)?.state, 'draft');
});
