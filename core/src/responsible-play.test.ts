import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Xof, xof } from './money.ts';
import { changeOf, refuseExclusion } from './responsible-play.ts';
import { defaultSettings } from './settings.ts';

test('less is tighter, none is loosest, the same is nothing', () => {
  const room = (limit: Xof | null) => limit ?? Number.POSITIVE_INFINITY;
  const limit = fc.option(fc.nat(1_000_000).map(xof), { nil: null });
  fc.assert(
    fc.property(limit, limit, (now, next) => {
      const expected =
        room(next) === room(now) ? 'nothing' : room(next) < room(now) ? 'tightening' : 'loosening';
      assert.equal(changeOf(now, next), expected);
    }),
  );
});

test('a pause lasts a day to six weeks, an exclusion half a year or more, or for good', () => {
  const code = (kind: 'cool_off' | 'self_exclusion', days: number | null) =>
    refuseExclusion(kind, days, defaultSettings)?.code ?? 'fits';
  const forbidden = 'exclusion_length_forbidden';
  assert.deepEqual(
    [0, 1, 42, 43, null].map((days) => code('cool_off', days)),
    [forbidden, 'fits', 'fits', forbidden, forbidden],
  );
  assert.deepEqual(
    [182, 183, 10_000, null].map((days) => code('self_exclusion', days)),
    [forbidden, 'fits', 'fits', 'fits'],
  );
  assert.deepEqual(refuseExclusion('cool_off', 43, defaultSettings)?.params, { minDays: '1', maxDays: '42' });
});
