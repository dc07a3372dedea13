import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RefusalError } from '#core/errors.ts';
import { localMinuteOf, nextHourAfter, readLocalMinute, whistleInstant } from './local-time.ts';

describe('days and hours of a form', () => {
  it('are read as Dakar’s, which are UTC', () => {
    assert.equal(readLocalMinute('2026-11-29T17:05'), '2026-11-29T17:05:00.000Z');
    assert.equal(readLocalMinute('2026-11-29T17:05:30'), '2026-11-29T17:05:30.000Z');
    assert.equal(localMinuteOf('2026-11-29T17:05:30.123Z'), '2026-11-29T17:05');
  });

  it('are refused when no calendar or clock has them', () => {
    for (const text of [
      '2026-02-30T10:00',
      '2026-13-01T10:00',
      '2026-06-31T10:00',
      '2026-01-01T24:00',
      '2026-01-01T10:61',
    ])
      assert.throws(
        () => readLocalMinute(text),
        (error) => error instanceof RefusalError,
        text,
      );
  });

  it('are proposed on the hour', () => {
    assert.equal(nextHourAfter('2026-11-29T17:05:30.123Z', 3), '2026-11-29T20:00');
    assert.equal(nextHourAfter('2026-12-31T23:30:00.000Z', 1), '2027-01-01T00:00');
  });
});

describe('the instant of a true whistle', () => {
  const cases = [
    ['21:14:30', '2026-11-29T21:14:32.480Z', '2026-11-29T21:14:30.000Z'],
    ['21:14', '2026-11-29T21:14:32.480Z', '2026-11-29T21:14:00.000Z'],
    ['21:14:32', '2026-11-29T21:14:32.480Z', '2026-11-29T21:14:32.480Z'],
    ['21:14:32', '2026-11-29T21:14:32.000Z', '2026-11-29T21:14:32.000Z'],
    // Later than the close: that day, so that it is refused.
    ['21:15:00', '2026-11-29T21:14:32.480Z', '2026-11-29T21:15:00.000Z'],
    // Closed after midnight.
    ['23:59:50', '2026-11-30T00:00:10.000Z', '2026-11-29T23:59:50.000Z'],
    ['00:00:05', '2026-11-30T00:00:10.000Z', '2026-11-30T00:00:05.000Z'],
    ['23:50:00', '2027-01-01T00:10:00.000Z', '2026-12-31T23:50:00.000Z'],
  ] as const;
  for (const [time, closedAt, expected] of cases) {
    it(`${time} before a close at ${closedAt}`, () => assert.equal(whistleInstant(time, closedAt), expected));
  }
});
