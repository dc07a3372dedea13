/** The order book by ratio: what is open of a market, best first, for the API and for the pages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveBouts } from '../bouts/live-bout.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, cancel, place, type Terms } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader, type ReadPage } from '../testing/reader.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedQuestion } from '../testing/seed.ts';

let house: House;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function ring() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const players = await seedPlayers(house.owner, { count: 3, availableXof: 200_000 });
  return { ...market, players: players as [SeededPlayer, SeededPlayer, SeededPlayer] };
}

async function put(player: SeededPlayer, marketId: number, terms: Terms): Promise<string> {
  const { status, body } = await place(house, player, marketId, terms);
  assert.equal(status, 201, JSON.stringify(body));
  return body.offerId;
}

const level = (ratio: string, openXof: number, takerXof: number, offerCount: number) => {
  const [ratioStake, ratioAsk] = ratio.split(':').map(Number);
  return { ratioStake, ratioAsk, openXof, takerXof, offerCount };
};
const bookOf = async (boutId: number, query = '') => (await house.get(`/bouts/${boutId}${query}`)).body.book;
/** The rows of the book's table for one pick, as they are read. */
const rowsOf = ({ html }: ReadPage, pick: string) => {
  const table = html
    .split('<table class="book">')
    .find((part) => part.includes(`Pour vous : ${pick}</caption>`));
  return [...((table ?? '').split('</table>')[0]?.matchAll(/<tr>(.*?)<\/tr>/g) ?? [])]
    .slice(1)
    .map(([, row = '']) =>
      row
        .replace(/<span class="vh">.*?<\/span>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
};

test('offers of one ratio are one level, the best for who takes them first; each market has its own', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba, cheikh] = players;
  const time = await seedQuestion(house.owner, boutId, { kind: 'over_under', lineSeconds: 600 });
  await put(ada, marketId, { side: 'A', stakeXof: 2_000 });
  await put(bouba, marketId, { side: 'A', stakeXof: 3_000 });
  await put(ada, marketId, { side: 'A', stakeXof: 3_000, askXof: 2_000 });
  const wide = await put(cheikh, marketId, { side: 'B', stakeXof: 4_000, askXof: 8_000 });
  await put(ada, time, { side: 'B', stakeXof: 1_000 });
  assert.deepEqual(await bookOf(boutId), {
    A: { levels: [level('3:2', 3_000, 2_000, 1), level('1:1', 5_000, 5_000, 2)], more: false },
    B: { levels: [level('1:2', 4_000, 8_000, 1)], more: false },
  });
  assert.deepEqual(await bookOf(boutId, `?marketId=${time}`), {
    A: { levels: [], more: false },
    B: { levels: [level('1:1', 1_000, 1_000, 1)], more: false },
  });
  await accept(house, bouba, marketId, wide, { stakeXof: 4_000 });
  assert.deepEqual((await bookOf(boutId)).B.levels, [level('1:2', 2_000, 4_000, 1)]);
  await cancel(house, cheikh, marketId, wide);
  assert.deepEqual((await bookOf(boutId)).B.levels, []);
});

test('what is private or has ended by itself is not in the book', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba] = players;
  await put(ada, marketId, { side: 'A', stakeXof: 2_000, byLink: true });
  await put(ada, marketId, { side: 'A', stakeXof: 2_000, invitedPhone: '+221779990002' });
  const open = await put(ada, marketId, { side: 'A', stakeXof: 5_000 });
  await put(bouba, marketId, { side: 'B', stakeXof: 1_000, answersOfferId: open });
  const ended = await put(ada, marketId, { side: 'A', stakeXof: 7_000 });
  await house.owner.query(
    `UPDATE offer SET placed_at = placed_at - interval '2 hours', expires_at = placed_at - interval '1 hour' WHERE id = $1`,
    [ended],
  );
  assert.deepEqual(await bookOf(boutId), {
    A: { levels: [level('1:1', 5_000, 5_000, 1)], more: false },
    B: { levels: [], more: false },
  });
});

test('six ratios a side are told; that there are worse ones, and no more', async () => {
  const { boutId, marketId, players } = await ring();
  const asks = [1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700];
  for (const askXof of asks.toReversed())
    await put(players[0], marketId, { side: 'A', stakeXof: 1_000, askXof });
  const { levels, more } = (await bookOf(boutId)).A;
  assert.deepEqual(
    levels.map(({ takerXof }: { takerXof: number }) => takerXof),
    asks.slice(0, 6),
  );
  assert.equal(more, true);
  const page = await new Reader(house.app.player).open(`/combats/${boutId}`);
  assert.match(page.text, /3 contre 2 1 500 F 1 Il y en a d’autres, moins bons\./);
});

test('the page has the book as tables for who would take; a tap on a ratio opens its slip on that side', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba] = players;
  await put(ada, marketId, { side: 'A', stakeXof: 6_000, askXof: 9_000 });
  // A rest below the least stake: what is open is shown, and the slip asks for a stake that may be placed.
  await put(ada, marketId, { side: 'A', stakeXof: 1_700 });
  await put(players[2], marketId, { side: 'B', stakeXof: 1_000 });
  await put(bouba, marketId, { side: 'B', stakeXof: 2_000, askXof: 4_000 });
  const visitor = new Reader(house.app.player);
  const page = await visitor.open(`/combats/${boutId}`);
  const { wrestlerA, wrestlerB } = (await house.get(`/bouts/${boutId}`)).body.bout;
  assert.deepEqual(rowsOf(page, wrestlerB.name), ['1 contre 1 700 F 1', '3 contre 2 9 000 F 1']);
  assert.deepEqual(rowsOf(page, wrestlerA.name), ['2 contre 1 4 000 F 1']);
  const hrefs = [...page.html.matchAll(/<th scope="row"><a href="([^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  assert.equal(hrefs.length, 3);
  const [backsA = '', rest = '', backsB = ''] = hrefs;
  assert.match(rest, /side=B&otherStakeXof=1000&otherAskXof=1000$/);
  const slipA = await visitor.open(backsA);
  assert.match(
    slipA.text,
    new RegExp(`${wrestlerA.name} \\S+ à .* Votre mise 2 000 F Mise de l’autre 1 000 F`),
  );
  const slipB = await visitor.open(backsB);
  assert.match(
    slipB.text,
    new RegExp(`${wrestlerB.name} \\S+ à .* Votre mise 1 500 F Mise de l’autre 1 000 F`),
  );
  assert.match(slipB.text, /Autre mise, toujours 3 contre 2/);
  const other = await visitor.open(`/combats/${boutId}/bulletin?side=B&ratio=3%3A2&otherStakeXof=5000`);
  assert.match(other.text, /la mise passe de 5 000 F à 5 100 F\. .* Mise de l’autre 3 400 F/);
  for (const ratio of ['0:1', '21:1', '1', '1:1:1', '01:1'])
    assert.equal(
      (await visitor.ask(`/combats/${boutId}/bulletin?side=B&ratio=${ratio}&stakeXof=1000`)).status,
      400,
    );
});

test('one’s own offers are in the book of everybody, and not in one’s own', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba] = players;
  await put(ada, marketId, { side: 'A', stakeXof: 2_000 });
  await put(ada, marketId, { side: 'A', stakeXof: 3_000, askXof: 4_500 });
  await put(bouba, marketId, { side: 'A', stakeXof: 1_000 });
  const { wrestlerB } = (await house.get(`/bouts/${boutId}`)).body.bout;
  const seenBy = async (player: SeededPlayer) =>
    rowsOf(await new Reader(house.app.player, player.cookie).open(`/combats/${boutId}`), wrestlerB.name);
  assert.deepEqual(await seenBy(players[2]), ['1 contre 1 3 000 F 2', '3 contre 2 4 500 F 1']);
  assert.deepEqual(await seenBy(ada), ['1 contre 1 1 000 F 1']);
  assert.deepEqual(await seenBy(bouba), ['1 contre 1 2 000 F 1', '3 contre 2 4 500 F 1']);
});

test('who watches the bout gets the book with every change', async () => {
  const { boutId, marketId, players } = await ring();
  const source = liveBouts(house.db);
  const read = async () =>
    (await source.read(`bout:${boutId}`)) as { version: string; data: { book: object } };
  const first = await read();
  const offerId = await put(players[0], marketId, { side: 'B', stakeXof: 1_500 });
  const second = await read();
  assert.notEqual(second.version, first.version);
  assert.deepEqual(second.data.book, await bookOf(boutId));
  await cancel(house, players[0], marketId, offerId);
  assert.deepEqual((await read()).data.book, await bookOf(boutId));
  assert.deepEqual((await bookOf(boutId)).B.levels, []);
});

test('a slip that nothing would meet says so, and the best there is: one tap takes that instead', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba] = players;
  await put(ada, marketId, { side: 'A', stakeXof: 2_000, askXof: 3_000 });
  const taker = new Reader(house.app.player, bouba.cookie);
  const bulletin = (query: string) => taker.open(`/combats/${boutId}/bulletin?side=B&${query}`);
  const slip = await bulletin('otherStakeXof=4500&otherAskXof=4500');
  assert.match(slip.text, /Personne en face à ce rapport : votre défi attendra\. Kenn /);
  assert.match(
    slip.text,
    /Le mieux proposé en face .* Votre mise 4 500 F L’autre 3 000 F .* au moins 5 700 F/,
  );
  assert.match(slip.text, /Plutôt 4 500 F contre 3 000 F 3 000 F sont pris tout de suite, le reste attend\./);
  const action = `/combats/${boutId}/defis`;
  const [, own, instead] = slip.html.split(`action="${action}"`);
  assert.match(own ?? '', /name="askXof" value="4500"/);
  assert.match(instead ?? '', /name="askXof" value="3000"/);
  const done = await taker.follow(await taker.submit(slip, action, { stakeXof: '4500', askXof: '3000' }));
  assert.match(done.text, /Défi lancé ! Une partie est déjà prise\. .* Déjà pris 3 000 F En attente 1 500 F/);

  // Whoever stands alone, or asks no more than there is, hears nothing of it.
  for (const query of ['otherStakeXof=3000&otherAskXof=2000', 'otherStakeXof=2000&otherAskXof=3000']) {
    const alone = await bulletin(query);
    assert.doesNotMatch(alone.text, /en face à ce rapport/);
    assert.match(alone.text, /Si un défi en face convient/);
  }
});

test('what is one’s own, or a private challenge, is not the best there is; a visitor is led to its slip', async () => {
  const { boutId, marketId, players } = await ring();
  const [ada, bouba] = players;
  await put(ada, marketId, { side: 'A', stakeXof: 2_000, askXof: 3_000 });
  await put(bouba, marketId, { side: 'A', stakeXof: 2_000, askXof: 4_000, byLink: true });
  const path = `/combats/${boutId}/bulletin?side=B&otherStakeXof=3000&otherAskXof=3000`;
  const of = async (cookie?: string, query = '') => new Reader(house.app.player, cookie).open(path + query);
  assert.doesNotMatch((await of(ada.cookie)).text, /Personne en face/);
  assert.doesNotMatch((await of(bouba.cookie, '&audience=link')).text, /Le mieux proposé/);
  assert.match((await of(bouba.cookie)).text, /Plutôt 3 000 F contre 2 000 F Pris tout de suite\./);
  const visitor = await of();
  assert.match(visitor.html, /href="[^"]+otherStakeXof=3000&amp;otherAskXof=2000">Plutôt/);
  await house.owner.query(`UPDATE market SET state = 'suspended' WHERE id = $1`, [marketId]);
  assert.doesNotMatch((await of(bouba.cookie)).text, /Personne en face/);
});
