/** Every code that Wave is known to answer, in each of its four shapes, and what we make of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCode, judgeAnswer } from './judge-answer.ts';

const shapes: readonly ((code: string) => object)[] = [
  (code) => ({ code, message: 'm', details: [{ loc: ['payments', 1, 'mobile'], msg: 'm', type: 't' }] }),
  (error) => ({ error, message: 'm' }),
  (code) => ({ error_code: code, error_message: 'm' }),
  (code) => ({ error: { code, message: 'm', httpcode: 400 } }),
];

const table: readonly (readonly [status: number, code: string, expected: string])[] = [
  ...['missing-auth-header', 'invalid-auth', 'api-key-not-provided', 'no-matching-api-key', 'api-key-revoked']
    .concat(['missing-signature', 'invalid-signature-format', 'invalid-signature'])
    .concat(['invalid-signature-timestamp', 'expired-signature-timestamp'])
    .map((code) => [401, code, 'closed provider_unreachable'] as const),
  ...[
    'invalid-wallet',
    'disabled-wallet',
    'ip-not-allowed',
    'authorization-error',
    'unauthorized-wallet',
  ].map((code) => [403, code, 'closed provider_unreachable'] as const),
  [400, 'authorization-error', 'closed provider_unreachable'],
  [400, 'unauthorized-wallet', 'closed provider_unreachable'],
  [400, 'invalid-aggregated-merchant-id', 'closed provider_unreachable'],
  [400, 'aggregated-merchant-required', 'closed provider_unreachable'],
  [400, 'request-validation-error', 'refused order_refused'],
  [400, 'request-not-json', 'refused order_refused'],
  [400, 'request-parsing-error', 'refused order_refused'],
  [400, 'country-mismatch', 'refused recipient_invalid'],
  [400, 'currency-mismatch', 'refused order_refused'],
  [409, 'idempotency-mismatch', 'unknown'],
  [422, 'insufficient-funds', 'later float_empty'],
  [422, 'recipient-limit-exceeded', 'refused recipient_limit'],
  [422, 'recipient-account-blocked', 'refused recipient_blocked'],
  [422, 'recipient-account-inactive', 'refused recipient_inactive'],
  [422, 'recipient-minor', 'refused recipient_too_young'],
  [422, 'payout-reversal-time-limit-exceeded', 'refused reversal_too_late'],
  [422, 'payout-reversal-account-terminated', 'refused recipient_inactive'],
  [400, 'checkout-refund-failed', 'refused order_refused'],
  [500, 'checkout-refund-failed', 'unknown'],
  [404, 'not-found', 'missing'],
  [404, 'checkout-session-not-found', 'missing'],
  [408, 'request-timeout', 'unknown'],
  [429, 'too-many-requests', 'later too_many_requests'],
  [500, 'internal-server-error', 'unknown'],
  [503, 'service-unavailable', 'unknown'],
  [504, 'gateway-timeout', 'unknown'],
  // Codes of tomorrow go by their status.
  [400, 'new-rule', 'refused order_refused'],
  [401, 'new-rule', 'closed provider_unreachable'],
  [403, 'new-rule', 'closed provider_unreachable'],
  [409, 'checkout-session-not-open', 'unknown'],
  [422, 'toString', 'refused order_refused'],
  [429, 'new-rule', 'later too_many_requests'],
  [500, 'recipient-minor', 'unknown'],
  [302, 'recipient-minor', 'unknown'],
];

function show(status: number, body: string): string {
  const judgement = judgeAnswer(status, body);
  return 'reason' in judgement ? `${judgement.kind} ${judgement.reason}` : judgement.kind;
}

describe('what Wave’s errors mean', () => {
  for (const [status, code, expected] of table) {
    it(`${status} ${code}: ${expected}`, () => {
      for (const shape of shapes) assert.equal(show(status, JSON.stringify(shape(code))), expected);
    });
  }

  it('without a code nobody has refused anything: some machine in between has spoken', () => {
    for (const body of ['', '<html><h1>400 Bad Request</h1></html>', '{}', '[]', 'null', '{"code":7}'])
      for (const status of [400, 404, 405, 409, 422, 500, 502, 503])
        assert.equal(show(status, body), 'unknown', `${status} ${body}`);
    assert.equal(show(403, '<html>'), 'closed provider_unreachable');
    assert.equal(show(429, ''), 'later too_many_requests');
  });

  it('codes are looked for in this order', () => {
    assert.equal(findCode({ code: 'a', error: { code: 'b' }, error_code: 'c' }), 'a');
    assert.equal(findCode({ error: { code: 'b' }, error_code: 'c' }), 'b');
    assert.equal(findCode({ error: 'd', error_code: 'c' }), 'c');
    assert.equal(findCode({ error: 'd' }), 'd');
  });

  it('a sentence in place of a code is kept without the phone in it', () => {
    const judgement = judgeAnswer(409, JSON.stringify({ error: 'No wallet for +221771234567' }));
    assert.deepEqual(judgement, { kind: 'unknown', detail: '409 No wallet for +…' });
  });
});
