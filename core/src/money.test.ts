import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatXof, shareOf, sumXof, xof } from './money.ts';

test('xof takes whole francs that a number holds exactly, and nothing else', () => {
  for (const amount of [0, 1, -1, 1_000, 500_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    assert.equal(xof(amount), amount);
  }
  for (const amount of [0.5, 999.999, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e20]) {
    assert.throws(() => xof(amount), RangeError, `${amount}`);
  }
});

test('a share is rate × amount, floored', () => {
  for (const [amount, rateBps, share] of [
    [20_000, 500, 1_000],
    [19_000, 2_000, 3_800],
    [0, 500, 0],
    [1_000, 0, 0],
    [1_000, 10_000, 1_000],
    [1, 9_999, 0],
    [19, 500, 0],
    [20, 500, 1],
    [39, 500, 1],
    [1_001, 500, 50],
    [9_999, 1, 0],
    [10_000, 1, 1],
    [3, 3_333, 0],
    [3, 3_334, 1],
    [1_000_000_000, 2_000, 200_000_000],
    // The product is just a safe integer; as fractions it would come out one franc too high.
    [900_719_925_474, 9_999, 900_629_853_481],
  ] as const) {
    assert.equal(shareOf(xof(amount), rateBps), share, `${rateBps} bps of ${amount}`);
  }
});

test('a share that cannot be exact is an error, not a guess', () => {
  for (const [amount, rateBps] of [
    [-1, 500],
    [-10_000, 500],
    [Number.MAX_SAFE_INTEGER, 2],
    [1_001, 0.5],
    [1_000, Number.NaN],
  ] as const) {
    assert.throws(() => shareOf(xof(amount), rateBps), RangeError, `${rateBps} bps of ${amount}`);
  }
});

test('property: a share is the floor of the exact product, for every amount and rate', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000_000_000 }), fc.nat({ max: 10_000 }), (amount, rateBps) => {
      assert.equal(BigInt(shareOf(xof(amount), rateBps)), (BigInt(amount) * BigInt(rateBps)) / 10_000n);
    }),
    { numRuns: 2_000 },
  );
});

test('a sum is exact or an error', () => {
  assert.equal(sumXof([]), 0);
  assert.equal(sumXof([xof(1), xof(-3), xof(1_000)]), 998);
  const most = xof(Number.MAX_SAFE_INTEGER);
  assert.throws(() => sumXof([most, xof(1)]), RangeError);
});

test('an amount is written with narrow spaces between thousands', () => {
  for (const [amount, text] of [
    [0, '0\u00a0F'],
    [999, '999\u00a0F'],
    [1_000, '1\u202f000\u00a0F'],
    [15_200, '15\u202f200\u00a0F'],
    [1_000_000, '1\u202f000\u202f000\u00a0F'],
    [-500_000, '-500\u202f000\u00a0F'],
  ] as const) {
    assert.equal(formatXof(amount), text);
  }
});
