/** Until when bets on a moved bout stand: by the day, from the original date. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planPostponement } from './postponement.ts';

const DAY_MS = 86_400_000;
const at = (iso: string) => Date.parse(`${iso}:00Z`);
const first = at('2026-11-01T20:00');
const plan = (to: string | null, now = '2026-11-01T12:00', days = 7) => {
  const toMs = to === null ? null : at(to);
  const planned = planPostponement({
    firstMs: first,
    toMs,
    postponementMs: days * DAY_MS,
    nowMs: at(now),
  });
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  return [planned.isVoid, iso(planned.standsUntilMs), iso(planned.voidAtMs)];
};

test('the seventh day counts whole, the eighth does not', () => {
  assert.deepEqual(plan('2026-11-08T23:59'), [false, '2026-11-09T00:00', '2026-11-09T23:59']);
  assert.deepEqual(plan('2026-11-09T00:00'), [true, '2026-11-09T00:00', '2026-11-01T12:00']);
});

test('a date well within is waited for until the last day; one on the last day a day longer', () => {
  assert.deepEqual(plan('2026-11-03T20:00'), [false, '2026-11-09T00:00', '2026-11-09T00:00']);
  assert.deepEqual(plan('2026-11-08T20:00'), [false, '2026-11-09T00:00', '2026-11-09T20:00']);
});

test('without a date the bets stand until the last day, and no longer', () => {
  assert.deepEqual(plan(null), [false, '2026-11-09T00:00', '2026-11-09T00:00']);
  assert.deepEqual(plan(null, '2026-11-09T00:00'), [true, '2026-11-09T00:00', '2026-11-09T00:00']);
});

test('with N = 0 only another hour of the same day keeps the bets; an earlier date always does', () => {
  assert.equal(plan('2026-11-01T23:00', '2026-11-01T12:00', 0)[0], false);
  assert.equal(plan('2026-11-02T01:00', '2026-11-01T12:00', 0)[0], true);
  assert.equal(plan('2026-10-30T20:00', '2026-10-29T12:00', 0)[0], false);
});
