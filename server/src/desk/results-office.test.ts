/** Corrections and homologation in the office's pages, as a browser without JavaScript sends them; and what they cost. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, place } from '../testing/bets.ts';
import type { House } from '../testing/house.ts';
import { type DeskBout, type Office, openOffice, press, propose } from '../testing/office.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { duel, settle } from '../testing/results.ts';
import { seedBonus, seedPlayers, seedQuestion, seedStaff } from '../testing/seed.ts';

let office: Office;
let house: House;
let one: Reader;
let two: Reader;

before(async () => {
  office = await openOffice();
  ({ house, one, two } = office);
});
after(() => office.close());

async function paidBout(): Promise<DeskBout> {
  const bout = await office.closedBout();
  assert.equal((await propose(one, bout)).status, 303);
  await press(two, bout.desk, 'resultat/confirmer');
  await office.settle(bout);
  return bout;
}

async function proposeCorrection(
  reader: Reader,
  { desk }: DeskBout,
  said: Record<string, string>,
): Promise<ReadPage> {
  return reader.submit(await reader.ask(`${desk}/correction`), `${desk}/correction`, {
    source: 'Procès-verbal',
    reason: 'Erreur de saisie',
    ...said,
  });
}

const DRAW = { ending: 'draw', winnerSide: '' };

/** Presses a button of the page of the results. */
async function pressOn(reader: Reader, { desk }: DeskBout, action: string): Promise<ReadPage> {
  const answer = await reader.submit(await reader.ask(`${desk}/resultats`), `${desk}/${action}`);
  return answer.status === 303 ? reader.follow(answer) : answer;
}

it('a paid bout is corrected by two people, who read what it costs before; finance reads the loss', async () => {
  const bout = await paidBout();
  // Of his 105 200 F all but 1 200 F are in another bet.
  const { marketId } = await office.newBout();
  assert.equal((await place(house, bout.a, marketId, { side: 'A', stakeXof: 104_000 })).status, 201);
  const desk = await one.ask(bout.desk);
  assert.match(desk.html, new RegExp(`href="${bout.desk}/resultats"`));

  const form = await one.ask(`${bout.desk}/correction`);
  assert.match(form.html, /value="fall"[^>]*checked/);
  const missing = await proposeCorrection(one, bout, { ...DRAW, reason: '' });
  assert.equal(missing.status, 400);
  const proposed = await one.follow(await proposeCorrection(one, bout, DRAW));
  assert.match(proposed.text, /Correction proposée. Un collègue doit la confirmer/);
  assert.doesNotMatch(proposed.html, /correction\/confirmer/);

  const seen = await two.ask(`${bout.desk}/resultats`);
  const preview =
    /Repris aux joueurs 1 200 F .*Versé aux joueurs 10 000 F .*Commission −1 000 F .*Impôt −3 800 F .*Perte de la maison 4 000 F/;
  assert.match(seen.text, preview);
  assert.match(seen.text, /Raison : Erreur de saisie/);
  assert.match((await pressOn(two, bout, 'correction/confirmer')).text, /La différence se paie/);
  await office.settle(bout);
  const done = await two.ask(`${bout.desk}/resultats`);
  assert.match(done.text, /Correction, version 2 En vigueur.*Première version Remplacée/);
  assert.match(done.text, preview);
  assert.deepEqual([await availableXof(house, bout.a), await availableXof(house, bout.b)], [0, 100_000]);

  await house.owner.query('UPDATE correction SET is_test = false WHERE market_id = $1', [bout.marketId]);
  const [keeper] = await seedStaff(house.owner, 1, 'finance');
  const losses = await new Reader(house.app.office, keeper?.cookie ?? '').ask('/pertes');
  await house.owner.query('UPDATE correction SET is_test = true WHERE market_id = $1', [bout.marketId]);
  assert.match(losses.text, /Perdu en tout 4 000 F .*Erreur de saisie.*Gardé par \S.* : 4 000 F/);
});

it('a proposed correction can be taken back, and nothing has changed', async () => {
  const bout = await paidBout();
  await proposeCorrection(two, bout, DRAW);
  const again = await proposeCorrection(one, bout, DRAW);
  assert.deepEqual([again.status, /déjà proposé/.test(again.text)], [409, true]);
  assert.match((await pressOn(one, bout, 'correction/retirer')).text, /Correction retirée/);
  assert.equal(await availableXof(house, bout.a), 105_200);
  assert.match((await one.ask(`${bout.desk}/resultats`)).text, /Première version En vigueur/);
});

it('one result decides every market of the bout: its time is asked for, and a market can be annulled', async () => {
  const bout = await office.newBout();
  const time = await seedQuestion(house.owner, bout.boutId, { kind: 'over_under', lineSeconds: 600 });
  const ko = await seedQuestion(house.owner, bout.boutId, { kind: 'method', group: 'ko' });
  for (const marketId of [bout.marketId, time, ko]) await duel(house, marketId, [bout.a, bout.b]);
  await press(one, bout.desk, 'sifflet');
  for (const marketId of [bout.marketId, time, ko]) await sealMarket(house.db, marketId);
  const untimed = await propose(one, bout);
  assert.equal(untimed.status, 422, untimed.text);
  assert.match(untimed.html, /id="wrestledMinutes-problem"/);
  const said = {
    ending: 'fall',
    winnerSide: 'A',
    source: 'Arbitre',
    wrestledMinutes: '10',
    wrestledSeconds: '1',
  };
  const markets = await house.owner.query<{ id: number }>(
    'SELECT id FROM market WHERE bout_id = $1 ORDER BY id',
    [bout.boutId],
  );
  const slot = `annule${1 + markets.findIndex(({ id }) => id === ko)}`;
  assert.equal((await propose(one, bout, { ...said, [slot]: String(ko) })).status, 303);
  const seen = await two.ask(`${bout.desk}/resultats`);
  assert.match(
    seen.text,
    /Plus ou moins de 10 min de lutte Plus de 10 min À « Plus de 10 min » · 1 duel 15 200 F/,
  );
  assert.match(seen.text, /Victoire par KO \? Mises rendues Rendu · 1 duel 20 000 F/);
  await press(two, bout.desk, 'resultat/confirmer');
  for (const marketId of [bout.marketId, time, ko]) await settle(house, marketId);
  assert.deepEqual(
    [await availableXof(house, bout.a), await availableXof(house, bout.b)],
    [100_000 - 30_000 + 15_200 + 15_200 + 10_000, 100_000 - 30_000 + 10_000],
  );
});

it('a market that waits for the homologation is paid once two people have said so', async () => {
  const bout = await office.newBout({ state: 'draft' });
  const drafted = await one.ask(bout.desk);
  assert.match(drafted.html, /value="verdict"[^>]*checked/);
  const policy = { payoutPolicy: 'homologation' };
  const opened = await one.follow(await one.submit(drafted, `${bout.desk}/ouvrir`, policy));
  assert.match(opened.text, /Qui gagne \? Paris ouverts .*Payé après l’homologation/);
  await duel(house, bout.marketId, [bout.a, bout.b]);
  await press(one, bout.desk, 'sifflet');
  await office.settle(bout);
  await propose(one, bout);
  assert.match((await two.ask(bout.desk)).text, /Attend l’homologation/);
  assert.match((await two.ask(`${bout.desk}/resultats`)).text, /Attend l’homologation/);
  await press(two, bout.desk, 'resultat/confirmer');
  await office.settle(bout);
  assert.equal(await availableXof(house, bout.a), 90_000);
  const desk = await one.ask(bout.desk);
  assert.doesNotMatch(desk.html, /resultat\/(confirmer|retirer)/);
  assert.match(desk.html, new RegExp(`href="${bout.desk}/resultats"`));

  const results = `${bout.desk}/resultats`;
  const source = { source: 'Communiqué de la FSL' };
  await one.submit(await one.ask(results), `${bout.desk}/homologation`, source);
  assert.match((await pressOn(two, bout, 'homologation/retirer')).text, /Homologation retirée/);
  await one.submit(await one.ask(results), `${bout.desk}/homologation`, source);
  assert.doesNotMatch((await one.ask(results)).html, /homologation\/confirmer/);
  assert.match((await pressOn(two, bout, 'homologation/confirmer')).text, /Le paiement a commencé/);
  await office.settle(bout);
  assert.equal(await availableXof(house, bout.a), 105_200);
  assert.match((await one.ask(results)).text, /Homologué, confirmé par/);
});

it('bonus money goes back to the bonus when a win becomes a void, and out of it when a void becomes a win', async () => {
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 20_000 });
  assert(a !== undefined && b !== undefined);
  await seedBonus(house.owner, a.playerId, 2_000);
  const bonusXof = async () => {
    const [row] = await house.owner.query<{ xof: number }>(
      `SELECT b.amount_xof AS xof FROM player p JOIN ledger.balance b ON b.account_id = p.bonus_account_id WHERE p.id = $1`,
      [a.playerId],
    );
    return row?.xof;
  };
  const bout = { ...(await office.newBout()), a, b };
  await duel(house, bout.marketId, [a, b]);
  assert.deepEqual([await availableXof(house, a), await bonusXof()], [12_000, 0]);
  await press(one, bout.desk, 'sifflet');
  await office.settle(bout);
  await propose(one, bout);
  await press(two, bout.desk, 'resultat/confirmer');
  await office.settle(bout);
  assert.deepEqual([await availableXof(house, a), await bonusXof()], [27_200, 0]);

  const correct = async (said: Record<string, string>) => {
    await proposeCorrection(one, bout, said);
    const seen = (await two.ask(`${bout.desk}/resultats`)).text;
    await pressOn(two, bout, 'correction/confirmer');
    await office.settle(bout);
    return seen;
  };
  // Due: 8 000 of his own and 2 000 of bonus; of the 15 200 he has, 7 200 are taken back.
  const toVoid = await correct(DRAW);
  assert.match(toVoid, /Repris aux joueurs 7 200 F .*Versé aux joueurs 12 000 F .*Perte de la maison 0 F/);
  assert.deepEqual([await availableXof(house, a), await bonusXof()], [20_000, 2_000]);
  await correct({ ending: 'fall', winnerSide: 'B' });
  assert.deepEqual(
    [await availableXof(house, a), await bonusXof(), await availableXof(house, b)],
    [12_000, 0, 10_000 + 15_200],
  );
});
