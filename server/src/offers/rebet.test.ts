/** Betting the same again, as pages without JavaScript: what is best now, said before the tap, and nothing else. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { accept, availableXof, cancel, command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';
import { close, decide, duel, settle } from '../testing/results.ts';
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

let house: House;
let staff: readonly [SeededStaff, SeededStaff];
before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Three = [SeededPlayer, SeededPlayer, SeededPlayer];
type Two = [SeededMarket, SeededMarket];

/** Two bouts of the same two wrestlers, three players. */
async function table() {
  const [now, next] = (await seedMarkets(house.owner, { count: 2 })) as Two;
  const players = (await seedPlayers(house.owner, { count: 3, availableXof: 50_000 })) as Three;
  return { now, next, players };
}

/** Ada bet 10 000 F on A against Bouba and won: her bet, and the wrestlers' next bout. */
async function settledBet() {
  const { now, next, players } = await table();
  const { betId } = await duel(house, now.marketId, [players[0], players[1]]);
  await close(house, staff[0], [now.marketId]);
  await decide(house, staff, now.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, now.marketId);
  return { betId, next, players };
}

/** Bouba's offer of 5 000 F on A came back: its id. */
async function returnedOffer() {
  const { now, next, players } = await table();
  const offer = await place(house, players[0], now.marketId, { side: 'A', stakeXof: 5_000, askXof: 10_000 });
  await cancel(house, players[0], now.marketId, offer.body.offerId);
  return { offerId: String(offer.body.offerId), now, next, players };
}

const reader = ({ cookie }: SeededPlayer) => new Reader(house.app.player, cookie);

test('a settled bet again: the wrestler’s next bout, the best offer there, one tap from the bet’s own page', async () => {
  const { betId, next, players } = await settledBet();
  const [ada, bouba, coumba] = players;
  // Too small, worse, the best, and her own.
  await place(house, bouba, next.marketId, { side: 'B', stakeXof: 6_000, askXof: 3_000 });
  await place(house, bouba, next.marketId, { side: 'B', stakeXof: 10_000, askXof: 12_000 });
  const best = await place(house, coumba, next.marketId, { side: 'B', stakeXof: 15_000, askXof: 10_000 });
  const one = reader(ada);
  for (const path of ['/paris', '/paris/historique'])
    assert.match((await one.open(path)).html, new RegExp(`href="/rejouer/${betId}"`), path);
  const page = await one.open(`/paris/${betId}`);
  assert.match(page.text, /Le prochain combat de /);
  assert.match(page.text, new RegExp(`le défi de ${coumba.pseudonym}`));
  assert.match(page.text, /L’autre 15 000 F .* Net en main .* 19 000 F/);
  assert.doesNotMatch(page.text, /Moins bien/);
  const action = `/rejouer/${betId}`;
  assert.equal(formOf(page, action)['offerId'], best.body.offerId);
  const available = await availableXof(house, ada);
  const tapped = await Promise.all([one.submit(page, action), one.submit(page, action)]);
  assert.equal(locationOf(tapped[0]), locationOf(tapped[1]), 'twice is once');
  assert.match((await one.follow(tapped[0])).text, /Pari engagé ! .* 10 000 F .* Mise de l’autre 15 000 F/);
  assert.equal(await availableXof(house, ada), available - 10_000);
});

test('what is there is worse than before: said with both sums before the tap, and the terms of before can wait', async () => {
  const { betId, next, players } = await settledBet();
  const [ada, bouba] = players;
  await place(house, bouba, next.marketId, { side: 'B', stakeXof: 8_000, askXof: 10_000 });
  const page = await reader(ada).open(`/rejouer/${betId}`);
  assert.match(
    page.text,
    /Moins bien qu’avant : au moins 13 680 F net en main si vous gagnez, au lieu de 15 200 F/,
  );
  const waiting = /href="(\/combats\/[^"]+\/bulletin[^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&');
  const slip = await reader(ada).open(waiting ?? '');
  assert.match(slip.text, /Votre mise 10 000 F Mise de l’autre 10 000 F .* Lancer le défi · 10 000 F/);
});

test('nobody offers it: the same offer is placed, and says that it waits', async () => {
  const { offerId, now, players } = await returnedOffer();
  const one = reader(players[0]);
  assert.match((await one.open('/paris')).text, /Défis revenus 5 000 F sur .* Rejouer sur/);
  const page = await one.open(`/defis/${offerId}`);
  assert.match(
    page.text,
    /Les paris sont encore ouverts .* votre défi attend .* 5 000 F L’autre 10 000 F .* Relancer le défi · 5 000 F/,
  );
  const receipt = await one.follow(await one.submit(page, `/rejouer/${offerId}`));
  assert.match(receipt.text, /Défi lancé !/);
  const [offer] = (await house.get(`/bouts/${now.boutId}`)).body.offers;
  assert.deepEqual([offer.side, offer.openXof, offer.takerXof], ['A', 5_000, 10_000]);
});

test('the offer that was shown is gone at the tap: nothing is bet, and the page shows what is there now', async () => {
  const { betId, next, players } = await settledBet();
  const [ada, bouba, coumba] = players;
  const gone = await place(house, bouba, next.marketId, { side: 'B', stakeXof: 10_000 });
  const one = reader(ada);
  const page = await one.open(`/rejouer/${betId}`);
  await accept(house, coumba, next.marketId, gone.body.offerId, { stakeXof: 10_000 });
  await place(house, bouba, next.marketId, { side: 'B', stakeXof: 9_000, askXof: 10_000 });
  const available = await availableXof(house, ada);
  const refused = await one.submit(page, `/rejouer/${betId}`);
  assert.equal(refused.status, errorCatalogue.offer_gone.status);
  assert.match(refused.text, /Ce défi vient d’être pris .* Moins bien qu’avant .* Rejouer · 10 000 F/);
  assert.equal(await availableXof(house, ada), available);
  assert.match((await one.follow(await one.submit(refused, `/rejouer/${betId}`))).text, /Pari engagé !/);
});

test('what is missing is deposited first, and the way back leads to the terms of then', async () => {
  const { offerId, now, players } = await returnedOffer();
  const [ada] = players;
  await place(house, ada, now.marketId, { side: 'A', stakeXof: 48_000 });
  const page = await reader(ada).open(`/rejouer/${offerId}`);
  assert.match(page.text, /Il vous manque 3 000 F/);
  assert.ok(page.html.includes(`suite=${encodeURIComponent(`/rejouer/${offerId}`)}`));
  assert.doesNotMatch(page.html, /Relancer le défi/);
});

test('a private challenge is for the same number again, or by a new link, and never for everybody', async () => {
  const { now, players } = await table();
  const [ada, bouba] = players;
  const [row] = await house.owner.query<{ phone: string }>('SELECT phone FROM player WHERE id = $1', [
    bouba.playerId,
  ]);
  const invitedPhone = row?.phone ?? '';
  // Public ones that would do: they are not what was bet.
  await place(house, bouba, now.marketId, { side: 'B', stakeXof: 2_000 });
  for (const terms of [{ invitedPhone }, { byLink: true }]) {
    const offer = await place(house, ada, now.marketId, { side: 'A', stakeXof: 2_000, ...terms });
    await cancel(house, ada, now.marketId, offer.body.offerId);
    const one = reader(ada);
    const page = await one.open(`/rejouer/${offer.body.offerId}`);
    assert.match(page.text, 'byLink' in terms ? /Par un nouveau lien/ : /Pour le ••• \d\d seulement/);
    assert.equal(page.html.includes(invitedPhone), false);
    const again = await one.follow(await one.submit(page, `/rejouer/${offer.body.offerId}`));
    assert.match(again.text, 'byLink' in terms ? /Privé : pour qui a le lien/ : /Pour le ••• \d\d seulement/);
    assert.match(again.text, /Défi lancé !/);
  }
  assert.match((await reader(bouba).open('/paris')).text, new RegExp(`${ada.pseudonym} vous défie`));
});

test('no chance, no button: an open offer, an engaged bet, other questions, closed bouts, who may not play', async () => {
  const { now, next, players } = await table();
  const [ada, bouba, coumba] = players;
  const open = await place(house, ada, now.marketId, { side: 'A', stakeXof: 2_000 });
  const { betId: engaged } = await duel(house, next.marketId, [ada, bouba], 2_000);
  const line = await seedQuestion(house.owner, now.boutId, { kind: 'over_under', lineSeconds: 600 });
  const timed = await place(house, ada, line, { side: 'A', stakeXof: 2_000 });
  await whistle(house, staff[0], now.marketId);
  await sealMarket(house.db, line);
  const one = reader(ada);
  for (const id of [engaged, timed.body.offerId]) {
    assert.match((await one.open(`/rejouer/${id}`)).text, /Rien à rejouer pour l’instant/, id);
  }
  assert.match(
    (await one.open(`/rejouer/${open.body.offerId}`)).text,
    /Rien à rejouer/,
    'it is open until the close has given it back',
  );
  await sealMarket(house.db, now.marketId);
  assert.match((await one.open(`/rejouer/${open.body.offerId}`)).text, /Le prochain combat/);
  await command(house, staff[0], `/markets/${next.marketId}/suspend`);
  assert.match((await one.open(`/rejouer/${open.body.offerId}`)).text, /Rien à rejouer/);
  await command(house, staff[0], `/markets/${next.marketId}/resume`);
  assert.equal((await reader(coumba).ask(`/rejouer/${open.body.offerId}`)).status, 404);
  assert.match((await one.open(`/rejouer/${open.body.offerId}`)).text, /Le prochain combat/);
  const pause = { operationId: randomUUID(), kind: 'cool_off', days: 1 };
  assert.equal((await house.post('/play/exclusions', ada.cookie, pause)).status, 201);
  assert.match((await one.open(`/rejouer/${open.body.offerId}`)).text, /Rien à rejouer/);
});
