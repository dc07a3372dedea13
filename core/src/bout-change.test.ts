/** Every state under every change: the table of docs/settlement-rules.md has the ones that people meet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoutChangeKind, marketFate, poolFate } from './bout-change.ts';
import type { MarketState } from './market.ts';

const states: readonly MarketState[] = ['draft', 'open', 'suspended', 'closed'];
const changes: readonly BoutChangeKind[] = ['moved', 'too_late', 'unfought'];

test('betting never goes on by itself after a change, and what is closed is never reopened', () => {
  for (const change of changes) {
    for (const state of states) {
      const { betting } = marketFate(state, change, state === 'closed');
      assert.equal(
        betting === 'suspended',
        change === 'moved' && (state === 'open' || state === 'suspended'),
      );
      if (state === 'closed') assert.equal(betting, 'closed');
    }
  }
});

test('a draft of a closed bout is never opened, whatever happens', () => {
  for (const change of changes) assert.equal(marketFate('draft', change, true).betting, 'never');
  assert.equal(marketFate('draft', 'moved', false).betting, 'waits');
});

test('open parts stay only where betting may go on; duels stand only in a move in time', () => {
  for (const change of changes) {
    for (const state of states) {
      const { betting, offers, duels } = marketFate(state, change, state === 'closed');
      assert.equal(offers, betting === 'suspended' ? 'stay' : 'back');
      assert.equal(duels === 'stand', change === 'moved');
    }
  }
});

test('a pool goes back as a whole only when the bout is its only one', () => {
  const day = 86_400_000;
  for (const change of changes) {
    for (const state of states) {
      for (const toMs of [null, 0, day]) {
        const alone = poolFate({ state, legsElsewhere: 0, decidedByMs: day }, change, toMs, false);
        const among = poolFate({ state, legsElsewhere: 1, decidedByMs: day }, change, toMs, false);
        assert.equal(alone.leg, among.leg);
        assert.equal(alone.leg === 'by_result', change === 'moved' && (toMs === null || toMs < day));
        assert.equal(alone.tickets.startsWith('back'), alone.leg !== 'by_result');
        assert.equal(among.tickets, among.leg === 'by_result' ? 'stand' : 'leg_for_all');
      }
    }
  }
});
