import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import { priceOf } from './offer.ts';
import { type BookLevel, bestAvailable, withoutOwn } from './order-book.ts';
import { defaultBetLimits as limits, defaultRates as rates } from './settings.ts';
import type { Circumstances } from './testing/naive-market.ts';
import { testRuleCard } from './testing/rule-card.ts';
import { type StoredOffer, storeBatch, storedMarket } from './testing/stored-market.ts';

/** "3:2 6000 2": six thousand francs of two offers that put three against two. */
function level(text: string): BookLevel {
  const [ratioStake = 1, ratioAsk = 1, openXof = 0, offerCount = 0] = text.split(/[: ]/).map(Number);
  return { ratioStake, ratioAsk, openXof, takerXof: (openXof / ratioStake) * ratioAsk, offerCount };
}

const levels = ['3:2 6000 2', '1:1 5000 3', '2:3 2000 1'].map(level);
const own = { side: 'A', stakeXof: 3_000, askXof: 3_000, openXof: 2_000, visibility: 'public' } as const;

for (const [what, offers, left] of [
  ['nothing of one’s own', [], levels],
  ['an offer that was taken in part', [own], [level('3:2 6000 2'), level('1:1 3000 2'), level('2:3 2000 1')]],
  [
    'two of one ratio',
    [own, { ...own, openXof: 1_000 }],
    [level('3:2 6000 2'), level('1:1 2000 1'), level('2:3 2000 1')],
  ],
  ['a whole level', [{ ...own, askXof: 4_500, openXof: 2_000 }], levels.slice(0, 2)],
  ['more than the book has: it changed since', [{ ...own, openXof: 9_000 }], [levels[0], levels[2]]],
  ['one that is taken or taken back', [{ ...own, openXof: 0 }], levels],
  ['one on the other side', [{ ...own, side: 'B' as const }], levels],
  ['a private one', [{ ...own, visibility: 'link' }], levels],
] as const) {
  test(`what one may take of the book, without ${what}`, () => {
    assert.deepEqual(withoutOwn({ levels, more: false }, 'A', offers), left);
  });
}

const best = (book: readonly BookLevel[], stakeXof: number, askXof: number) => {
  const found = bestAvailable(book, { stakeXof: xof(stakeXof), askXof: xof(askXof) }, limits, rates);
  return found === null ? null : `${found.stakeXof} : ${found.askXof}, ${found.atOnceXof} at once`;
};

for (const [what, book, asked, expected] of [
  ['nothing waits', [], [2_000, 2_000], null],
  ['what waits meets it', ['1:1 5000 1'], [2_000, 2_000], null],
  ['what waits meets a part of it', ['1:1 1000 1'], [5_000, 5_000], null],
  ['what waits is better than asked', ['3:2 3000 1'], [2_000, 2_000], null],
  ['the same stake fits', ['1:2 4000 1'], [2_000, 2_000], '2000 : 1000, 2000 at once'],
  ['the stake comes down to whole units', ['2:3 4000 1'], [2_000, 2_000], '1800 : 1200, 1800 at once'],
  ['only a part is there: the rest would wait', ['2:3 2000 1'], [6_000, 6_000], '6000 : 4000, 3000 at once'],
  ['the best of several', ['4:5 4000 1', '2:3 9000 2'], [2_000, 2_000], '2000 : 1600, 2000 at once'],
  ['the best leaves the other below the least', ['2:3 9000 1'], [1_200, 1_500], null],
  ['the stake holds no unit of the best', ['13:20 13000 1', '1:2 5000 1'], [1_900, 1_900], null],
  ['no ratio of the ladder is asked', ['1:2 5000 1'], [2_000, 1_900_100], null],
] as const) {
  test(`the best there is, when ${what}: ${expected ?? 'none is said'}`, () => {
    assert.equal(best(book.map(level), asked[0], asked[1]), expected);
  });
}

test('what is said to be had at once is had at once, and nothing is said of an offer that meets something', () => {
  const around: Circumstances = {
    state: 'open',
    nowMs: 1_000,
    hardStopMs: 9_000,
    barred: new Set(),
    caps: new Map(),
    linked: new Set(),
    totalCap: null,
  };
  const units = fc.tuple(
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 5, max: 20 }),
  );
  let saidCount = 0;
  fc.assert(
    fc.property(fc.array(units, { maxLength: 8 }), units, (resting, asked) => {
      const play = (stakeXof: number, askXof: number) => {
        const market = storedMarket(
          testRuleCard(),
          new Map(['maker', 'taker'].map((name) => [name, xof(10_000_000)])),
          new Map(),
        );
        const put = (playerId: string, offerId: string, side: 'A' | 'B', stake: number, ask: number) => {
          const terms = { side, stakeXof: xof(stake), askXof: xof(ask) };
          const rest = { validUntilMs: null, challenge: null, expiresAtMs: null };
          return storeBatch(
            market,
            [{ kind: 'place', playerId, offerId, ...terms, ...rest }],
            around,
            100,
          )[0];
        };
        for (const [at, [p, q, count]] of resting.entries())
          put('maker', `offer ${at}`, 'A', p * count * 100, q * count * 100);
        const book = levelsOf([...market.offers.values()]);
        const placed = put('taker', 'taker’s', 'B', stakeXof, askXof);
        return { book, filledXof: placed !== undefined && 'filledXof' in placed ? placed.filledXof : null };
      };
      const [stakeXof, askXof] = [asked[0] * asked[2] * 100, asked[1] * asked[2] * 100];
      const { book, filledXof } = play(stakeXof, askXof);
      const card = testRuleCard();
      const found = bestAvailable(
        book,
        { stakeXof: xof(stakeXof), askXof: xof(askXof) },
        card.limits,
        card.rates,
      );
      if (filledXof === null) return;
      if (filledXof > 0) assert.equal(found, null);
      if (found === null) return;
      saidCount += 1;
      assert.ok(found.stakeXof <= stakeXof && found.atOnceXof > 0);
      assert.equal(play(found.stakeXof, found.askXof).filledXof, found.atOnceXof);
    }),
    { numRuns: 2_000, seed: 26 },
  );
  assert.ok(saidCount > 100, `said ${saidCount} times`);
});

function levelsOf(offers: readonly StoredOffer[]): BookLevel[] {
  const levels = new Map<number, BookLevel>();
  for (const { ratio, openXof } of offers.filter((offer) => offer.openXof > 0)) {
    const known = levels.get(priceOf(ratio));
    const sumXof = openXof + (known?.openXof ?? 0);
    levels.set(priceOf(ratio), {
      ratioStake: ratio.stake,
      ratioAsk: ratio.ask,
      openXof: sumXof,
      takerXof: (sumXof / ratio.stake) * ratio.ask,
      offerCount: 1 + (known?.offerCount ?? 0),
    });
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level);
}
