import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Type } from 'typebox';
import { AmountXof, strict, Uuid } from '#core/api/contract.ts';
import { RefusalError, refusal } from '#core/errors.ts';
import { FieldRefusalError, fieldOf, readFields, typeFields } from './forms.ts';

const schema = strict({
  stakeXof: AmountXof,
  side: Type.Enum(['A', 'B']),
  note: Type.Optional(Type.String({ maxLength: 10 })),
  id: Type.Optional(Uuid),
});
const read = (body: string) => typeFields(schema, readFields(body).fields, true);
const problemOf = (body: string) => {
  const { problem } = read(body);
  return problem === null ? null : `${problem.refusal.code} ${problem.field ?? 'form'}`;
};

describe('forms', () => {
  it('give text the type that the schema names', () => {
    const { value, problem } = read('stakeXof=1%E2%80%AF000&side=A&note=+bonjour+&id=');
    assert.equal(problem, null);
    assert.deepEqual(value, { stakeXof: 1_000, side: 'A', note: 'bonjour' });
  });

  for (const [text, amount] of [
    ['1000', 1_000],
    ['1+000', 1_000],
    ['10%C2%A0000', 10_000],
    ['+500000+', 500_000],
  ] as const) {
    it(`read "${text}" as ${amount}`, () => {
      assert.deepEqual(read(`stakeXof=${text}&side=A`).value, { stakeXof: amount, side: 'A' });
    });
  }

  for (const text of [
    '1e3',
    '0.5',
    '1,5',
    '-1',
    '%2B1000',
    '0x10',
    '1+00',
    '10+00',
    'NaN',
    'Infinity',
    '1'.repeat(30),
    '%D9%A1%D9%A0',
    '0',
    '1000000001',
  ]) {
    it(`refuse "${decodeURIComponent(text)}" as an amount`, () => {
      assert.equal(problemOf(`stakeXof=${text}&side=A`), 'amount_not_whole stakeXof');
    });
  }

  for (const [body, expected] of [
    ['side=A', 'field_missing stakeXof'],
    ['stakeXof=&side=A', 'field_missing stakeXof'],
    ['stakeXof=1000', 'field_missing side'],
    ['stakeXof=1000&side=C', 'field_invalid side'],
    ['stakeXof=1000&side=A&note=abcdefghijk', 'field_invalid note'],
    ['stakeXof=1000&side=A&id=1', 'field_invalid id'],
    ['stakeXof=1000&side=A&extra=1', 'request_invalid form'],
    ['stakeXof=1000&side=A&__proto__=1', 'request_invalid form'],
    ['stakeXof=1000&side=A&toString=1', 'request_invalid form'],
  ] as const) {
    it(`answer ${expected} to ${body}`, () => assert.equal(problemOf(body), expected));
  }

  it('refuse a field given twice', () => {
    const { problem } = readFields('stakeXof=1000&stakeXof=5000');
    assert.equal(problem?.refusal.code, 'request_invalid');
  });

  it('refuse more fields than any form has', () => {
    const body = Array.from({ length: 50 }, (_, i) => `f${i}=1`).join('&');
    assert.equal(readFields(body).problem?.refusal.code, 'request_invalid');
  });

  it('ignore what is unknown in an address', () => {
    const { value, problem } = typeFields(
      strict({ q: Type.Optional(Type.String()) }),
      { q: 'lo', fbclid: 'x' },
      false,
    );
    assert.deepEqual([value, problem], [{ q: 'lo' }, null]);
  });

  it('know a box that has to be ticked', () => {
    const box = strict({ terms: Type.Literal(true) });
    assert.equal(typeFields(box, {}, true).problem?.refusal.code, 'field_missing');
    assert.deepEqual(typeFields(box, { terms: 'oui' }, true).value, { terms: true });
  });

  it('say which field a refusal is about', () => {
    assert.equal(fieldOf(new RefusalError(refusal('stake_below_min', { minXof: 1 })), schema), 'stakeXof');
    assert.equal(fieldOf(new RefusalError(refusal('ask_below_min', { minXof: 1 })), schema), null);
    assert.equal(fieldOf(new FieldRefusalError('note', refusal('field_invalid')), schema), 'note');
  });
});
