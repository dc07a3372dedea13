/**
 * Each limit is named when it refuses, with what it leaves and until when it stands: to programs, and on the page in
 * French and in Wolof, with a way to the slip of what may still be staked.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { LimitEnd } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import type { SettingValues } from '#core/settings.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { formOf, Reader, type ReadPage } from '../testing/reader.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

const HOUR_MS = 3_600_000;
const until = String.raw`\d\d/\d\d, \d\d:\d\d`;
const inWolof: Readonly<Record<LimitEnd, RegExp>> = {
  market_close: /Benn paari warul ëpp 500 000 F, ba pari yi tëj\./,
  bet_end: /dina yewweeku bu benn ci sa paari yi jeexee\./,
  offer_end: /dina yewweeku bu benn ci say défi yi ubbeeku jeexee, wala nga dindi ko\./,
  limit_change: /dina yewweeku bu dayo bii soppeekoo\./,
  gala_end: /Des na 2 000 F, ba gala bi jeex\./,
  next_results: /Des na 2 000 F, ba résultat yi ñëw\./,
};

interface Case {
  readonly name: string;
  readonly settings: Partial<SettingValues>;
  /** His own limit of a day, on what he stakes unless said. */
  readonly ownXof?: number;
  readonly ownKind?: 'loss';
  /** What he stakes first, if anything, and then too much. */
  readonly firstXof: number | null;
  /** Does somebody else take what he staked first? */
  readonly isFirstTaken?: true;
  readonly thenXof: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** In hours from now, or a word. */
  readonly ends: number | LimitEnd;
  readonly sentence: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'of one bet',
    settings: {},
    firstXof: 1_000,
    thenXof: 500_100,
    code: 'stake_above_max',
    params: { maxXof: 500_000 },
    ends: 'market_close',
    sentence: /La mise est de 500 000 F au plus par pari, jusqu’à la fermeture des paris\./,
  },
  {
    name: 'of one bet, when another leaves less than it',
    settings: { playerMarketMaxXof: xof(5_000) },
    firstXof: 3_000,
    thenXof: 500_100,
    code: 'limit_market',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 4,
    sentence: /chacun mise 5 000 F au plus\. Il vous reste 2 000 F/,
  },
  {
    name: 'of a player in a market',
    settings: { playerMarketMaxXof: xof(5_000), playerDayMaxXof: xof(9_000) },
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_market',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 4,
    sentence: new RegExp(
      `Sur une même question ou un même mutuel, chacun mise 5 000 F au plus\\. Il vous reste 2 000 F jusqu’à la fermeture des paris, au plus tard le ${until}\\.`,
    ),
  },
  {
    name: 'of a player in a day',
    settings: { playerMarketMaxXof: xof(9_000), playerDayMaxXof: xof(5_000), totalGalaMaxXof: xof(8_000) },
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_house_day',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 'offer_end',
    sentence:
      /Chacun mise 5 000 F au plus sur 24 heures\. Il vous reste 2 000 F\. La suite se libère quand un de vos défis ouverts se termine ou que vous le retirez\./,
  },
  {
    name: 'that he set himself, stricter than the house’s',
    settings: { playerMarketMaxXof: xof(5_000), playerDayMaxXof: xof(5_000), totalMarketMaxXof: xof(5_000) },
    ownXof: 4_000,
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_stake',
    params: { period: 'day', limitXof: 4_000, leftXof: 1_000 },
    ends: 'offer_end',
    sentence:
      /Votre limite de mise est de 4 000 F sur 24 heures\. Il vous reste 1 000 F\. La suite se libère quand un de vos défis ouverts/,
  },
  {
    name: 'that he set himself, of which only a duel is used',
    settings: {},
    ownXof: 4_000,
    isFirstTaken: true,
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_stake',
    params: { period: 'day', limitXof: 4_000, leftXof: 1_000 },
    ends: 24,
    sentence: new RegExp(`Il vous reste 1 000 F\\. La suite se libère le ${until}\\.`),
  },
  {
    name: 'that he set himself, of which nothing is used',
    settings: {},
    ownXof: 4_000,
    firstXof: null,
    thenXof: 4_500,
    code: 'limit_stake',
    params: { period: 'day', limitXof: 4_000, leftXof: 4_000 },
    ends: 'limit_change',
    sentence: /Il vous reste 4 000 F\. La suite se libère quand cette limite change\./,
  },
  {
    name: 'of what he lets himself lose, while a bet is undecided',
    settings: {},
    ownXof: 4_000,
    ownKind: 'loss',
    isFirstTaken: true,
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_loss',
    params: { period: 'day', limitXof: 4_000, leftXof: 1_000 },
    ends: 'bet_end',
    sentence:
      /mises en jeu comprises\. Il vous reste 1 000 F\. La suite se libère quand un de vos paris se termine\./,
  },
  {
    name: 'of everybody in a market',
    settings: { totalMarketMaxXof: xof(5_000), totalGalaMaxXof: xof(9_000), totalHouseMaxXof: xof(10_000) },
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_total_market',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 4,
    sentence: new RegExp(
      `la maison prend 5 000 F au plus de tous les joueurs\\. Il reste 2 000 F jusqu’à la fermeture des paris, au plus tard le ${until}\\.`,
    ),
  },
  {
    name: 'of everybody on a gala',
    settings: { totalMarketMaxXof: xof(7_000), totalGalaMaxXof: xof(5_000), totalHouseMaxXof: xof(6_000) },
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_total_gala',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 'gala_end',
    sentence:
      /Sur ce gala, la maison prend 5 000 F au plus de tous les joueurs\. Il reste 2 000 F, jusqu’à la fin du gala\./,
  },
  {
    name: 'of the house',
    settings: { totalMarketMaxXof: xof(7_000), totalGalaMaxXof: xof(6_000), totalHouseMaxXof: xof(5_000) },
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_total_house',
    params: { limitXof: 5_000, leftXof: 2_000 },
    ends: 'next_results',
    sentence:
      /La maison garde 5 000 F de mises au plus en même temps\. Il reste 2 000 F, jusqu’aux prochains résultats\./,
  },
];

async function withHouse(
  settings: Partial<SettingValues>,
  work: (house: House, market: SeededMarket, player: SeededPlayer, other: SeededPlayer) => Promise<void>,
): Promise<void> {
  const house = await openHouse({
    pages: await loadPageBundles(),
    settings: { ...unlimitedRates, ...settings },
  });
  try {
    const [market] = await seedMarkets(house.owner, { count: 1, hardStopAfterMs: 4 * HOUR_MS });
    const [player, other] = await seedPlayers(house.owner, {
      count: 2,
      availableXof: 1_500_000,
      tier: 'identified',
    });
    assert(market !== undefined && player !== undefined && other !== undefined);
    await work(house, market, player, other);
    await house.assertSound();
  } finally {
    await house.close();
  }
}

function assertEnds(given: unknown, ends: number | LimitEnd): void {
  if (typeof ends !== 'number') {
    assert.equal(given, ends);
    return;
  }
  const leftMs = Date.parse(String(given)) - Date.now();
  assert.ok(leftMs > (ends - 1) * HOUR_MS && leftMs <= ends * HOUR_MS, String(given));
}

for (const { name, settings, ownXof, ownKind = 'stake', firstXof, isFirstTaken, thenXof, ...said } of cases) {
  test(`the limit ${name}`, () =>
    withHouse(settings, async (house, { marketId, boutId, galaId }, player, other) => {
      if (ownXof !== undefined) {
        const limit = { operationId: randomUUID(), kind: ownKind, period: 'day', limitXof: ownXof };
        assert.equal((await house.post('/play/limits', player.cookie, limit)).status, 200);
      }
      if (firstXof !== null) {
        assert.equal((await place(house, player, marketId, { side: 'A', stakeXof: firstXof })).status, 201);
        if (isFirstTaken) await place(house, other, marketId, { side: 'B', stakeXof: firstXof });
      }
      const { body } = await place(house, player, marketId, { side: 'A', stakeXof: thenXof });
      const { until: told, ...rest } = body.params;
      assert.deepEqual([body.code, rest], [said.code, said.params]);
      assertEnds(told, said.ends);

      const reader = new Reader(house.app.player, player.cookie);
      const slip = await reader.open(
        `/combats/${boutId}/bulletin?marche=${marketId}&side=A&stakeXof=1000&ratio=1%3A1`,
      );
      const refused = await reader.submit(slip, `/combats/${boutId}/defis`, {
        stakeXof: String(thenXof),
        askXof: String(thenXof),
      });
      assert.match(refused.text, said.sentence);
      assert.match(refused.text, typeof said.ends === 'number' ? new RegExp(until) : inWolof[said.ends]);
      const leftXof = said.params['leftXof'] ?? said.params['maxXof'];
      assert.match(refused.html, /<p class="mute small" lang="wo">/);
      const less = await reader.open(hrefOf(refused, 'Prendre'));
      assert.equal(formOf(less, `/combats/${boutId}/defis`)['stakeXof'], String(leftXof));

      // A ticket is a stake like any other: the same limit speaks, but for a market's own.
      const [operator] = await seedStaff(house.owner, 1);
      const poolId = await openTestPool(house, operator?.cookie ?? '', galaId, [{ boutId }]);
      const ticket = await buy(house, player, poolId, 'A', firstXof ?? thenXof);
      const again = ticket.status === 201 ? await buy(house, player, poolId, 'A', thenXof) : ticket;
      assert.equal(again.body.code, said.code, JSON.stringify(again.body));
    }));
}

test('of an offer and of a ticket the page proposes what may still be taken; without enough left, nothing', () =>
  withHouse({}, async (house, { marketId, boutId, galaId }, player, other) => {
    const limit = async ({ cookie }: SeededPlayer, limitXof: number) => {
      const body = { operationId: randomUUID(), kind: 'stake', period: 'day', limitXof };
      assert.equal((await house.post('/play/limits', cookie, body)).status, 200);
    };
    await limit(player, 5_500);
    await limit(other, 11_500);
    const offerId = randomUUID();
    const offer = { operationId: offerId, side: 'B', stakeXof: 8_000, askXof: 8_000 };
    assert.equal((await house.post(`/markets/${marketId}/offers`, other.cookie, offer)).status, 201);
    const reader = new Reader(house.app.player, player.cookie);
    const accept = `/combats/${boutId}/defis/${offerId}`;
    const refused = await reader.submit(await reader.open(accept), `${accept}/accepter`);
    assert.match(refused.text, /Il vous reste 5 500 F\. .* dina yewweeku bu dayo bii soppeekoo\./);
    const bet = await reader.submit(await reader.open(hrefOf(refused, 'Miser')), `${accept}/accepter`);
    assert.match((await reader.follow(bet)).text, /5 500 F/);

    const [operator] = await seedStaff(house.owner, 1);
    const poolId = await openTestPool(house, operator?.cookie ?? '', galaId, [{ boutId }]);
    const slip = `/mutuels/${poolId}/bulletin?choix1=A&otherStakeXof=`;
    const buyAs = async (who: Reader, stakeXof: number) =>
      who.submit(await who.open(`${slip}${stakeXof}`), `/mutuels/${poolId}/tickets`);
    const none = await buyAs(reader, 4_000);
    assert.match(none.text, /Il vous reste 0 F/);
    assert.doesNotMatch(none.html, /">Miser/);
    const second = new Reader(house.app.player, other.cookie);
    const unsold = await buyAs(second, 4_000);
    assert.match(unsold.text, /Il vous reste 3 500 F/);
    const less = await second.open(hrefOf(unsold, 'Miser'));
    const ticket = await second.submit(less, `/mutuels/${poolId}/tickets`);
    assert.match((await second.follow(ticket)).text, /Ticket acheté.* 3 500 F/);
    const tooMuch = await reader.open(`${slip}500001`);
    assert.match(tooMuch.text, /500 000 F au plus par pari, jusqu’à la fermeture des paris/);
    assert.match(hrefOf(tooMuch, 'Miser'), /otherStakeXof=500000$/);
  }));

/** Where the link that begins with these words leads. */
function hrefOf({ html }: ReadPage, words: string): string {
  const href = new RegExp(`href="([^"]+)">${words}`).exec(html)?.[1];
  assert(href !== undefined, `no link “${words} …” in ${html}`);
  return href.replaceAll('&amp;', '&');
}
