import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { phonePattern } from './phone-pattern.ts';
import { callingCodeOf, readPhone } from './read-phone.ts';

/** As browsers match the attribute. */
const pattern = new RegExp(`^(?:${phonePattern})$`, 'v');

function isJudgedGood(typed: string): boolean {
  try {
    readPhone(typed);
    return true;
  } catch {
    return false;
  }
}

const between = fc.constantFrom('', '', '', ' ', ' ', '.', '-', '  ');
const prefix = fc.constantFrom('', '', '+221', '00221', '221', '+ 221 ', '00 221 ');
const digits = (length: fc.Arbitrary<number>) =>
  length.chain((count) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }));
const spaced = (numbers: readonly number[]) =>
  fc
    .array(between, { minLength: numbers.length, maxLength: numbers.length })
    .map((gaps) => numbers.map((number, index) => `${number}${gaps[index]}`).join(''));

describe('the pattern of the phone field', () => {
  it('and the judge agree on every number of Senegal', () => {
    const national = fc.tuple(fc.constantFrom(7, 7, 7, 7, 3, 8, 9, 1), digits(fc.constant(8)));
    const typed = fc
      .tuple(prefix, national)
      .chain(([start, [first, rest]]) => spaced([first, ...rest]).map((number) => start + number));
    let goodCount = 0;
    fc.assert(
      fc.property(typed, (text) => {
        const isGood = isJudgedGood(text);
        if (isGood) goodCount += 1;
        assert.equal(pattern.test(text), isGood, text);
      }),
      { numRuns: 20_000 },
    );
    assert(goodCount > 2_000, `${goodCount} good ones`);
  });

  it('and the judge agree on every range of Senegal, each tried at both ends', () => {
    for (let head = 0; head < 100_000; head++) {
      for (const tail of ['0000', '9999']) {
        const text = String(head).padStart(5, '0') + tail;
        // A leading zero or a short form of abroad is not Senegal's.
        if (text.startsWith('00')) continue;
        assert.equal(pattern.test(text), isJudgedGood(text), text);
      }
    }
  });

  it('and the judge agree on numbers of any length', () => {
    const typed = digits(fc.integer({ min: 1, max: 14 })).map((numbers) => numbers.join(''));
    fc.assert(
      fc.property(typed, (text) => {
        if (!text.startsWith('00')) assert.equal(pattern.test(text), isJudgedGood(text), text);
      }),
      { numRuns: 20_000 },
    );
  });

  it('lets every mobile number abroad through to the judge', () => {
    const isKnown = new Set<string>();
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples)?.number;
      if (number === undefined || !isJudgedGood(number)) continue;
      isKnown.add(callingCodeOf(number));
      for (const typed of [number, `00${number.slice(1)}`, number.replace(/(\d{3})/g, '$1 ')]) {
        assert(pattern.test(typed), `${country}: ${typed}`);
        assert.equal(readPhone(typed), number);
      }
    }
    assert(isKnown.size > 150, `${isKnown.size} countries`);
  });

  for (const bad of ['', 'abc', '77 123 45', '77123456789', '+', '00', '+221 33 821 00 00', '771234567x']) {
    it(`refuses ${JSON.stringify(bad)}, as the judge does`, () => {
      assert(!pattern.test(bad));
      assert(!isJudgedGood(bad));
    });
  }

  for (const premium of ['+18005551234', '+33899123456', '+448712345678', '+22588123', '+881612345678']) {
    it(`the judge refuses ${premium}: it is no mobile`, () => assert(!isJudgedGood(premium)));
  }
});
