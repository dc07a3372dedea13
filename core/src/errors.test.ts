import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ErrorCode,
  errorCatalogue,
  fail,
  isRefusal,
  RefusalError,
  refusal,
  sentenceOf,
} from './errors.ts';

const codes = Object.keys(errorCatalogue).filter((code): code is ErrorCode => code in errorCatalogue);

const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '').sort((a, b) => a.localeCompare(b));

for (const code of codes) {
  const { fr, wo, status, retry } = errorCatalogue[code];

  test(`${code} is a whole entry of the catalogue`, () => {
    assert.match(code, /^[a-z]+(_[a-z]+)*$/);
    for (const [language, text] of [
      ['fr', fr],
      ['wo', wo],
    ] as const) {
      assert.equal(text, text.trim(), `${language} has no blanks around it`);
      assert.match(text, /^(\p{Lu}|\{\w+Xof\}).*\.$/u, `${language} is a sentence`);
      assert.ok(!text.includes("'"), `${language} has typographic apostrophes`);
    }
    assert.notEqual(fr, wo);
  });

  test(`${code} names the same parameters in both languages`, () => {
    assert.deepEqual(placeholdersOf(fr), placeholdersOf(wo));
    for (const name of placeholdersOf(fr)) assert.match(name, /^[a-z]+([A-Z][a-z]+)*S?$/);
  });

  test(`${code} has a status that fits it`, () => {
    assert.ok([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503].includes(status), `${status}`);
    // What is not the person's doing may be tried again; what he asked wrongly may not.
    if (status === 429 || status >= 500) assert.ok(retry, 'the same thing later may succeed');
    if ([400, 401, 403, 405, 413, 415, 422].includes(status)) assert.ok(!retry, 'the same thing fails again');
    if (placeholdersOf(fr).includes('retryAfterS')) assert.equal(status, 429);
  });
}

test('a code that tells the person to wait says how long', () => {
  for (const code of codes.filter((one) => errorCatalogue[one].status === 429)) {
    assert.deepEqual(placeholdersOf(errorCatalogue[code].fr), ['retryAfterS'], code);
  }
});

test('a refusal carries its code and parameters, as a value or thrown', () => {
  const refused = refusal('stake_below_min', { minXof: 1_000 });
  assert.deepEqual(refused, { code: 'stake_below_min', params: { minXof: 1_000 } });
  assert.deepEqual(refusal('offer_own'), { code: 'offer_own', params: {} });
  assert.throws(
    () => fail('insufficient_funds', { missingXof: 500 }),
    (error) =>
      error instanceof RefusalError &&
      error.message === 'insufficient_funds' &&
      error.refusal.params.missingXof === 500,
  );
  assert.ok(isRefusal(refused));
  assert.ok(!isRefusal({ kind: 'cancelled', returnedXof: 1_000 }));
});

test('a sentence is written out with its amounts', () => {
  for (const [refused, language, sentence] of [
    [refusal('stake_below_min', { minXof: 1_000 }), 'fr', 'La mise est d’au moins 1\u202f000\u00a0F.'],
    [refusal('stake_below_min', { minXof: 1_000 }), 'wo', 'Paari bi 1\u202f000\u00a0F lay tàmbali.'],
    [
      refusal('code_too_many_failures', { retryAfterS: 1_200 }),
      'fr',
      'Trop de codes faux. Attendez 1200 secondes avant de réessayer.',
    ],
    [refusal('bout_state_forbids', { state: 'x' }), 'wo', 'Anamu bëre bi (x) mayul ndigal lii.'],
    [refusal('offer_own'), 'fr', errorCatalogue.offer_own.fr],
  ] as const) {
    assert.equal(sentenceOf(refused, language), sentence);
  }
});

test('no sentence keeps a placeholder once its parameters are given', () => {
  for (const code of codes) {
    const params = Object.fromEntries(placeholdersOf(errorCatalogue[code].fr).map((name) => [name, 12_345]));
    for (const language of ['fr', 'wo'] as const) {
      const sentence = sentenceOf({ code, params }, language);
      assert.doesNotMatch(sentence, /[{}]/);
      if (Object.keys(params).length > 0) assert.match(sentence, /12\u202f?345/);
    }
  }
});
