import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ageOn, documentKey, isDay, normaliseNumber, sidesOf } from './identity-document.ts';

describe('the number of a document', () => {
  const same: readonly (readonly [string, string])[] = [
    ['1 987 1990 01234', '1987199001234'],
    ['1-987-1990-01234', '1987199001234'],
    ['a0123456', 'A0123456'],
    ['AO123456', 'A0123456'],
    ['АО123456', 'A0123456'],
    ['Α0123456', 'A0123456'],
    ['ＡＯ１２３４５６', 'A0123456'],
    ['Ai234567', 'A1234567'],
    ['AI234567', 'A1234567'],
    ['á0123456', 'A0123456'],
    [' N° 12345 '.replace('N° ', ''), '12345'],
  ];
  for (const [typed, expected] of same) {
    it(`"${typed}" is ${expected}`, () => assert.equal(normaliseNumber(typed), expected));
  }
  for (const typed of ['', '    ', '1234', 'ABCDEFG', 'A'.repeat(25), '12345<script>', '١٢٣٤٥٦', '12345😀']) {
    it(`"${typed}" is none`, () => assert.equal(normaliseNumber(typed), null));
  }

  it('counts with its kind and country', () => {
    const keys = [
      documentKey('cni', 'SN', '12345'),
      documentKey('passport', 'SN', '12345'),
      documentKey('cni', 'GM', '12345'),
    ];
    assert.equal(new Set(keys).size, 3);
  });
});

describe('ages and days', () => {
  it('a birthday counts from its own day', () => {
    assert.equal(ageOn('2008-11-25', '2026-11-24'), 17);
    assert.equal(ageOn('2008-11-25', '2026-11-25'), 18);
    assert.equal(ageOn('2008-02-29', '2026-02-28'), 17);
    assert.equal(ageOn('2008-02-29', '2026-03-01'), 18);
  });

  it('days are days of the calendar', () => {
    for (const day of ['2026-02-28', '2024-02-29', '1990-12-31']) assert(isDay(day), day);
    for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '', '2026-01-01T00:00']) {
      assert(!isDay(day), day);
    }
  });

  it('a passport has one side, a card two', () => {
    assert.deepEqual(sidesOf('passport'), ['front']);
    assert.deepEqual(sidesOf('cni'), ['front', 'back']);
  });
});
