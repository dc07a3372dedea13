/** The markets of one bout on the player's side: to look at, to bet on, each with its own offers and words. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveBouts } from '../bouts/live-bout.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { formOf, Reader } from '../testing/reader.ts';
import { close, decide, duel, settle } from '../testing/results.ts';
import {
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedQuestion,
  seedStaff,
} from '../testing/seed.ts';

let house: House;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function evening() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const { boutId } = market;
  const time = await seedQuestion(house.owner, boutId, { kind: 'over_under', lineSeconds: 600 });
  const way = await seedQuestion(house.owner, boutId, { kind: 'method', group: 'ko' });
  const draft = await seedQuestion(
    house.owner,
    boutId,
    { kind: 'method', group: 'fall' },
    { state: 'draft' },
  );
  const players = await seedPlayers(house.owner, { count: 2, availableXof: 50_000 });
  return { ...market, time, way, draft, players: players as [SeededPlayer, SeededPlayer] };
}

const reader = (player?: SeededPlayer) => new Reader(house.app.player, player?.cookie);

test('a bout names its opened markets, and shows the offers of the one asked for', async () => {
  const { boutId, marketId, time, way, draft, players } = await evening();
  const offer = await place(house, players[0], time, { side: 'A', stakeXof: 3_000 });
  assert.equal(offer.status, 201, JSON.stringify(offer.body));
  const first = (await house.get(`/bouts/${boutId}`)).body;
  assert.deepEqual(
    first.markets.map(({ id, state }: { id: number; state: string }) => [id, state]),
    [
      [marketId, 'open'],
      [time, 'open'],
      [way, 'open'],
    ],
  );
  assert.equal(first.market.id, marketId);
  assert.deepEqual(first.offers, []);
  const second = (await house.get(`/bouts/${boutId}?marketId=${time}`)).body;
  assert.deepEqual(second.market.question, { kind: 'over_under', lineSeconds: 600 });
  assert.deepEqual(
    second.offers.map(({ offerId }: { offerId: string }) => offerId),
    [offer.body.offerId],
  );
  const other = await evening();
  for (const id of [draft, other.time, 999_999_999])
    assert.equal((await house.get(`/bouts/${boutId}?marketId=${id}`)).status, 404, String(id));
  assert.equal((await house.get(`/bouts/${boutId}?marketId=1e3`)).status, 400);
});

test('a bet on the time of a bout: page, slip, offer, acceptance and receipt speak of the time', async () => {
  const { boutId, time, players } = await evening();
  const [ada, bouba] = players;
  const one = reader(ada);
  const bout = await one.open(`/combats/${boutId}`);
  assert.match(bout.text, /Qui gagne \? .* Plus ou moins de 10 min de lutte .* Victoire par KO \?/);
  const page = await one.open(`/combats/${boutId}?marche=${time}`);
  assert.match(page.text, /Lancer un défi Plus ou moins de 10 min de lutte Plus de 10 min Moins de 10 min/);
  const slip = await one.open(`/combats/${boutId}/bulletin?marche=${time}&side=B&stakeXof=2000&ratio=1%3A1`);
  assert.match(slip.text, /Moins de 10 min .* si la lutte dure 10 min ou moins/);
  assert.equal(formOf(slip, `/combats/${boutId}/defis`)['marche'], String(time));
  const placed = await one.follow(await one.submit(slip, `/combats/${boutId}/defis`));
  assert.match(placed.text, /Défi lancé ! .* 2 000 F sur Moins de 10 min/);

  const two = reader(bouba);
  assert.doesNotMatch((await two.open(`/combats/${boutId}`)).text, /Je prends/);
  const list = await two.open(`/combats/${boutId}?marche=${time}`);
  assert.match(list.text, /Je prends : Plus de 10 min/);
  const path = /href="(\/combats\/\d+\/defis\/[^"]+)"/.exec(list.html)?.[1] ?? '';
  const acceptance = await two.open(path);
  assert.match(acceptance.text, /Plus ou moins de 10 min de lutte Plus de 10 min/);
  assert.match(acceptance.text, /si la lutte dure plus de 10 min/);
  const bet = await two.follow(await two.submit(acceptance, `${path}/accepter`));
  assert.match(bet.text, /Pari engagé ! .* sur Plus de 10 min/);
  assert.match((await two.open(`/combats/${boutId}`)).text, /Mes paris sur ce combat 2 000 F/);
});

test('an offer is taken back in its own market; a form for no market of this bout is refused', async () => {
  const { boutId, way, draft, players } = await evening();
  const one = reader(players[0]);
  const slip = await one.open(`/combats/${boutId}/bulletin?marche=${way}&side=A&stakeXof=2000&ratio=1%3A1`);
  const action = `/combats/${boutId}/defis`;
  assert.equal((await one.submit(slip, action, { marche: String(draft) })).status, 404);
  const offer = await one.follow(await one.submit(slip, action));
  assert.match(offer.text, /sur Oui, par KO/);
  const takeBack = /action="([^"]+\/retirer)"/.exec(offer.html)?.[1] ?? '';
  assert.match((await one.follow(await one.submit(offer, takeBack))).text, /Rendu 2 000 F/);
});

test('the rule of a market is shown with its version, its hash, and in Wolof', async () => {
  const { boutId, time } = await evening();
  const { market } = (await house.get(`/bouts/${boutId}?marketId=${time}`)).body;
  const { text, html } = await reader().open(`/combats/${boutId}?marche=${time}`);
  assert.match(text, /« Plus » gagne si la lutte dure plus de 10 min, pauses non comptées/);
  assert.ok(text.includes(`Règle version ${market.ruleCard.version},`));
  assert.ok(text.includes(market.ruleCardHash));
  assert.match(html, /<div lang="wo">.*gañe na/);
});

test('a result is told as what it makes of each question: a draw gives back, and decides the time all the same', async () => {
  const { boutId, marketId, time, way, players } = await evening();
  const [ada] = players;
  const late = { kind: 'over_under', lineSeconds: 660 } as const;
  const held = await seedQuestion(house.owner, boutId, late, { payoutPolicy: 'homologation' });
  const markets = [marketId, time, way, held] as const;
  for (const id of markets) await duel(house, id, players);
  const staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  await close(house, staff[0], markets);
  const decided = await decide(house, staff, boutId, { ending: 'draw', wrestledSeconds: 601 });
  assert.equal(decided.status, 200, JSON.stringify(decided.body));
  for (const id of markets) await settle(house, id);

  const one = reader(ada);
  const told = async (id: number) =>
    (await one.open(`/combats/${boutId}${id === marketId ? '' : `?marche=${id}`}`)).text;
  assert.match(await told(marketId), /Match nul\. Chaque mise est rendue en entier\./);
  assert.match(
    await told(time),
    /Match nul\. Temps de lutte : 10 min 1 s\. « Plus de 10 min » gagne\. Qui gagne/,
  );
  assert.match(await told(way), /Match nul\. Chaque mise est rendue en entier\./);
  assert.match(await told(held), /Match nul\. .*Ces paris sont payés après l’homologation\./);

  const list = await one.open('/paris');
  const betOn = (pick: string) => {
    const line = [...list.html.matchAll(/href="(\/paris\/[\w-]+)".*?<\/a>/gs)].find(([html]) =>
      html.includes(pick),
    );
    return one.open(line?.[1] ?? '');
  };
  const won = await betOn('Plus de 10');
  assert.match(won.text, /Vous avez reçu .* Fin du combat : Match nul\. Temps de lutte : 10 min 1 s\./);
  assert.match(won.text, /Résultat : Match nul .*Temps de lutte : 10 min 1 s\. Source/);
  assert.match((await betOn('Plus de 11')).text, /Ce pari est payé après l’homologation/);
  assert.match((await betOn('Oui, par KO')).text, /revenue en entier\. Fin du combat : Match nul\./);
});

test('what is watched of a bout is the market that is watched', async () => {
  const { boutId, time, players } = await evening();
  const source = liveBouts(house.db);
  const topics = [`bout:${boutId}`, `bout:${boutId}/${time}`] as const;
  const before = await source.versions(topics);
  const offer = await place(house, players[0], time, { side: 'A', stakeXof: 3_000 });
  await accept(house, players[1], time, offer.body.offerId, { stakeXof: 3_000 });
  const after = await source.versions(topics);
  assert.equal(after.get(topics[0]), before.get(topics[0]));
  assert.notEqual(after.get(topics[1]), before.get(topics[1]));
  const seen = await source.read(topics[1]);
  assert.equal(seen?.version, after.get(topics[1]));
  assert.equal((await source.read(topics[0]))?.version, after.get(topics[0]));
});
