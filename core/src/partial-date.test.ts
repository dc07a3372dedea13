import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePartialDate } from './partial-date.ts';

describe('parsePartialDate', () => {
  const good: readonly (readonly [string, string, string])[] = [
    ['2012', '2012-01-01', '2012-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2100-02', '2100-02-01', '2100-02-28'],
    ['2000-02-29', '2000-02-29', '2000-02-29'],
    ['2018-04', '2018-04-01', '2018-04-30'],
  ];
  for (const [text, first, last] of good) {
    it(text, () => assert.deepEqual(parsePartialDate(text), { text, first, last }));
  }

  for (const text of [
    '',
    '12',
    '1899',
    '2101',
    '2012-13',
    '2012-00',
    '2012-1',
    '2023-02-29',
    '2012-04-31',
    '2012-01-00',
    '01/02/2012',
    '2012-01-01T00:00',
    '2012-01-01 ',
    '-2012',
    '２０１２',
    'NaN',
    '2012-',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parsePartialDate(text), undefined));
  }
});
