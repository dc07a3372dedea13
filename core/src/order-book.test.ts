import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BookLevel, withoutOwn } from './order-book.ts';

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
