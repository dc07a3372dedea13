import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { amountsForRatio, ratioChoices, readRatio, stakeChoices } from './choice.ts';
import { readDigits } from './digits.ts';
import { judgeOffer } from './offer.ts';
import { defaultBetLimits, defaultRates } from './settings.ts';

describe('a choice', () => {
  for (const [stakeXof, ratio, expected] of [
    [1_000, '1:1', [1_000, 1_000]],
    [1_049, '1:1', [1_000, 1_000]],
    [1_050, '1:1', [1_000, 1_000]],
    [1_051, '1:1', [1_100, 1_100]],
    // Both sides reach the minimum.
    [1_000, '3:2', [1_500, 1_000]],
    [1_000, '2:1', [2_000, 1_000]],
    [1_000, '1:2', [1_000, 2_000]],
    [2_000, '3:2', [2_100, 1_400]],
    [5_000, '2:3', [5_000, 7_500]],
    [10_000, '3:2', [9_900, 6_600]],
    // What is below the minimum stays below: it is refused, not raised.
    [500, '1:1', [500, 500]],
    [1, '1:1', [100, 100]],
  ] as const) {
    it(`of ${stakeXof} at ${ratio} is ${expected.join(' against ')}`, () => {
      const picked = amountsForRatio(stakeXof, readRatio(ratio), defaultBetLimits);
      assert.deepEqual([picked.stakeXof, picked.askXof], expected);
    });
  }

  it('proposed by the form is always a good offer', () => {
    for (const stakeXof of stakeChoices) {
      for (const ratio of ratioChoices) {
        const picked = amountsForRatio(stakeXof, readRatio(ratio), defaultBetLimits);
        assert.equal(judgeOffer(picked.stakeXof, picked.askXof, defaultBetLimits, defaultRates), null);
      }
    }
  });
});

describe('digits', () => {
  for (const text of ['', ' ', '1e3', '1.000', '1 0', '1  000', '-5', '1000F', '10 00']) {
    it(`"${text}" is no number`, () => assert.equal(readDigits(text), null));
  }
  it('may be grouped by three', () => {
    assert.deepEqual(['0', '12', '1 000', '12 345 678'].map(readDigits), [0, 12, 1_000, 12_345_678]);
  });
});
