/** Wave's published webhook vector with everything that must be refused beside it, and two of our own for requests. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import type { WaveConfig } from './config.ts';
import { readCallback } from './read-callback.ts';
import { signRequest } from './sign-request.ts';

const secret = 'wave_sn_WHS_xz4m6g8rjs9bshxy05xj4khcvjv7j3hcp4fbpvv6met0zdrjvezg';
const t = 1_667_920_421;
const digest = '53c971695230e9c51b1030d673eee76e70bbcdf8a7c5b8c1d44e0b8b1329647b';
const body =
  '{"id": "AE_ijzo7oGgrlM7", "type": "checkout.session.completed", "data": {"id": "cos-1b01sghpg100j", "amount": "100", "checkout_status": "complete", "client_reference": null, "currency": "XOF", "error_url": "https://example.com/error", "last_payment_error": null, "business_name": "Annas Apiaries", "payment_status": "succeeded", "success_url": "https://example.com/success", "wave_launch_url": "https://pay.wave.com/c/cos-1b01sghpg100j?a=100&c=XOF&m=Annas%20Apiaries", "when_completed": "2022-11-08T15:05:45Z", "when_created": "2022-11-08T15:05:32Z", "when_expires": "2022-11-09T15:05:32Z", "transaction_id": "TCN4Y4ZC3FM"}}';
const signature = `t=${t},v1=${digest}`;

interface Given {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly text?: string | Buffer;
  readonly secrets?: readonly string[];
  readonly atS?: number;
  readonly strategy?: WaveConfig['webhooks']['strategy'];
}

function read(given: Given = {}) {
  const { headers = { 'wave-signature': signature }, text = body, secrets = [secret], atS = t } = given;
  const webhooks = { strategy: given.strategy ?? 'signature', secrets };
  const config = { url: '', apiKey: '', signingSecret: null, webhooks, restrictsPayer: true };
  return readCallback(config, { headers, body: Buffer.from(text), receivedAt: new Date(atS * 1000) });
}

const withSignature = (text: string) => ({ headers: { 'wave-signature': text } });

describe('Wave’s published webhook', () => {
  it('is the published one, byte for byte', () => {
    assert.equal(Buffer.byteLength(body), 624);
    const sum = '4b38375855c258e2f278a9406a3cca460f9897eb6b12cf6219a625e3ab597bb3';
    assert.equal(createHash('sha256').update(body).digest('hex'), sum);
  });

  it('is authentic, and leads to its session', () => {
    assert.deepEqual(read(), {
      kind: 'authentic',
      eventId: 'AE_ijzo7oGgrlM7',
      about: 'deposit',
      reference: null,
      session: 'cos-1b01sghpg100j',
      transaction: 'TCN4Y4ZC3FM',
    });
  });

  const accepted: Readonly<Record<string, Given>> = {
    'the right v1 after another one': withSignature(`t=${t},v1=${'0'.repeat(64)},v1=${digest}`),
    'the right v1 before another one': withSignature(`t=${t},v1=${digest},v1=${'0'.repeat(64)}`),
    'spaces between the parts': withSignature(`t=${t}, v1=${digest}`),
    'a scheme of the future beside it': withSignature(`t=${t},v2=abc,v1=${digest}`),
    'the old secret while a new one is coming': { secrets: ['wave_sn_WHS_the_new_one', secret] },
    'five minutes late': { atS: t + 300 },
    'five minutes early': { atS: t - 300 },
  };
  for (const [what, given] of Object.entries(accepted)) {
    it(`accepted: ${what}`, () => assert.equal(read(given).kind, 'authentic'));
  }

  const sign = (message: string | Buffer, key = secret) =>
    createHmac('sha256', key).update(message).digest('hex');
  const reserialised = JSON.stringify(JSON.parse(body));
  const refused: Readonly<Record<string, Given>> = {
    'a dot between time and body': withSignature(
      `t=${t},v1=56836d1ab154c604ff26e5cb6930fca1216818e3f9a7b91f9eccc47877d1e23c`,
    ),
    'the digest of the body written anew': withSignature(
      `t=${t},v1=f3280524992546632bb1407a82dbc414ecd39cbd4873b96eca9bece51ba3630e`,
    ),
    'the body written anew': { text: reserialised },
    'one space more': { text: `${body} ` },
    'another amount': { text: body.replace('"100"', '"900"') },
    'another secret': { secrets: ['wave_sn_WHS_of_somebody_else'] },
    'the secret without its prefix': { secrets: [secret.replace('wave_sn_WHS_', '')] },
    'no header': { headers: {} },
    'an empty header': withSignature(''),
    'six minutes late': { atS: t + 360 },
    'six minutes early': { atS: t - 360 },
    'a second over five minutes': { atS: t + 301 },
    'the secret itself in place of a signature': { headers: { authorization: `Bearer ${secret}` } },
    'Bearer in the signature’s header': withSignature(`Bearer ${secret}`),
    'no time': withSignature(`v1=${digest}`),
    'no v1': withSignature(`t=${t}`),
    'a time that is no number': withSignature(`t=${t}x,v1=${digest}`),
    'a negative time': withSignature(`t=-${t},v1=${digest}`),
    'the first time counts': withSignature(`t=${t + 1},t=${t},v1=${digest}`),
    'the digest in capitals': withSignature(`t=${t},v1=${digest.toUpperCase()}`),
    'half the digest': withSignature(`t=${t},v1=${digest.slice(0, 32)}`),
    'an empty v1': withSignature(`t=${t},v1=`),
    'the digest of the body alone': withSignature(`t=${t},v1=${sign(body)}`),
    'sha256= before the digest': withSignature(`t=${t},v1=sha256=${digest}`),
    'another header’s name': { headers: { 'x-wave-signature': signature } },
  };
  for (const [what, given] of Object.entries(refused)) {
    it(`refused: ${what}`, () => assert.equal(read(given).kind, 'forged'));
  }

  it('the published wrong digests are what those mistakes make', () => {
    const dotted = '56836d1ab154c604ff26e5cb6930fca1216818e3f9a7b91f9eccc47877d1e23c';
    assert.equal(sign(`${t}.${body}`), dotted);
    const rewritten = 'f3280524992546632bb1407a82dbc414ecd39cbd4873b96eca9bece51ba3630e';
    assert.equal(sign(`${t}${reserialised}`), rewritten);
    assert.equal(Buffer.byteLength(reserialised), 590);
  });

  it('says why it was refused, and never with what', () => {
    for (const given of Object.values(refused)) {
      const reading = read(given);
      assert(reading.kind === 'forged');
      assert.doesNotMatch(reading.detail, /wave_sn|[0-9a-f]{16}/);
    }
  });

  it('bytes that are not UTF-8 are signed like any others', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const signed = sign(Buffer.concat([Buffer.from(String(t)), bytes]));
    const reading = read({ ...withSignature(`t=${t},v1=${signed}`), text: bytes });
    assert(reading.kind === 'authentic' && reading.about === 'nothing');
  });
});

describe('the strategy of the shared secret', () => {
  const bearer = (authorization: string): Given => ({ strategy: 'bearer', headers: { authorization } });
  it('takes each of our secrets, and nothing else', () => {
    assert.equal(read(bearer(`Bearer ${secret}`)).kind, 'authentic');
    const two = { ...bearer(`Bearer ${secret}`), secrets: ['wave_sn_WHS_another_one', secret] };
    assert.equal(read(two).kind, 'authentic');
    for (const text of ['', 'Bearer ', secret, `bearer ${secret}`, `Bearer ${secret}x`, `Bearer ${secret} `])
      assert.equal(read(bearer(text)).kind, 'forged', text);
    assert.equal(read({ strategy: 'bearer', headers: {} }).kind, 'forged');
    assert.equal(read({ strategy: 'bearer' }).kind, 'forged', 'a signature is not the secret');
  });
});

describe('what a webhook is about', () => {
  const event = (text: string) =>
    read({ strategy: 'bearer', headers: { authorization: `Bearer ${secret}` }, text });
  const nothing = { about: 'nothing', reference: null, session: null, transaction: null };
  for (const [type, expected] of [
    [
      'checkout.session.payment_failed',
      { about: 'deposit', reference: 'r', session: 'cos-1', transaction: null },
    ],
    ['merchant.payment_received', { ...nothing, about: 'deposit', transaction: 'cos-1' }],
    ['b2b.payment_received', nothing],
    ['test.test_event', nothing],
    ['checkout.session.refunded', nothing],
  ] as const) {
    it(type, () => {
      const text = JSON.stringify({ id: 'EV_1', type, data: { id: 'cos-1', client_reference: 'r' } });
      assert.deepEqual(event(text), { kind: 'authentic', eventId: 'EV_1', ...expected });
    });
  }

  for (const text of [
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"id":7,"type":7,"data":7}',
    '{"data":{"id":"cos-1"}}',
  ]) {
    it(`nothing, whatever else is in it: ${text}`, () => {
      const reading = event(text);
      assert(reading.kind === 'authentic' && reading.about === 'nothing');
      assert.match(reading.eventId, /^[0-9a-f]{64}$/);
    });
  }
});

describe('signed requests', () => {
  const own = 'wave_sn_AKS_unit_test_only_secret';
  for (const [what, text, expected] of [
    [
      'a body',
      '{"amount":"1000","currency":"XOF"}',
      '9752b3698cc34d15364149adcc246c43c80be6c9c5cd5a6e1620e85afacff68b',
    ],
    ['no body', '', 'ef5ae9339a222c9d3ce37af0374790ca7ef15da29d49c352df62bfc08f538ab7'],
  ] as const) {
    it(`with ${what}`, () =>
      assert.equal(signRequest(own, 1_700_000_000, text), `t=1700000000,v1=${expected}`));
  }
});
