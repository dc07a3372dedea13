import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayAndHourOf, dayOf, hourOf, partialDateOf, untilOf } from './dates.ts';

const now = '2026-11-23T09:14:00.000Z';

describe('days and hours', () => {
  for (const [iso, expected] of [
    ['2026-11-23T23:59:59Z', 'aujourd’hui'],
    ['2026-11-24T00:00:00Z', 'demain'],
    ['2026-11-22T23:00:00Z', 'hier'],
    ['2026-11-29T17:00:00Z', 'dimanche 29 novembre'],
    ['2027-01-01T17:00:00Z', 'vendredi 1er janvier 2027'],
  ] as const) {
    it(`${iso} is ${expected}`, () => assert.equal(dayOf(iso, now), expected));
  }

  it('writes hours as in Dakar', () => {
    assert.equal(hourOf('2026-11-23T17:05:00Z'), '17\u00a0h\u00a005');
    assert.equal(hourOf('2026-11-23T17:00:00Z'), '17\u00a0h');
    assert.equal(dayAndHourOf('2026-11-24T17:00:00Z', now), 'demain à 17\u00a0h');
  });

  for (const [iso, expected] of [
    ['2026-11-23T09:14:00Z', null],
    ['2026-11-23T09:14:30Z', 'dans 1\u00a0min'],
    ['2026-11-23T09:59:00Z', 'dans 45\u00a0min'],
    ['2026-11-23T12:14:00Z', 'dans 3\u00a0h'],
    ['2026-11-23T12:20:00Z', 'dans 3\u00a0h\u00a006'],
    ['2026-11-24T20:00:00Z', 'demain'],
    ['2026-11-27T08:00:00Z', 'dans 4 jours'],
  ] as const) {
    it(`${iso} is ${expected ?? 'past'}`, () => assert.equal(untilOf(iso, now), expected));
  }

  it('writes as much of a date as is known', () => {
    assert.deepEqual(['1998', '1998-04', '1998-04-01'].map(partialDateOf), [
      '1998',
      'avril 1998',
      '1er avril 1998',
    ]);
  });
});
