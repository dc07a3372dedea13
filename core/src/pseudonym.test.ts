import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPseudonym } from './pseudonym.ts';

describe('pseudonyms', () => {
  const accepted: readonly (readonly [string, string, string])[] = [
    ['Modou_Lo', 'Modou_Lo', 'modoulo'],
    ['  Fatou-93 ', 'Fatou-93', 'fatou93'],
    ['Sérère', 'Sérère', 'serere'],
    ['Se\u0301re\u0300re', 'Sérère', 'serere'],
    ['Ñaaŋ', 'Ñaaŋ', 'naan'],
    ['abc', 'abc', 'abc'],
    ['a'.repeat(20), 'a'.repeat(20), 'a'.repeat(20)],
    ['Supporter', 'Supporter', 'supporter'],
  ];
  for (const [typed, text, key] of accepted) {
    it(`takes ${JSON.stringify(typed)}`, () => assert.deepEqual(readPseudonym(typed), { text, key }));
  }

  const refused: readonly (readonly [string, string])[] = [
    ['ab', 'too short'],
    ['a'.repeat(21), 'too long'],
    ['Modou Lo', 'a space'],
    ['<b>x</b>', 'signs'],
    ['771234567', 'a phone number: no letter'],
    ['a__', 'fewer than three letters and digits'],
    ['___', 'no letter'],
    ['Мodou', 'a Cyrillic letter that looks Latin'],
    ['mbayar', 'the house'],
    ['M-b-a-y-a-r_officiel', 'the house in disguise'],
    ['Admin', 'reserved'],
    ['Opérateur2', 'reserved'],
    ['abc\u0000', 'a control character'],
    ['abc\u200b', 'an invisible character'],
    ['', 'nothing'],
  ];
  for (const [typed, why] of refused) {
    it(`refuses ${JSON.stringify(typed)}: ${why}`, () => assert.equal(readPseudonym(typed), null));
  }
});
