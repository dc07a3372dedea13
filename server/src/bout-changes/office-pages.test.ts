/** The postponement desk, as a browser without JavaScript sends it: read first, confirmed as it was read. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { liveBouts, topicOf } from '../bouts/live-bout.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, cancel, place } from '../testing/bets.ts';
import type { House } from '../testing/house.ts';
import { type DeskBout, type Office, openOffice, press } from '../testing/office.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

let office: Office;
let house: House;
let one: Reader;
let two: Reader;

before(async () => {
  office = await openOffice();
  ({ house, one, two } = office);
});
after(() => office.close());

const DAY_MS = 86_400_000;
const WHY = { reason: 'Blessure au genou', source: 'Communiqué de la FSL' };
/** As the field of a date writes it, at noon: no test meets midnight. */
const noonIn = (days: number) => `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T12:00`;

/** From the form to what becomes of the bets. */
async function preview(
  reader: Reader,
  { desk }: Pick<DeskBout, 'desk'>,
  what: 'report' | 'annulation',
  said: Record<string, string>,
): Promise<ReadPage> {
  const form = await reader.ask(`${desk}/${what}`);
  return reader.follow(await reader.submit(form, `${desk}/${what}/apercu`, said));
}

const move = (reader: Reader, bout: Pick<DeskBout, 'desk'>, scheduledAt: string) =>
  preview(reader, bout, 'report', { ...WHY, scheduledAt });
const end = (reader: Reader, bout: Pick<DeskBout, 'desk'>, ending: string) =>
  preview(reader, bout, 'annulation', { ending, source: WHY.source });

it('a move says what becomes of every bet and what players will read, then does it', async () => {
  const bout = await office.openBout();
  const poolId = await openTestPool(house, office.awa.cookie, bout.galaId, [{ boutId: bout.boutId }]);
  assert.equal((await buy(house, bout.a, poolId, 'A', 3_000)).status, 201);
  const desk = await one.ask(bout.desk);
  assert.match(desk.html, new RegExp(`href="${bout.desk}/report"`));

  const read = await move(one, bout, noonIn(3));
  assert.equal(read.status, 200);
  assert.match(read.text, /Raison Blessure au genou Source Communiqué de la FSL/);
  assert.match(read.text, /Les paris tiennent jusqu’au \S+ \S+ \S+ inclus/);
  assert.match(
    read.text,
    /Qui gagne \? Paris ouverts Les paris seront suspendus ; vous pourrez les rouvrir\. 1 duel · 20 000 F .*Tiennent jusqu’au .* 1 défi en attente · 5 000 F .*Restent ; chacun peut retirer le sien/,
  );
  assert.match(
    read.text,
    /ce combat y est annulé à .* 1 ticket · 3 000 F .*Rendus en entier à cette heure-là/,
  );
  assert.match(read.text, /Qui a un défi ou un duel : .* : combat reporté au .* Vos paris tiennent si/);
  assert.match(read.text, /Qui a un ticket : .* Dans vos paris mutuels/);
  // Nothing has been done yet.
  assert.match((await one.ask(bout.desk)).text, /Paris ouverts/);

  const answer = await one.submit(read, `${bout.desk}/report`);
  const done = await one.follow(answer);
  assert.match(done.text, /Combat reporté\. Les joueurs sont prévenus\./);
  assert.match(
    done.text,
    /Paris suspendus Reporté au .* à 12 h Mises rendues .* si les deux ne se rencontrent pas/,
  );
  assert.match(done.text, /Report Reporté au .*Raison : Blessure au genou Source : Communiqué de la FSL/);
  assert.match(done.text, /Combat reporté Opérateur \d+ fait/);
  assert.match((await one.ask('/journal')).text, /Combat reporté .* fait/);
  // The same button again: the same move.
  assert.equal((await one.submit(read, `${bout.desk}/report`)).status, 303);
  const moves = await house.owner.query('SELECT 1 FROM postponement WHERE bout_id = $1', [bout.boutId]);
  assert.equal(moves.length, 1);
  assert.match((await one.ask(`/galas/${bout.galaId}`)).text, /Reporté : .* à 12 h .*Mises rendues/);
  assert.match((await press(two, bout.desk, 'reprendre')).text, /Les paris ont repris/);
});

it('without a date the gala’s desk says what is awaited, and when the stakes go back', async () => {
  const bout = await office.closedBout();
  const read = await move(one, bout, '');
  assert.match(read.text, /Nouvelle date date à fixer/);
  assert.match(read.text, /Les paris restent fermés\. 1 duel · 20 000 F/);
  await one.submit(read, `${bout.desk}/report`);
  assert.match(
    (await one.ask(`/galas/${bout.galaId}`)).text,
    /date à fixer .*Attend sa nouvelle date.*Mises rendues .* si les deux ne se rencontrent pas/,
  );
  const again = await one.ask(`${bout.desk}/report`);
  const refused = await one.submit(again, `${bout.desk}/report/apercu`, { ...WHY, scheduledAt: '' });
  assert.equal(refused.status, 422);
});

it('a date that is too late says so, and gives everything back', async () => {
  const bout = await office.openBout();
  const read = await move(one, bout, noonIn(40));
  assert.match(read.text, /C’est trop tard : les règles promettent un combat au plus tard le /);
  assert.match(read.text, /Rendus en entier aux deux côtés, tout de suite\..*Reporter et rendre chaque mise/);
  const done = await one.follow(await one.submit(read, `${bout.desk}/report`));
  assert.match(done.text, /Paris fermés Reporté au .* Trop tard : chaque mise est rendue\./);
  assert.equal(done.html.includes(`href="${bout.desk}/report"`), true);
});

it('what is no longer so is not confirmed: the page comes back with what is so now', async () => {
  const bout = await office.openBout();
  const read = await move(one, bout, noonIn(3));
  await press(two, bout.desk, 'sifflet');
  const refused = await one.submit(read, `${bout.desk}/report`);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /Depuis cet aperçu, ce que deviennent des paris a changé/);
  assert.match(refused.text, /Les paris restent fermés\. 1 duel/);
  assert.match(refused.html, /value="Blessure au genou"/);
  const done = await one.follow(await one.submit(refused, `${bout.desk}/report`));
  assert.match(done.text, /Combat reporté/);
});

it('more bets meanwhile do not stand in the way; a result that was proposed does, and what was typed stays', async () => {
  const bout = await office.openBout();
  const read = await move(one, bout, noonIn(3));
  assert.equal((await place(house, bout.b, bout.marketId, { side: 'B', stakeXof: 2_000 })).status, 201);
  assert.equal((await one.submit(read, `${bout.desk}/report`)).status, 303);

  const other = await office.openBout();
  const early = await move(one, other, noonIn(3));
  await two.submit(await end(two, other, 'cancelled'), `${other.desk}/annulation`);
  const refused = await one.submit(early, `${other.desk}/report`);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /Un résultat est déjà proposé/);
  assert.match(refused.html, /value="Blessure au genou"/);
});

it('a forfeit: read, stopped by one, confirmed by another, every stake of markets and pools given back', async () => {
  const bout = await office.openBout();
  const poolId = await openTestPool(house, office.awa.cookie, bout.galaId, [{ boutId: bout.boutId }]);
  assert.equal((await buy(house, bout.a, poolId, 'A', 3_000)).status, 201);
  const read = await end(one, bout, 'forfeit');
  assert.match(read.text, /Ce qui arrive Forfait avant le coup de sifflet Source Communiqué de la FSL/);
  assert.match(read.text, /1 défi en attente · 5 000 F .*Rendus tout de suite/);
  assert.match(read.text, /1 ticket · 3 000 F .*Rendus en entier, après la confirmation d’un collègue/);
  assert.match(read.text, /forfait avant le combat\. Les paris sont arrêtés\. Chaque mise vous est rendue/);
  const stopped = await one.follow(await one.submit(read, `${bout.desk}/annulation`));
  assert.match(stopped.text, /Les paris sont arrêtés\. Un collègue doit confirmer/);
  assert.match(stopped.text, /En attente d’un collègue/);
  assert.match((await two.ask(bout.desk)).text, /La preuve des paris se publie/);
  await sealMarket(house.db, bout.marketId);
  await sealPool(house.db, poolId);
  await press(two, bout.desk, 'resultat/confirmer');
  await office.settle(bout);
  await settlePool(house, poolId);
  assert.match((await two.ask(bout.desk)).text, /Mises rendues Forfait/);
  assert.deepEqual(
    [await availableXof(house, bout.a), await availableXof(house, bout.b)],
    [100_000, 100_000],
  );
});

it('a replaced opponent leads to the bout of the one who comes instead', async () => {
  const [first, second] = await seedMarkets(house.owner, { count: 2 });
  assert(first !== undefined && second !== undefined);
  const bout = { ...first, desk: `/combats/${first.boutId}` };
  const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 50_000 });
  assert(player !== undefined);
  const legs = [{ boutId: first.boutId }, { boutId: second.boutId }];
  const poolId = await openTestPool(house, office.awa.cookie, first.galaId, legs);
  assert.equal((await buy(house, player, poolId, ['A', 'B'], 3_000)).status, 201);
  const read = await end(one, bout, 'opponent_replaced');
  assert.match(read.text, /Pas de ticket non plus pour son autre question\. Ce combat y est annulé\./);
  assert.match(read.text, /1 ticket · 3 000 F .*Tiennent : ce combat compte comme juste pour tous/);
  const done = await one.follow(await one.submit(read, `${bout.desk}/annulation`));
  assert.match(done.html, new RegExp(`href="/galas/${bout.galaId}/combats/nouveau"`));
});

it('a bout on which nothing was opened is called off by two as well', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  const desk = `/combats/${market.boutId}`;
  const read = await end(one, { desk }, 'cancelled');
  assert.match(read.text, /Jamais ouvert : ne pourra plus s’ouvrir/);
  assert.match(read.text, /Personne n’a parié : personne n’est prévenu/);
  await one.submit(read, `${desk}/annulation`);
  await press(two, desk, 'resultat/confirmer');
  assert.match((await one.ask(desk)).text, /Combat annulé/);
});

it('players read on every page, on the bout’s and on their bet’s, that it is moved and what becomes of the bet', async () => {
  const bout = await office.closedBout();
  const source = liveBouts(house.db);
  const topic = topicOf(bout.boutId, null);
  const versionOf = async () => (await source.versions([topic])).get(topic);
  const before = await versionOf();
  await one.submit(await move(one, bout, ''), `${bout.desk}/report`);
  assert.notEqual(await versionOf(), before);
  assert.equal((await source.read(topic))?.version, await versionOf());

  const player = new Reader(house.app.player, bout.a.cookie);
  const page = await player.ask(`/combats/${bout.boutId}`);
  assert.match(page.text, /Date à fixer/);
  assert.match(
    page.text,
    /Combat reporté\. La nouvelle date n’est pas encore connue\. Les paris tiennent si les deux mêmes lutteurs se rencontrent au plus tard le \S+ \S+ \S+\. Sinon chaque mise est rendue en entier\./,
  );
  assert.match(page.text, / : combat reporté, la nouvelle date n’est pas connue\. Vos paris tiennent si/);
  assert.match(page.html, /lang="wo"[^>]*>[^<]*randal nañu bëre bi/);
  const [duel] = await house.owner.query<{ id: string }>('SELECT id FROM duel WHERE market_id = $1', [
    bout.marketId,
  ]);
  assert.match(
    (await player.ask(`/paris/${duel?.id}`)).text,
    /Combat reporté\. .* Les paris tiennent si .* Combat reporté, date à fixer .* Blessure au genou\./,
  );
  assert.match((await player.ask(`/galas/${bout.galaId}`)).text, /Date à fixer/);

  const to = noonIn(4);
  await one.submit(await move(one, bout, to), `${bout.desk}/report`);
  assert.match(
    (await new Reader(house.app.player).ask(`/combats/${bout.boutId}`)).text,
    /à 12 h .*Combat reporté\./,
  );
});

it('players read that betting was stopped because the bout is not fought, or moved too far', async () => {
  const bout = await office.openBout();
  await one.submit(await end(one, bout, 'opponent_replaced'), `${bout.desk}/annulation`);
  const page = await new Reader(house.app.player, bout.b.cookie).ask(`/combats/${bout.boutId}`);
  assert.match(page.text, /un lutteur est remplacé, ce combat n’a pas lieu/);
  assert.match(
    page.text,
    /Paris arrêtés à .* : le combat n’a pas lieu comme prévu\. Chaque mise est rendue dès que/,
  );
  assert.doesNotMatch(page.text, /Place au combat/);

  const late = await office.openBout();
  await one.submit(await move(one, late, noonIn(40)), `${late.desk}/report`);
  const seen = await new Reader(house.app.player, late.b.cookie).ask(`/combats/${late.boutId}`);
  assert.match(seen.text, /Combat reporté trop loin : chaque mise est rendue en entier\./);
  assert.doesNotMatch(seen.text, /dès que c’est confirmé/);
  // Moved back in time before the job has run: the bets stand again.
  await one.submit(await move(one, late, noonIn(3)), `${late.desk}/report`);
  const back = await new Reader(house.app.player, late.b.cookie).ask(`/combats/${late.boutId}`);
  assert.match(back.text, /Combat reporté\. Les paris tiennent si .* Paris fermés à/);
  assert.doesNotMatch(back.text, /n’a pas lieu comme prévu|Place au combat/);
});

it('bad answers come back beside their field; who may not is refused', async () => {
  const bout = await office.openBout();
  const ask = async (said: Record<string, string>) =>
    one.submit(await one.ask(`${bout.desk}/report`), `${bout.desk}/report/apercu`, said);
  const past = await ask({ ...WHY, scheduledAt: '2020-01-01T20:00' });
  assert.equal(past.status, 422);
  assert.match(past.html, /id="scheduledAt-problem"/);
  assert.match(past.html, /value="Blessure au genou"/);
  assert.match((await ask({ ...WHY, reason: '', scheduledAt: noonIn(2) })).html, /id="reason-problem"/);
  const none = await one.submit(await one.ask(`${bout.desk}/annulation`), `${bout.desk}/annulation/apercu`, {
    source: 'FSL',
  });
  assert.match(none.html, /id="ending-problem"/);

  const [keeper] = await seedStaff(house.owner, 1, 'finance');
  const reader = new Reader(house.app.office, keeper?.cookie);
  const seen = await reader.ask(bout.desk);
  assert.equal(seen.status, 200);
  assert.doesNotMatch(seen.html, /\/report"|\/annulation"/);
  for (const path of ['report', 'report/apercu?reason=Pluie&source=FSL', 'annulation']) {
    assert.equal((await reader.ask(`${bout.desk}/${path}`)).status, 403, path);
  }
  // A robot runs hidden test galas only.
  assert.equal((await office.machine.ask(`${bout.desk}/report/apercu?reason=Pluie&source=FSL`)).status, 404);
  assert.equal((await cancel(house, bout.a, bout.marketId, await offerOf(bout))).status, 200);
});

async function offerOf({ marketId }: DeskBout): Promise<string> {
  const [row] = await house.owner.query<{ id: string }>(
    'SELECT id FROM offer WHERE market_id = $1 AND is_open',
    [marketId],
  );
  return row?.id ?? '';
}
