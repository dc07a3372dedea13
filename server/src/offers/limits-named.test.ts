/** Each limit is named when it refuses, with what it leaves and until when it stands: to programs, and on the page in French. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { xof } from '#core/money.ts';
import type { SettingValues } from '#core/settings.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader } from '../testing/reader.ts';
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

interface Case {
  readonly name: string;
  readonly settings: Partial<SettingValues>;
  /** His own limit of a day. */
  readonly ownXof?: number;
  /** What he stakes first, and then too much. */
  readonly firstXof: number;
  readonly thenXof: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** In hours from now, or a word. */
  readonly ends: number | string | null;
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
    ends: null,
    sentence: /La mise est de 500 000 F au plus\./,
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
    ends: '',
    sentence:
      /Chacun mise 5 000 F au plus sur 24 heures\. Il vous reste 2 000 F\. La suite se libère quand un de vos paris se termine\./,
  },
  {
    name: 'that he set himself, stricter than the house’s',
    settings: { playerMarketMaxXof: xof(5_000), playerDayMaxXof: xof(5_000), totalMarketMaxXof: xof(5_000) },
    ownXof: 4_000,
    firstXof: 3_000,
    thenXof: 3_000,
    code: 'limit_stake',
    params: { period: 'day', limitXof: 4_000, leftXof: 1_000 },
    ends: '',
    sentence: /Votre limite de mise est de 4 000 F sur 24 heures\. Il vous reste 1 000 F\./,
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
  work: (house: House, market: SeededMarket, player: SeededPlayer) => Promise<void>,
): Promise<void> {
  const house = await openHouse({
    pages: await loadPageBundles(),
    settings: { ...unlimitedRates, ...settings },
  });
  try {
    const [market] = await seedMarkets(house.owner, { count: 1, hardStopAfterMs: 4 * HOUR_MS });
    const [player] = await seedPlayers(house.owner, {
      count: 1,
      availableXof: 1_500_000,
      tier: 'identified',
    });
    assert(market !== undefined && player !== undefined);
    await work(house, market, player);
    await house.assertSound();
  } finally {
    await house.close();
  }
}

function assertEnds(given: unknown, ends: number | string | null): void {
  if (typeof ends !== 'number') {
    assert.equal(given, ends ?? undefined);
    return;
  }
  const leftMs = Date.parse(String(given)) - Date.now();
  assert.ok(leftMs > (ends - 1) * HOUR_MS && leftMs <= ends * HOUR_MS, String(given));
}

for (const { name, settings, ownXof, firstXof, thenXof, code, params, ends, sentence } of cases) {
  test(`the limit ${name}`, () =>
    withHouse(settings, async (house, { marketId, boutId, galaId }, player) => {
      if (ownXof !== undefined) {
        const limit = { operationId: randomUUID(), kind: 'stake', period: 'day', limitXof: ownXof };
        assert.equal((await house.post('/play/limits', player.cookie, limit)).status, 200);
      }
      assert.equal((await place(house, player, marketId, { side: 'A', stakeXof: firstXof })).status, 201);
      const { body } = await place(house, player, marketId, { side: 'A', stakeXof: thenXof });
      const { until: told, ...rest } = body.params;
      assert.deepEqual([body.code, rest], [code, params]);
      assertEnds(told, ends);

      const reader = new Reader(house.app.player, player.cookie);
      const slip = await reader.open(
        `/combats/${boutId}/bulletin?marche=${marketId}&side=A&stakeXof=1000&ratio=1%3A1`,
      );
      const refused = await reader.submit(slip, `/combats/${boutId}/defis`, {
        stakeXof: String(thenXof),
        askXof: String(thenXof),
      });
      assert.match(refused.text, sentence);

      // A ticket is a stake like any other: the same limit speaks, but for a market's own.
      const [operator] = await seedStaff(house.owner, 1);
      const poolId = await openTestPool(house, operator?.cookie ?? '', galaId, [{ boutId }]);
      const ticket = await buy(house, player, poolId, 'A', firstXof);
      const again = ticket.status === 201 ? await buy(house, player, poolId, 'A', thenXof) : ticket;
      assert.equal(again.body.code, code, JSON.stringify(again.body));
    }));
}
