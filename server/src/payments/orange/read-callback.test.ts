import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import { type OpenOrange, openOrangeForTests } from '../../testing/open-orange.ts';
import type { ComposedCallback } from '../simulator/deliver-callbacks.ts';
import { readOrangeCallback } from './read-callback.ts';
import { type CallbackFaults, goodCallbacks } from './simulator/control.ts';

// Made for tests by the documented algorithm: Orange publishes no vector.
const SECRET = 'om_endpoint_unit_test_only_secret';
const AT_S = 1_700_000_000;
const BODY =
  '{"status":"SUCCESS","transactionId":"MP260101.1200.A00001","reference":"dep_01","type":"MERCHANT_PAYMENT","amount":{"value":500,"unit":"XOF"}}';
const DIGEST = '82b7e16c98a0736c47baf99e100aeebc618f7b4343aa856529e532d194c9947e';
const KEY = 'chosen-by-us-once-1';

const signed = { callbackApiKey: KEY, callbackSecrets: [SECRET] };
const unsigned = { callbackApiKey: KEY, callbackSecrets: [] };

function read(
  keys: typeof signed | typeof unsigned,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { body = BODY, atS = AT_S } = {},
) {
  return readOrangeCallback(keys, { headers, body: Buffer.from(body), receivedAt: new Date(atS * 1000) });
}
const signature = (value: string | string[]) => ({ 'x-sonatel-signature': value });
const good = signature(`t=${AT_S},v1=${DIGEST}`);
const authentic = {
  kind: 'authentic',
  eventId: 'MP260101.1200.A00001 SUCCESS',
  about: 'deposit',
  reference: 'dep_01',
  session: null,
  transaction: 'MP260101.1200.A00001',
};

describe('the signature of Orange', () => {
  it('is over the time, a comma and the bytes', () => {
    assert.equal(Buffer.byteLength(BODY), 142);
    assert.deepEqual(read(signed, good), authentic);
    const old = createHmac('sha256', 'other').update(`${AT_S},${BODY}`).digest('hex');
    assert.deepEqual(read(signed, signature(`t=${AT_S}, v1=${old}, v1=${DIGEST}`)), authentic);
    const turning = { callbackApiKey: KEY, callbackSecrets: ['new', SECRET] };
    assert.deepEqual(read(turning, good), authentic);
  });

  for (const [name, headers, over] of [
    ['none', {}, {}],
    ['the key alone, where a secret is configured', { authorization: `Basic ${KEY}` }, {}],
    ['no time', signature(`v1=${DIGEST}`), {}],
    ['no digest', signature(`t=${AT_S}`), {}],
    ['an empty digest', signature(`t=${AT_S},v1=`), {}],
    ['another digit', signature(`t=${AT_S},v1=${DIGEST.slice(0, -1)}f`), {}],
    ['another body', good, { body: `${BODY} ` }],
    ['another time', signature(`t=${AT_S + 1},v1=${DIGEST}`), {}],
    ['too old', good, { atS: AT_S + 301 }],
    ['from the future', good, { atS: AT_S - 301 }],
    [
      'a dot in place of the comma',
      signature(`t=${AT_S},v1=${createHmac('sha256', SECRET).update(`${AT_S}.${BODY}`).digest('hex')}`),
      {},
    ],
    [
      'nothing between time and body',
      signature(`t=${AT_S},v1=${createHmac('sha256', SECRET).update(`${AT_S}${BODY}`).digest('hex')}`),
      {},
    ],
  ] as const) {
    it(`${name}: forged`, () => {
      assert.equal(read(signed, headers, over).kind, 'forged');
    });
  }

  it('holds for 300 seconds either way', () => {
    assert.equal(read(signed, good, { atS: AT_S + 300 }).kind, 'authentic');
    assert.equal(read(signed, good, { atS: AT_S - 300 }).kind, 'authentic');
  });
});

describe('the key of Orange’s callback, while there is no secret', () => {
  it('comes as it is or in base64', () => {
    assert.deepEqual(read(unsigned, { authorization: `Basic ${KEY}` }), authentic);
    const base64 = Buffer.from(KEY).toString('base64');
    assert.deepEqual(read(unsigned, { authorization: `Basic ${base64}` }), authentic);
    for (const authorization of [
      undefined,
      '',
      'Basic',
      'Basic ',
      `Bearer ${KEY}`,
      KEY,
      `Basic ${KEY}x`,
      'Basic undefined',
    ])
      assert.equal(read(unsigned, { authorization }).kind, 'forged', authorization);
  });
});

describe('the body of Orange’s callback', () => {
  const readBody = (body: string, headers = {}) =>
    read(unsigned, { authorization: `Basic ${KEY}`, ...headers }, { body });

  it('is read whatever is missing in it: the money is looked up', () => {
    const key = { 'x-sonatel-idempotency-key': 'key-1' };
    assert.deepEqual(readBody(BODY, key), { ...authentic, eventId: 'key-1' });
    const about = (body: object) => {
      const reading = readBody(JSON.stringify(body));
      return reading.kind === 'authentic' ? [reading.about, reading.reference, reading.transaction] : [];
    };
    assert.deepEqual(about({ transactionId: 'CI1', type: 'CASHIN', reference: 'wd' }), [
      'withdrawal',
      'wd',
      'CI1',
    ]);
    assert.deepEqual(about({ transactionId: 'CI1' }), ['withdrawal', null, 'CI1']);
    assert.deepEqual(about({ reference: 12 }), ['deposit', '12', null]);
    assert.deepEqual(about({ reference: 'r'.repeat(51) }), ['nothing', null, null]);
    assert.deepEqual(about([]), ['nothing', null, null]);
    assert.deepEqual(about({ __proto__: null }), ['nothing', null, null]);
  });

  it('has an event of its own also when nothing in it can be read', () => {
    const [one, other] = [readBody('one'), readBody('other')];
    assert(one.kind === 'authentic' && other.kind === 'authentic');
    assert.match(one.eventId, /^[0-9a-f]{64}$/);
    assert.notEqual(one.eventId, other.eventId);
    const odd = readBody('one', { 'x-sonatel-idempotency-key': 'k'.repeat(201) });
    assert.deepEqual(odd, one);
  });
});

describe('what the simulated Orange sends', () => {
  let orange: OpenOrange;
  afterEach(() => orange.close());

  async function readAll(faults: Partial<CallbackFaults>, callbackSecrets: readonly string[] = []) {
    orange = await openOrangeForTests({ callbackSecrets });
    orange.control.setFaults({ callbacks: { ...goodCallbacks, ...faults } });
    const came: ComposedCallback[] = [];
    orange.control.postThrough(async (callback) => {
      came.push(callback);
      return 200;
    });
    const qr = await orange.askForQr();
    const { transactionId } = qr.pay();
    await orange.control.deliverCallbacks();
    const readings = came.map(({ headers, body }) =>
      orange.provider.readCallback?.({
        headers,
        body: Buffer.from(body),
        receivedAt: new Date(orange.control.now()),
      }),
    );
    const right = readings.filter(
      (reading) =>
        reading?.kind === 'authentic' &&
        reading.about === 'deposit' &&
        reading.reference === qr.reference &&
        reading.transaction === transactionId,
    );
    const events = new Set(right.map((reading) => (reading?.kind === 'authentic' ? reading.eventId : '')));
    return { all: readings.length, right: right.length, events: events.size };
  }

  for (const [name, faults, expected] of [
    ['as it is', {}, { all: 1, right: 1, events: 1 }],
    ['the key in base64', { keyForm: 'base64' }, { all: 1, right: 1, events: 1 }],
    ['a number for the customer', { hasNumericCustomer: true }, { all: 1, right: 1, events: 1 }],
    ['reduced', { isReduced: true }, { all: 1, right: 1, events: 1 }],
    ['without an amount', { amount: 'missing' }, { all: 1, right: 1, events: 1 }],
    ['another amount', { amount: { moreXof: 1 } }, { all: 1, right: 1, events: 1 }],
    ['three times', { duplicates: 2 }, { all: 3, right: 3, events: 1 }],
    ['out of order', { isReordered: true }, { all: 2, right: 2, events: 2 }],
    ['with a forged one', { isForgedToo: true }, { all: 2, right: 1, events: 1 }],
  ] as const) {
    it(`${name}: read with the key`, async () => {
      assert.deepEqual(await readAll(faults), expected);
    });
    it(`${name}: read with a signature`, async () => {
      assert.deepEqual(await readAll(faults, ['a-secret-of-orange', 'the-next-one']), expected);
    });
  }
});
