import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openForms } from './form-token.ts';
import { readSignedJson, signJson } from './signed-text.ts';

describe('forms', () => {
  const forms = openForms(['a key of this test']);

  it('accepts its own token for the same session, and gives another one each time', () => {
    const [first, second] = [forms.formToken('session one'), forms.formToken('session one')];
    assert.notEqual(first, second);
    forms.checkFormToken('session one', first);
    forms.checkFormToken('session one', second);
  });

  it('refuses everything else', () => {
    const token = forms.formToken('session one');
    const [nonce, mac] = token.split('.');
    const bad = ['', '.', 'x', `${nonce}.`, `.${mac}`, `x${token}`, `${token}.x`, `${nonce}.${nonce}`];
    for (const text of bad) {
      assert.throws(() => forms.checkFormToken('session one', text), { message: 'form_expired' }, text);
    }
    assert.throws(() => forms.checkFormToken('session two', token), { message: 'form_expired' });
    const other = openForms(['another key']).formToken('session one');
    assert.throws(() => forms.checkFormToken('session one', other), { message: 'form_expired' });
  });

  it('reads a slip as it was signed, and no other', () => {
    const slip = { operationId: 'an id', validUntil: '2026-01-01T00:00:00Z', stakeXof: 1_000 };
    const signed = forms.signSlip(slip);
    assert.deepEqual(forms.readSlip(signed), slip);
    const richer = Buffer.from(JSON.stringify({ ...slip, stakeXof: 9_000 })).toString('base64url');
    const bad = [`${richer}.${signed.split('.')[1]}`, signed.slice(0, -1), '', 'a.b', `${signed}.c`];
    for (const text of bad) assert.throws(() => forms.readSlip(text), { message: 'form_expired' }, text);
  });

  it('keeps a text signed for one purpose from serving for another', () => {
    const signed = signJson(['key'], 'slip', { operationId: 'x', validUntil: 'y' });
    assert.deepEqual(readSignedJson(['key'], 'slip', signed), { operationId: 'x', validUntil: 'y' });
    assert.equal(readSignedJson(['key'], 'sign-up', signed), null);
  });
});
