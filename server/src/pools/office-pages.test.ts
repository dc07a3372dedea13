/** Pools at the operator's desk: from the questions of a gala's bouts to the last franc paid. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DeskBout, type Office, openOffice, press } from '../testing/office.ts';
import { buy } from '../testing/pools.ts';
import { locationOf, type ReadPage } from '../testing/reader.ts';
import { settlePool } from './settle-pool.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

async function draft(bout: DeskBout, fields: Record<string, string>): Promise<ReadPage> {
  const action = `/galas/${bout.galaId}/mutuels`;
  const form = await office.one.open(`${action}/nouveau`);
  return office.one.submit(form, action, { name: 'Le mutuel du soir', ...fields });
}

test('an operator makes a pool of questions, reads the draft, opens it, suspends it and takes it up again', async () => {
  const bout = await office.newBout();
  const gala = await office.one.open(`/galas/${bout.galaId}`);
  assert.ok(gala.html.includes(`href="/galas/${bout.galaId}/mutuels"`));
  const created = await draft(bout, {
    jambe1: `${bout.boutId} winner`,
    jambe2: `${bout.boutId} over_under`,
    lineMinutes: '10',
  });
  assert.equal(created.status, 303, created.text);
  const desk = (locationOf(created).split('?')[0] ?? '').trim();
  const page = await office.one.follow(created);
  assert.match(page.text, /Brouillon créé/);
  assert.match(page.text, /Plus ou moins de 10 min de lutte/);
  assert.match(page.text, /Choix possibles 4/);
  assert.match((await office.one.open(`/galas/${bout.galaId}/mutuels`)).text, /Le mutuel du soir Brouillon/);

  assert.match((await press(office.one, desk, 'ouvrir')).text, /Ouvert : les joueurs achètent/);
  assert.match((await press(office.two, desk, 'suspendre')).text, /aucun ticket n’est pris/);
  const poolId = Number(desk.split('/').at(-1));
  assert.equal((await buy(office.house, bout.a, poolId, ['A', 'over'], 1_000)).body.code, 'pool_suspended');
  assert.match((await press(office.one, desk, 'reprendre')).text, /Les ventes ont repris/);
  assert.equal((await buy(office.house, bout.a, poolId, ['A', 'over'], 1_000)).status, 201);
});

test('what cannot be a pool comes back with its sentence, and with what was chosen', async () => {
  const bout = await office.newBout();
  const winner = `${bout.boutId} winner`;
  for (const [fields, sentence] of [
    [{ jambe1: winner, jambe2: winner }, /chaque question une seule fois/],
    [{ jambe1: '999999999 winner' }, /combats de ce gala/],
    [{ jambe1: `${bout.boutId} over_under` }, /Choisissez/],
    [{ jambe1: 'winner' }, /./],
    [{ jambe1: winner, lineMinutes: '0,5' }, /./],
    [{ jambe1: winner, name: '   ' }, /./],
  ] as const) {
    const refused = await draft(bout, fields);
    assert.ok([400, 409, 422].includes(refused.status), `${refused.status} ${JSON.stringify(fields)}`);
    assert.match(refused.text, sentence);
  }
  const kept = await draft(bout, { jambe1: winner, jambe2: winner });
  assert.match(
    kept.html,
    new RegExp(`<option[^>]*selected[^>]*value="${winner}"|value="${winner}"[^>]*selected`),
  );
  assert.match((await office.one.open(`/galas/${bout.galaId}/mutuels`)).text, /Pas encore de pari mutuel/);
});

test('the desk tells what is held, that the whistle of a bout closes it, and what it has paid', async () => {
  const bout = await office.newBout();
  const created = await draft(bout, { jambe1: `${bout.boutId} winner` });
  const desk = locationOf(created).split('?')[0] ?? '';
  const poolId = Number(desk.split('/').at(-1));
  await press(office.one, desk, 'ouvrir');
  await buy(office.house, bout.a, poolId, 'A', 3_000);
  await buy(office.house, bout.b, poolId, 'B', 1_000);
  const open = await office.one.open(desk);
  assert.match(open.text, /Mises en tout 4 000 F/);
  await press(office.one, bout.desk, 'sifflet');
  const closed = await office.one.open(desk);
  assert.match(closed.text, /Il est payé quand chaque combat a son résultat/);
  // The button of a page that was open before the whistle.
  const late = await office.one.submit(open, `${desk}/suspendre`);
  assert.equal(late.status, 409);
  assert.match(late.text, /ne permet pas cette commande/);

  await office.house.owner.query(
    `INSERT INTO result (id, bout_id, version, ending, winner_side, source, proposed_by, confirmed_by, confirmed_at)
     SELECT gen_random_uuid(), $1, 1, 'fall', 'B', 'Feuille', $2, s.id, clock_timestamp()
     FROM staff s WHERE s.id <> $2 LIMIT 1`,
    [bout.boutId, office.awa.staffId],
  );
  await settlePool({ db: office.house.db, jobs: office.house.jobs }, poolId);
  const paid = await office.one.open(desk);
  assert.match(paid.text, /2 tickets sur 2/);
  assert.match(paid.text, /Prélèvement 400 F/);
  assert.match(paid.text, /avant impôt 3 600 F/);
});
