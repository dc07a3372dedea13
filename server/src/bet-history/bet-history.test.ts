/** A player's bets over months, through HTTP and as pages: filters, totals, parts, the file, and nobody else's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader } from '../testing/reader.ts';
import { assertRefused, close, correct, decide, duel, settle } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedQuestion,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];
let awa: SeededPlayer;
let modou: SeededPlayer;
let bout: SeededMarket;
let other: SeededMarket;
let ticketId: string;
/** Awa's, oldest first: lost, then won by a correction; void; engaged, with bonus money. */
let bets: string[];

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [awa, modou] = (await seedPlayers(house.owner, { count: 2, availableXof: 100_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const [lost, voided] = (await seedMarkets(house.owner, { count: 2 })) as [SeededMarket, SeededMarket];
  bout = lost;
  [other] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  const { betId: corrected } = await duel(house, bout.marketId, [modou, awa]);
  const { betId: returned } = await duel(house, voided.marketId, [awa, modou], 2_000);
  await close(house, staff[0], [bout.marketId]);
  await decide(house, staff, bout.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, bout.marketId);
  await close(house, staff[0], [voided.marketId]);
  await decide(house, staff, voided.boutId, { ending: 'draw' });
  await settle(house, voided.marketId);
  await correct(house, staff, bout.boutId, { ending: 'ko', winnerSide: 'B' });
  await settle(house, bout.marketId);
  const poolId = await openTestPool(house, staff[0].cookie, other.galaId, [{ boutId: other.boutId }]);
  ticketId = (await buy(house, awa, poolId, 'A', 3_000)).body.ticketId;
  await seedBonus(house.owner, awa.playerId, 1_500);
  const line = await seedQuestion(house.owner, other.boutId, { kind: 'over_under', lineSeconds: 600 });
  const { betId: engaged } = await duel(house, line, [awa, modou], 4_000);
  bets = [corrected, returned, engaged];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const history = async (player: SeededPlayer, query = '') =>
  (await house.get(`/bet-history${query}`, player.cookie)).body;
const idsOf = (body: { entries: { id: string }[] }) => body.entries.map(({ id }) => id);
const read = (player: SeededPlayer, path: string) =>
  new Reader(house.app.player, player.cookie).open(`/paris/historique${path}`);

test('duels and tickets are one list, newest first, each with what it was on and how it ended', async () => {
  const body = await history(awa);
  const [corrected, returned, engaged] = bets;
  assert.deepEqual(idsOf(body), [engaged, ticketId, returned, corrected]);
  assert.equal(body.next, null);
  const [first, ticket, , last] = body.entries;
  assert.deepEqual(
    [first.kind, first.pick, first.bonusXof, first.state, first.payoutXof],
    ['over_under', 'Plus de 10\u00a0min', 1_500, 'engaged', null],
  );
  assert.deepEqual(
    [ticket.form, ticket.kind, ticket.opponent, ticket.stakeXof],
    ['ticket', 'pool', null, 3_000],
  );
  assert.deepEqual(
    [last.state, last.payoutXof, last.commissionXof, last.taxXof, last.isCorrected],
    ['won', 15_200, 1_000, 3_800, true],
    'as the newest result has it',
  );
});

test('the other side of a bet has it as his own, and nobody has another’s', async () => {
  const his = await history(modou);
  assert.equal(his.entries.length, 3);
  assert.deepEqual([his.entries.at(-1).state, his.entries.at(-1).payoutXof], ['lost', 0]);
  assert.ok(!idsOf(his).includes(ticketId));
});

test('totals add up, and follow the filters', async () => {
  const totals = async (query = '') =>
    (await house.get(`/bet-history/totals${query}`, awa.cookie)).body as Record<string, number>;
  assert.deepEqual(await totals(), {
    betCount: 4,
    stakedXof: 19_000,
    bonusXof: 1_500,
    engagedXof: 7_000,
    returnedXof: 2_000,
    wonXof: 15_200,
    netXof: 15_200 + 2_000 - 12_000,
    commissionXof: 1_000,
    taxXof: 3_800,
  });
  const won = await totals('?state=won');
  assert.deepEqual([won['betCount'], won['stakedXof'], won['netXof']], [1, 10_000, 5_200]);
  assert.equal((await totals(`?galaId=${other.galaId}`))['betCount'], 2);
  assert.equal((await totals('?kind=pool'))['stakedXof'], 3_000);
  assert.equal((await totals('?galaId=999999'))['betCount'], 0);
});

test('filters choose, three months are shown at once, and twelve on request', async () => {
  const [corrected, returned, engaged] = bets;
  assert.deepEqual(idsOf(await history(awa, '?kind=over_under')), [engaged]);
  assert.deepEqual(idsOf(await history(awa, '?state=void')), [returned]);
  assert.deepEqual(idsOf(await history(awa, `?galaId=${bout.galaId}&state=won`)), [corrected]);
  await house.owner.query(`UPDATE duel SET made_at = made_at - interval '5 months' WHERE id = $1`, [
    corrected,
  ]);
  assert.ok(!idsOf(await history(awa)).includes(String(corrected)));
  const today = new Date().toISOString().slice(0, 10);
  const lastYear = `${Number(today.slice(0, 4)) - 1}${today.slice(4, 8)}01`;
  assert.equal(idsOf(await history(awa, `?from=${lastYear}&to=${today}`)).at(-1), corrected);
  await house.owner.query(`UPDATE duel SET made_at = made_at + interval '5 months' WHERE id = $1`, [
    corrected,
  ]);
});

test('a long history comes in parts that meet, whatever is in them', async () => {
  const many = await seedMarkets(house.owner, { count: 1 });
  const [one, two] = (await seedPlayers(house.owner, { count: 2, availableXof: 100_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const made: string[] = [];
  for (let bet = 0; bet < 52; bet++)
    made.push((await duel(house, Number(many[0]?.marketId), [one, two], 1_000)).betId);
  const first = await history(two);
  assert.equal(first.entries.length, 50);
  const second = await history(two, `?before=${first.next}`);
  assert.equal(second.next, null);
  assert.deepEqual([...idsOf(first), ...idsOf(second)], made.reverse());
  assert.deepEqual(idsOf(await history(awa, `?before=${first.next}`)), [], 'another’s bet is no bookmark');
});

test('what cannot be asked is refused at once', async () => {
  const refused = async (query: string) => house.get(`/bet-history${query}`, awa.cookie);
  assertRefused(await refused('?from=2026-05-02&to=2026-05-01'), 400, 'period_reversed');
  for (const query of ['?from=hier', '?state=gone', '?kind=x', '?galaId=0', '?before=1', '?limit=9'])
    assertRefused(await refused(query), 400, 'request_invalid');
});

test('the page shows filters, totals and bets, and says what was wrong with a period', async () => {
  const page = await read(awa, '');
  assert.match(page.text, /Misé 19 000 F dont bonus 1 500 F Encore engagé 7 000 F Mises rendues 2 000 F/);
  assert.match(page.text, /Résultat \+5 200 F/);
  for (const id of bets) assert.ok(page.html.includes(`href="/paris/${id}"`));
  assert.ok(page.html.includes(`href="/tickets/${ticketId}"`));
  const chosen = await read(awa, '?state=won&kind=&galaId=');
  assert.ok(chosen.html.includes('href="/paris/historique.csv?state=won"'), 'an empty field is none');
  const wrong = await read(awa, '?from=2026-05-02&to=2026-05-01');
  assert.equal(wrong.status, 400);
  assert.match(wrong.text, /Le premier jour vient après le dernier/);
});

test('the file holds the same bets, with plain amounts', async () => {
  const { status, html, headers } = await read(awa, '.csv?kind=winner');
  assert.equal(status, 200);
  assert.match(String(headers['content-disposition']), /paris-mbayar\.csv/);
  const rows: Record<string, string>[] = parse(html, { delimiter: ';', bom: true, columns: true });
  assert.deepEqual(
    rows.map((row) => [row['Mise (F)'], row['État'], row['Reçu (F)'], row['Corrigé']]),
    [
      ['2000', 'Rendu', '2000', ''],
      ['10000', 'Gagné', '15200', 'oui'],
    ],
  );
});
