import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BetLimits, Rates } from './market.ts';
import { xof } from './money.ts';
import {
  crosses,
  fillFor,
  judgeAcceptance,
  judgeOffer,
  largestOfferWithin,
  largestTakeWithin,
  nearestOnLadder,
  priceOf,
  RATIO_TERM_MAX,
  type Ratio,
  type RestingOffer,
  ratioOf,
  restFor,
  takerStake,
} from './offer.ts';
import { defaultBetLimits as limits, defaultRates as rates } from './settings.ts';

const ladder: Ratio[] = [];
for (let stake = 1; stake <= RATIO_TERM_MAX; stake++) {
  for (let ask = 1; ask <= RATIO_TERM_MAX; ask++) {
    const isLowest = ![2, 3, 5, 7, 11, 13, 17, 19].some((prime) => stake % prime === 0 && ask % prime === 0);
    if (isLowest) ladder.push({ stake, ask });
  }
}

test('a ratio is two amounts in lowest terms, each term at most 20', () => {
  for (const [stake, ask, ratio] of [
    [1_000, 1_000, '1:1'],
    [5_000, 2_500, '2:1'],
    [3_000, 4_500, '2:3'],
    [1_900, 2_000, '19:20'],
    [20_000, 1_000, '20:1'],
    [21_000, 1_000, null],
    [1_000, 2_100, '10:21'],
    [1_001, 1_000, null],
    [1_001, 1_001, '1:1'],
  ] as const) {
    const found = ratioOf(xof(stake), xof(ask));
    // 10:21 is in lowest terms, and off the ladder by its second one.
    const expected = ratio === '10:21' ? null : ratio;
    assert.equal(found && `${found.stake}:${found.ask}`, expected, `${stake} against ${ask}`);
  }
});

test('the ladder has 255 ratios; price orders them as the taker does, without ties', () => {
  assert.equal(ladder.length, 255);
  for (const one of ladder) {
    assert.ok(Number.isSafeInteger(priceOf(one)), `price of ${one.stake}:${one.ask}`);
    for (const other of ladder) {
      // The taker puts ask for stake: less is better.
      const better = one.ask * other.stake - other.ask * one.stake;
      assert.equal(Math.sign(priceOf(one) - priceOf(other)), Math.sign(better));
    }
  }
});

test('two offers cross when the newcomer, at the resting ratio, gets at least what he asked', () => {
  for (const [resting, incoming, meets] of [
    ['1:1', '1:1', true],
    ['2:1', '1:1', true],
    ['2:1', '1:2', true],
    ['2:1', '10:19', true],
    ['2:1', '9:19', false],
    ['1:1', '2:1', true],
    ['1:1', '1:2', false],
    ['1:2', '2:1', true],
    ['1:2', '1:1', false],
    ['19:20', '20:19', true],
    ['19:20', '19:18', true],
    ['19:20', '1:1', false],
  ] as const) {
    assert.equal(crosses(ratio(resting), ratio(incoming)), meets, `${resting} meets ${incoming}`);
  }
});

test('the taker’s stake is exact for every whole unit', () => {
  for (const { stake, ask } of ladder) {
    assert.equal(takerStake({ stake, ask }, xof(stake * 700)), ask * 700);
  }
});

test('an offer is judged by its limits, then what the winner holds, then the ladder', () => {
  for (const [stake, ask, expected] of [
    [1_000, 1_000, 'good'],
    [500_000, 500_000, 'good'],
    [3_000, 1_000, 'good'],
    [1_000, 3_000, 'good'],
    [1_900, 2_000, 'good'],
    [0, 1_000, 'stake_below_min minXof=1000'],
    [-1, 1_000, 'stake_below_min minXof=1000'],
    [999, 1_000, 'stake_below_min minXof=1000'],
    [500_001, 1_000, 'stake_above_max maxXof=500000 until=market_close'],
    [1_000, 999, 'ask_below_min minXof=1000'],
    [200_000, 500_100, 'ask_above_max maxXof=500000 until=market_close'],
    [999, 999, 'stake_below_min minXof=1000'],
    [1_001, 1_001, 'amount_off_ladder stakeXof=1000 askXof=1000'],
    [1_050, 2_100, 'amount_off_ladder stakeXof=1000 askXof=2000'],
    [10_100, 15_000, 'amount_off_ladder stakeXof=10000 askXof=15000'],
    [2_100, 2_000, 'amount_off_ladder stakeXof=2000 askXof=2000'],
    [10_000, 9_999, 'amount_off_ladder stakeXof=10000 askXof=10000'],
    [4_000, 1_000, 'net_below_stake netXof=3800 stakeXof=4000'],
    [1_000, 4_000, 'net_below_stake netXof=3800 stakeXof=4000'],
    [19_000, 6_000, 'net_below_stake netXof=19000 stakeXof=19000'],
    // Off the ladder and too far apart: no good amounts are near.
    [1_000, 19_950, 'net_below_stake netXof=15923 stakeXof=19950'],
    [3_160, 1_000, 'amount_off_ladder stakeXof=3000 askXof=1000'],
  ] as const) {
    const refused = judgeOffer(xof(stake), xof(ask), limits, rates);
    assert.equal(refused === null ? 'good' : written(refused), expected, `${stake} against ${ask}`);
  }
});

test('property: the suggested amounts are good, and none that are good are nearer', () => {
  const small: BetLimits = { ...limits, stakeMaxXof: xof(12_000) };
  const good: [stake: number, ask: number][] = [];
  for (let stake = 1_000; stake <= 12_000; stake += 100) {
    for (let ask = 1_000; ask <= 12_000; ask += 100) {
      if (judgeOffer(xof(stake), xof(ask), small, rates) === null) good.push([stake, ask]);
    }
  }
  assert.ok(good.length > 1_000);
  const amount = fc.integer({ min: 1_000, max: 12_000 });
  fc.assert(
    fc.property(amount, amount, (stake, ask) => {
      // In order of stake, then ask: the first of the nearest is the one to suggest.
      let [nearest, least] = [good[0], Number.POSITIVE_INFINITY];
      for (const pair of good) {
        const distance = Math.abs(pair[0] - stake) + Math.abs(pair[1] - ask);
        if (distance < least) [nearest, least] = [pair, distance];
      }
      const { stakeXof, askXof } = nearestOnLadder(xof(stake), xof(ask), small, rates);
      assert.deepEqual([stakeXof, askXof], nearest);
    }),
    { numRuns: 500 },
  );
});

test('when no ratio makes a winner gain, the least equal offer is suggested, to be refused for that reason', () => {
  const greedy: Rates = { ...rates, commissionBps: 6_000 };
  const nearest = nearestOnLadder(xof(5_050), xof(2_000), limits, greedy);
  assert.deepEqual(nearest, { stakeXof: 1_000, askXof: 1_000 });
  const refused = judgeOffer(nearest.stakeXof, nearest.askXof, limits, greedy);
  assert.equal(refused?.code, 'net_below_stake');
});

test('a budget takes whole units of a resting offer, as many as fit', () => {
  for (const [resting, openXof, budgetXof, makerXof] of [
    ['1:1', 5_000, 5_000, 5_000],
    ['1:1', 5_000, 7_000, 5_000],
    ['1:1', 5_000, 3_250, 3_200],
    ['1:1', 5_000, 99, 0],
    ['2:1', 4_000, 1_000, 2_000],
    ['2:3', 4_000, 1_000, 600],
    ['2:3', 4_000, 299, 0],
    ['2:3', 4_000, 6_000, 4_000],
    ['20:19', 20_000, 1_899, 0],
    ['20:19', 20_000, 1_900, 2_000],
    ['3:1', 3_000, 0, 0],
  ] as const) {
    const filled = fillFor(offer(resting, openXof), budgetXof, limits);
    assert.equal(filled, makerXof, `${budgetXof} on ${openXof} of ${resting}`);
  }
});

test('the rest of a budget stays open by whole units, unless it is below the minimum on either side', () => {
  for (const [own, budgetXof, openXof] of [
    ['1:1', 5_000, 5_000],
    ['1:1', 1_099, 1_000],
    ['1:1', 999, 0],
    ['1:1', 0, 0],
    ['2:1', 2_199, 2_000],
    ['2:1', 1_999, 0],
    ['1:2', 1_000, 1_000],
    ['1:2', 999, 0],
    ['3:2', 1_500, 1_500],
    ['3:2', 1_499, 0],
    ['19:20', 1_899, 0],
    ['19:20', 1_900, 1_900],
    ['20:19', 2_000, 2_000],
    ['20:19', 3_999, 2_000],
  ] as const) {
    assert.equal(restFor(xof(budgetXof), ratio(own), limits), openXof, `${budgetXof} left of ${own}`);
  }
});

for (const [name, resting, openXof, wantedXof, partial, expected] of [
  ['all of it', '1:1', 5_000, 5_000, false, 'takes 5000'],
  ['a part', '1:1', 5_000, 2_000, false, 'takes 2000'],
  ['the least part', '1:1', 5_000, 1_000, false, 'takes 1000'],
  ['all but the least part', '1:1', 5_000, 4_000, false, 'takes 4000'],
  ['a part of a favourite', '2:1', 6_000, 1_000, false, 'takes 2000'],
  ['a part of a dark horse', '1:2', 6_000, 4_000, false, 'takes 2000'],
  ['more than is left', '1:1', 5_000, 6_000, false, 'offer_taken leftXof=5000'],
  ['more than is left, less will do', '1:1', 5_000, 6_000, true, 'takes 5000'],
  ['more than is left of a favourite, less will do', '2:1', 6_000, 5_000, true, 'takes 6000'],
  ['a part where less would do', '1:1', 5_000, 2_000, true, 'takes 2000'],
  ['too small a part', '1:1', 5_000, 900, false, 'fill_below_min minXof=1000 leftXof=5000'],
  ['nothing', '1:1', 5_000, 0, false, 'fill_below_min minXof=1000 leftXof=5000'],
  ['less than nothing', '1:1', 5_000, -100, true, 'fill_below_min minXof=1000 leftXof=5000'],
  ['too small a part for the maker', '1:2', 6_000, 1_800, false, 'fill_below_min minXof=2000 leftXof=12000'],
  ['too small a rest', '1:1', 5_000, 4_100, false, 'rest_below_min fillXof=4000 leftXof=5000'],
  ['too small a rest for the taker', '2:1', 6_000, 2_100, false, 'rest_below_min fillXof=2000 leftXof=3000'],
  ['a part of what is too small to part', '1:1', 1_900, 1_000, false, 'offer_whole_only leftXof=1900'],
  ['all of what is too small to part', '1:1', 1_900, 1_900, false, 'takes 1900'],
  ['a rest below the minimum, whole', '1:1', 300, 300, false, 'takes 300'],
  ['a rest below the minimum, less will do', '1:1', 300, 1_000, true, 'takes 300'],
  ['a rest below the minimum, in part', '1:1', 300, 200, false, 'offer_whole_only leftXof=300'],
  // No whole unit: the nearest amount that may be taken is named.
  ['no whole unit', '1:1', 5_000, 2_030, false, 'amount_off_ladder stakeXof=2000 askXof=2000'],
  ['nearer to the next unit', '1:1', 5_000, 2_070, false, 'amount_off_ladder stakeXof=2100 askXof=2100'],
  ['between two units', '1:1', 5_000, 2_050, false, 'amount_off_ladder stakeXof=2000 askXof=2000'],
  ['no whole unit, too small', '1:1', 5_000, 150, false, 'amount_off_ladder stakeXof=1000 askXof=1000'],
  ['no whole unit, nearly all', '1:1', 5_000, 4_930, false, 'amount_off_ladder stakeXof=5000 askXof=5000'],
  [
    'no whole unit, rest too small',
    '1:1',
    5_000,
    4_320,
    false,
    'amount_off_ladder stakeXof=4000 askXof=4000',
  ],
  ['no whole unit, whole only', '1:1', 1_900, 1_050, false, 'amount_off_ladder stakeXof=1900 askXof=1900'],
  ['no whole unit of a favourite', '3:2', 9_000, 2_500, false, 'amount_off_ladder stakeXof=2400 askXof=3600'],
] as const) {
  test(`accepting ${name}: ${wantedXof} of ${openXof} at ${resting}`, () => {
    const judged = judgeAcceptance(offer(resting, openXof), xof(wantedXof), partial, limits);
    assert.equal('code' in judged ? written(judged) : `takes ${judged.makerXof}`, expected);
  });
}

test('property: whatever an acceptance is refused for, the amount the refusal names is then accepted', () => {
  const open = fc.record({ at: fc.nat(ladder.length - 1), units: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(
      open,
      fc.integer({ min: 1, max: 150_000 }),
      fc.boolean(),
      ({ at, units }, wanted, partial) => {
        const { stake, ask } = ladder[at] ?? { stake: 1, ask: 1 };
        const resting = offer(`${stake}:${ask}`, units * stake * 100);
        const judged = judgeAcceptance(resting, xof(wanted), partial, limits);
        if (!('code' in judged)) return;
        for (const [name, named] of Object.entries(judged.params)) {
          // The maker's side of a suggestion is not what the taker puts.
          if (name === 'askXof') continue;
          const again = judgeAcceptance(resting, xof(Number(named)), false, limits);
          assert.ok('makerXof' in again, `${named} after ${written(judged)}: ${JSON.stringify(again)}`);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('property: within what a limit leaves, the greatest amounts that are good are found', () => {
  const terms = fc.record({ at: fc.nat(ladder.length - 1), units: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(terms, fc.integer({ min: 0, max: 20_000 }), ({ at, units }, most) => {
      const { stake, ask } = ladder[at] ?? { stake: 1, ask: 1 };
      const amounts = (count: number) =>
        [xof(count * stake * limits.stakeUnitXof), xof(count * ask * limits.stakeUnitXof)] as const;
      const [stakeXof, askXof] = amounts(units);
      const offers = Array.from({ length: 200 }, (_, count) => amounts(count + 1)).filter(
        ([some, other]) => some <= most && judgeOffer(some, other, limits, rates) === null,
      );
      const largest = offers.at(-1)?.[0] ?? null;
      assert.equal(largestOfferWithin(most, { stakeXof, askXof }, limits, rates)?.stakeXof ?? null, largest);
      const resting = offer(`${stake}:${ask}`, stakeXof);
      const takes = Array.from({ length: units }, (_, count) => amounts(count + 1)[1]).filter(
        (some) => some <= most && 'makerXof' in judgeAcceptance(resting, some, false, limits),
      );
      assert.equal(largestTakeWithin(most, resting, limits), takes.at(-1) ?? null);
    }),
  );
});

function ratio(text: string): Ratio {
  const [stake, ask] = text.split(':').map(Number);
  assert.ok(stake !== undefined && ask !== undefined);
  return { stake, ask };
}

function offer(text: string, openXof: number): Pick<RestingOffer, 'ratio' | 'openXof'> {
  return { ratio: ratio(text), openXof: xof(openXof) };
}

/** `code name=value …` */
function written({ code, params }: { code: string; params: object }): string {
  return [code, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join(' ');
}
