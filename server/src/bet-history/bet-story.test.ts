/** The story of a bet, through HTTP and on its page: every step, and both versions of what was corrected. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { assertRefused, close, correct, decide, duel, settle } from '../testing/results.ts';
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
let market: SeededMarket;
let players: [SeededPlayer, SeededPlayer];
let betId: string;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  players = (await seedPlayers(house.owner, { count: 2, availableXof: 10_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  ({ betId } = await duel(house, market.marketId, players));
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const story = async (player: SeededPlayer) =>
  (await house.get(`/bets/${betId}/story`, player.cookie)).body.steps as { kind: string; at: string }[];
const kindsOf = (steps: { kind: string }[]) => steps.map(({ kind }) => kind);
const read = (player: SeededPlayer) => new Reader(house.app.player, player.cookie).open(`/paris/${betId}`);

test('each of the two reads it from his side, and nobody else', async () => {
  assert.deepEqual(kindsOf(await story(players[0])), ['placed', 'matched']);
  assert.deepEqual(kindsOf(await story(players[1])), ['matched'], 'who accepted has placed nothing');
  const [stranger] = (await seedPlayers(house.owner, { count: 1, availableXof: 0 })) as [SeededPlayer];
  assertRefused(await house.get(`/bets/${betId}/story`, stranger.cookie), 404, 'not_found');
});

test('the close, the root, the result and the payment follow, each with its instant', async () => {
  await close(house, staff[0], [market.marketId]);
  await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, market.marketId);
  const steps = await story(players[0]);
  assert.deepEqual(kindsOf(steps), ['placed', 'matched', 'closed', 'root', 'result', 'paid']);
  assert.deepEqual(
    steps,
    [...steps].sort((one, two) => one.at.localeCompare(two.at)),
  );
  const { at: _, ...paid } = steps.at(-1) ?? { at: '' };
  assert.deepEqual(paid, {
    kind: 'paid',
    version: 1,
    outcome: 'won',
    payoutXof: 15_200,
    commissionXof: 1_000,
    taxXof: 3_800,
    givenXof: 0,
    takenXof: 0,
    keptXof: 0,
  });
  const page = await read(players[0]);
  assert.match(
    page.text,
    /L’histoire de ce pari Défi lancé .* Engagé contre .* Paris fermés .* Au coup de sifflet/,
  );
  assert.match(page.text, /Gagné : 15 200 F pour vous .* Commission 1 000 F, impôt 3 800 F/);
});

test('a correction is one more version beside the first, with why it came and what it moved', async () => {
  await correct(house, staff, market.boutId, { ending: 'fall', winnerSide: 'B' });
  await settle(house, market.marketId);
  const [his, others] = [await story(players[0]), await story(players[1])];
  assert.deepEqual(kindsOf(his).slice(-4), ['result', 'paid', 'result', 'paid']);
  const paidOf = (steps: object[]) =>
    steps
      .filter((step): step is Record<string, unknown> => 'outcome' in step)
      .map(({ version, outcome, payoutXof, givenXof, takenXof }) => [
        version,
        outcome,
        payoutXof,
        givenXof,
        takenXof,
      ]);
  assert.deepEqual(paidOf(his), [
    [1, 'won', 15_200, 0, 0],
    [2, 'lost', 0, 0, 15_200],
  ]);
  assert.deepEqual(paidOf(others), [
    [1, 'lost', 0, 0, 0],
    [2, 'won', 15_200, 15_200, 0],
  ]);
  const page = await read(players[0]);
  assert.match(page.text, /Gagné : 15 200 F pour vous .* Résultat corrigé : .* Vainqueur mal saisi\. Source/);
  assert.match(page.text, /La correction a repris 15 200 F/);
});

test('what could not be taken back stays his, and the page says so: he owes nothing', async () => {
  const [bout] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  const two = (await seedPlayers(house.owner, { count: 2, availableXof: 10_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const made = await duel(house, bout.marketId, two);
  await close(house, staff[0], [bout.marketId]);
  await decide(house, staff, bout.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, bout.marketId);
  const order = { operationId: crypto.randomUUID(), provider: 'internal', amountXof: 15_000 };
  assert.equal((await house.post('/withdrawals', two[0].cookie, order)).status, 202);
  await correct(house, staff, bout.boutId, { ending: 'fall', winnerSide: 'B' });
  await settle(house, bout.marketId);
  const { steps } = (await house.get(`/bets/${made.betId}/story`, two[0].cookie)).body;
  assert.deepEqual([steps.at(-1).takenXof, steps.at(-1).keptXof], [200, 15_000]);
  const page = await new Reader(house.app.player, two[0].cookie).open(`/paris/${made.betId}`);
  assert.match(page.text, /Le résultat a été corrigé/);
  assert.match(page.text, /a repris 200 F.* Les 15 000 F .* restent à vous : vous ne devez rien/);
  assert.match(page.text, /Net en main s’il avait gagné 15 200 F/);
  const other = await new Reader(house.app.player, two[1].cookie).open(`/paris/${made.betId}`);
  assert.match(other.text, /Net en main 15 200 F/);
  assert.doesNotMatch(other.text, /restent à vous/);
});

test('a bet made after the true whistle says so', async () => {
  const [late] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  const two = (await seedPlayers(house.owner, { count: 2, availableXof: 10_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const made = await duel(house, late.marketId, two);
  await close(house, staff[0], [late.marketId]);
  await house.owner.query(
    `INSERT INTO true_whistle (bout_id, at, proposed_by, confirmed_by, confirmed_at)
     SELECT $1, d.made_at - interval '1 second', $3, $4, clock_timestamp() FROM duel d WHERE d.id = $2`,
    [late.boutId, made.betId, staff[0].staffId, staff[1].staffId],
  );
  await decide(house, staff, late.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, late.marketId);
  const { steps } = (await house.get(`/bets/${made.betId}/story`, two[0].cookie)).body;
  assert.deepEqual(
    steps
      .filter(({ kind }: { kind: string }) => kind === 'true_whistle')
      .map((step: { isLate: boolean }) => step.isLate),
    [true],
  );
  assert.deepEqual([steps.at(-1).outcome, steps.at(-1).payoutXof], ['void', 10_000]);
});
