/** Orange as it behaves, asked by hand: nothing of our adapter is used here. */
import assert from 'node:assert/strict';
import { constants, createHmac, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { openLog } from '../../../log.ts';
import { listenSimulator } from '../../../testing/listen-simulator.ts';
import type { ComposedCallback } from '../../simulator/deliver-callbacks.ts';
import { goodCallbacks, type OrangeSimulator } from './control.ts';
import { type OrangeSimulatorOptions, openOrangeSimulator } from './open-simulator.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
type Json = any;

interface Orange extends OrangeSimulator {
  readonly url: string;
  call(
    method: string,
    path: string,
    body?: object,
    headers?: object,
  ): Promise<{ status: number; text: string; json: Json }>;
  makeQr(over?: object): Promise<Json>;
  find(query: string): Promise<Json[]>;
}

async function openOrange(options: Partial<OrangeSimulatorOptions> = {}): Promise<Orange> {
  const given = { callbackUrl: 'http://127.0.0.1:9/callbacks/orange', file: null, log: openLog('silent') };
  const opened = await listenSimulator((url) => openOrangeSimulator({ url, ...given, ...options }));
  const { simulator, url: address } = opened;
  simulator.control.holdCallbacks(true);
  closing.push(opened.close);
  const call: Orange['call'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${address}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { ...JSON_TYPE, authorization: `Bearer ${await token()}`, ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, text, json: text === '' ? null : JSON.parse(text) };
  };
  const form = { grant_type: 'client_credentials', client_id: simulator.config.clientId };
  const token = async () => {
    const body = new URLSearchParams({ ...form, client_secret: simulator.config.clientSecret });
    const answer = await fetch(`${address}/oauth/v1/token`, { method: 'POST', body });
    return (await answer.json()).access_token ?? '';
  };
  return {
    ...simulator,
    url: address,
    call,
    makeQr: async (over = {}) => (await call('POST', '/api/eWallet/v4/qrcode', { ...order, ...over })).json,
    find: async (query) => (await call('GET', `/api/eWallet/v1/transactions?${query}`)).json,
  };
}

const order = {
  code: '460221',
  name: 'Mbayar',
  amount: { unit: 'XOF', value: 5000 },
  reference: 'dep_01',
  validity: 900,
  restrictions: { isSingleUse: true },
};

describe('the gateway of Orange', () => {
  it('gives tokens for a form, for 299 seconds, to who is known and switched on', async () => {
    const orange = await openOrange();
    const { clientId: client_id, clientSecret: client_secret } = orange.config;
    const ask = async (body: string | URLSearchParams, headers?: Record<string, string>) => {
      const answer = await fetch(`${orange.url}/oauth/v1/token`, {
        method: 'POST',
        body,
        ...(headers && { headers }),
      });
      return { status: answer.status, json: await answer.json() };
    };
    const form = (over = {}) =>
      new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, ...over });
    const good = await ask(form());
    assert.deepEqual([good.status, good.json.expires_in, good.json.token_type], [200, 299, 'Bearer']);
    assert.equal((await ask('{}', JSON_TYPE)).status, 415);
    assert.deepEqual((await ask(form({ client_secret: 'no' }))).json.error, 'invalid_client');
    orange.control.setFaults({ isClientInactive: true });
    assert.deepEqual((await ask(form())).json.error, 'unauthorized_client');
    orange.control.setFaults({});
    const look = () =>
      fetch(`${orange.url}/api/eWallet/v1/transactions`, {
        headers: { ...JSON_TYPE, authorization: `Bearer ${good.json.access_token}` },
      });
    orange.control.advance(298_000);
    assert.equal((await look()).status, 200);
    orange.control.advance(2_000);
    assert.equal((await look()).status, 401);
  });

  it('wants JSON in the header even of a GET, and a product that was approved', async () => {
    const orange = await openOrange();
    const path = '/api/eWallet/v1/transactions';
    assert.equal((await orange.call('GET', path, undefined, { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await orange.call('GET', path)).status, 200);
    orange.control.setFaults({ unapproved: ['payment'] });
    assert.equal((await orange.call('GET', path)).status, 403);
  });
});

describe('a payment at Orange', () => {
  it('has a code, links, a PNG and an empty short link, and is found once it is paid, as a float', async () => {
    const orange = await openOrange();
    const qr = await orange.makeQr();
    assert.equal(qr.shortLink, '');
    assert.deepEqual(Object.keys(qr.deepLinks), ['MAXIT', 'OM']);
    assert.equal(Buffer.from(qr.qrCode, 'base64').subarray(1, 4).toString(), 'PNG');
    assert.equal(Date.parse(qr.validFor.endDateTime) - Date.parse(qr.validFor.startDateTime), 900_000);
    assert.deepEqual(await orange.find('reference=dep_01'), []);
    assert.equal(
      orange.control.pay(qr.qrId, { from: '770000000', outcome: 'insufficient' }).kind,
      'recorded',
    );
    assert.equal(orange.control.pay(qr.qrId, { from: '770000000' }).kind, 'recorded');
    const { text, json } = await orange.call('GET', '/api/eWallet/v1/transactions?reference=dep_01');
    assert.match(text, /"amount":\{"value":5000\.0,"unit":"XOF"\}/);
    assert.deepEqual(json.map(({ status }: Json) => status).sort(), ['FAILED', 'SUCCESS']);
    const paid = json.find(({ status }: Json) => status === 'SUCCESS');
    assert.match(paid.transactionId, /^MP\d{6}\.\d{4}\.[A-Z]\d{5}$/);
    assert.equal(paid.customer.id, '770000000');
    const path = `/api/eWallet/v1/transactions/${paid.transactionId}/status`;
    assert.deepEqual((await orange.call('GET', path)).json, { status: 'SUCCESS' });
  });

  it('is made once from a code of single use, twice from another; never late, never of less than 10 F', async () => {
    const orange = await openOrange();
    const payTwice = async (over: object) => {
      const { qrId } = await orange.makeQr(over);
      const results = [1, 2].map(() => orange.control.pay(qrId, { from: '770000000' }));
      return results.map((result) => (result.kind === 'declined' ? result.why : 'paid'));
    };
    assert.deepEqual(await payTwice({}), ['paid', 'used']);
    assert.deepEqual(await payTwice({ restrictions: {} }), ['paid', 'paid']);
    assert.deepEqual(await payTwice({ amount: { unit: 'XOF', value: 9 } }), ['too_small', 'too_small']);
    const { qrId } = await orange.makeQr();
    orange.control.advance(900_000);
    assert.deepEqual(orange.control.pay(qrId, { from: '770000000' }), { kind: 'declined', why: 'expired' });
    assert.deepEqual(orange.control.pay('no', { from: '770000000' }), {
      kind: 'declined',
      why: 'unknown_qr',
    });
  });

  it('refuses codes that it would refuse', async () => {
    const orange = await openOrange();
    for (const [over, code] of [
      [{ reference: 'r'.repeat(51) }, '4099'],
      [{ validity: 86_401 }, '4099'],
      [{ metadata: { number: 1 } }, '4099'],
      [{ amount: { unit: 'EUR', value: 100 } }, '4099'],
      [{ amount: { unit: 'XOF', value: 10.5 } }, '4099'],
      [{ code: '000000' }, '2042'],
    ] as const) {
      const { status, json } = await orange.call('POST', '/api/eWallet/v4/qrcode', { ...order, ...over });
      assert.deepEqual([status, json.status, json.code], [400, '400', code]);
    }
  });

  it('is searched with a type that finds nothing, and a date that is a strict bound', async () => {
    const orange = await openOrange();
    const { qrId } = await orange.makeQr();
    const paid = orange.control.pay(qrId, { from: '770000000' });
    assert(paid.kind === 'recorded');
    const count = async (query: string) => (await orange.find(query)).length;
    assert.equal(await count('reference=dep_01&type=MERCHANT_PAYMENT'), 0);
    const at = (ms: number) => new Date(paid.transaction.createdAtMs + ms).toISOString();
    assert.equal(await count(`fromDateTime=${at(0)}`), 0);
    assert.equal(await count(`fromDateTime=${at(-1)}&toDateTime=${at(1)}`), 1);
    orange.control.setFaults({ hasBrokenTypeFilter: false, isSearchWrapped: true });
    const { json } = await orange.call('GET', '/api/eWallet/v1/transactions?type=MERCHANT_PAYMENT');
    assert.equal(json.transactions.length, 1);
  });

  it('may be PENDING for a while, at most a day', async () => {
    const orange = await openOrange();
    orange.control.setFaults({ pendingMs: 7 * 24 * 3_600_000 });
    const { qrId } = await orange.makeQr();
    orange.control.pay(qrId, { from: '770000000' });
    const statusOf = async () => (await orange.find('reference=dep_01'))[0].status;
    assert.equal(await statusOf(), 'PENDING');
    assert.equal(orange.control.waitingCallbacks(), 0);
    orange.control.advance(24 * 3_600_000);
    assert.equal(await statusOf(), 'SUCCESS');
    assert.equal(orange.control.waitingCallbacks(), 1);
  });
});

describe('a callback of Orange', () => {
  /** What came, and how each one is answered. */
  async function payOne(orange: Orange, answers: number[] = []): Promise<ComposedCallback[]> {
    const came: ComposedCallback[] = [];
    orange.control.postThrough(async (callback) => {
      came.push(callback);
      return answers.shift() ?? 200;
    });
    const { qrId } = await orange.makeQr();
    orange.control.pay(qrId, { from: '770000000' });
    orange.control.advance(0);
    while (orange.control.waitingCallbacks() > 0) await orange.control.deliverCallbacks();
    return came;
  }
  const bodies = (came: ComposedCallback[]) => came.map(({ body }) => JSON.parse(body));

  it('holds the key, and a signature only where a secret was given out', async () => {
    const plain = await openOrange();
    const [callback] = await payOne(plain);
    assert.equal(callback?.headers['authorization'], `Basic ${plain.config.callbackApiKey}`);
    assert.equal(callback?.headers['x-sonatel-signature'], undefined);
    const signing = await openOrange({ callbackSecrets: ['one', 'two'] });
    const [signed] = await payOne(signing);
    const [t = '', ...v1] = String(signed?.headers['x-sonatel-signature']).split(',');
    const expected = ['one', 'two'].map(
      (secret) =>
        `v1=${createHmac('sha256', secret)
          .update(`${t.slice(2)},${signed?.body}`)
          .digest('hex')}`,
    );
    assert.deepEqual(v1, expected);
  });

  it('comes again after 5xx under the same key, and not after 4xx', async () => {
    const orange = await openOrange();
    const came = await payOne(orange, [500, 503, 202]);
    assert.equal(came.length, 3);
    assert.equal(new Set(came.map(({ headers }) => headers['x-sonatel-idempotency-key'])).size, 1);
    assert.equal((await payOne(await openOrange(), [404])).length, 1);
  });

  it('is lost, doubled, late, out of order, reduced, without an amount, with another, forged', async () => {
    const with_ = async (callbacks: Partial<typeof goodCallbacks>) => {
      const orange = await openOrange();
      orange.control.setFaults({ callbacks: { ...goodCallbacks, ...callbacks } });
      return { orange, came: await payOne(orange) };
    };
    assert.equal((await with_({ isLost: true })).came.length, 0);
    const doubled = (await with_({ duplicates: 1 })).came;
    assert.equal(new Set(doubled.map(({ headers }) => headers['x-sonatel-idempotency-key'])).size, 1);
    assert.equal(doubled.length, 2);
    const { orange: late, came } = await with_({ lateMs: 3_600_000 });
    assert.equal(came.length, 0);
    late.control.advance(3_600_000);
    assert.equal(late.control.waitingCallbacks(), 1);
    const reordered = bodies((await with_({ isReordered: true })).came);
    assert.deepEqual(
      reordered.map(({ status }) => status),
      ['SUCCESS', 'PENDING'],
    );
    const [reduced] = bodies((await with_({ isReduced: true })).came);
    assert.deepEqual(Object.keys(reduced).sort(), ['amount', 'reference', 'status', 'transactionId', 'type']);
    assert.equal(bodies((await with_({ amount: 'missing' })).came)[0].amount, undefined);
    assert.equal(bodies((await with_({ amount: { moreXof: 5 } })).came)[0].amount.value, 5005);
    assert.equal(bodies((await with_({ hasNumericCustomer: true })).came)[0].customer.id, 770000000);
    const { orange: forging, came: forged } = await with_({ isForgedToo: true });
    const keys = forged.map(({ headers }) => headers['authorization']);
    assert.deepEqual(keys.filter((key) => key === `Basic ${forging.config.callbackApiKey}`).length, 1);
    assert.equal(forged.length, 2);
  });

  it('goes where it is registered, unless the code said otherwise; the key is read back in clear', async () => {
    const orange = await openOrange();
    const path = '/api/notification/v1/merchantcallback';
    const registration = {
      code: '460221',
      name: 'Mbayar',
      callbackUrl: 'https://a.example/c',
      apiKey: 'chosen',
    };
    const { status, text } = await orange.call('POST', path, registration);
    assert.deepEqual([status, text], [200, '']);
    const [read] = (await orange.call('GET', `${path}?code=460221`)).json;
    assert.match(read.createdAt, /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$/);
    assert.deepEqual(read, { ...registration, msisdn: null, createdAt: read.createdAt });
    const [callback] = await payOne(orange);
    assert.equal(callback?.url, 'https://a.example/c');
    assert.equal(callback?.headers['authorization'], 'Basic chosen');
  });
});

describe('a cash-in at Orange', () => {
  async function publicKey(orange: Orange): Promise<KeyObject> {
    const { json } = await orange.call('GET', '/api/account/v1/publicKeys');
    return createPublicKey({ key: Buffer.from(json.key, 'base64'), format: 'der', type: 'spki' });
  }
  const encrypt = (key: KeyObject, pin: string) =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(pin)).toString('base64');
  async function cashIn(orange: Orange, over: { pin?: string; customer?: string; reference?: string } = {}) {
    const { pin = orange.config.retailer?.pin ?? '', customer = '770000000', reference = 'wd_01' } = over;
    const encryptedPinCode = encrypt(await publicKey(orange), pin);
    const partner = { idType: 'MSISDN', id: '779990001', encryptedPinCode, walletType: 'PRINCIPAL' };
    const body = { partner, customer: { idType: 'MSISDN', id: customer }, amount: order.amount, reference };
    return orange.call('POST', '/api/eWallet/v1/cashins', body);
  }

  it('pays from the float', async () => {
    const orange = await openOrange();
    const before = orange.control.floatXof();
    const { status, json } = await cashIn(orange);
    assert.deepEqual([status, json.status, json.reference], [201, 'SUCCESS', 'wd_01']);
    assert.match(json.transactionId, /^CI/);
    assert.equal(orange.control.floatXof(), before - 5000);
    orange.control.setFloat(4_999);
    assert.equal((await cashIn(orange)).json.code, '2021');
  });

  it('counts wrong PINs to three and blocks; a right one counts anew', async () => {
    const orange = await openOrange();
    const wrong = async () => (await cashIn(orange, { pin: '99999' })).json.code;
    assert.equal(await wrong(), '2011');
    assert.equal((await cashIn(orange)).status, 201);
    assert.deepEqual([await wrong(), await wrong(), await wrong()], ['2011', '2012', '2013']);
    assert.equal((await cashIn(orange)).json.code, '2013');
    orange.control.setPin('4321');
    assert.equal((await cashIn(orange, { pin: '4321', reference: 'wd_02' })).status, 201);
    orange.control.demandNewPin();
    assert.equal((await cashIn(orange, { pin: '4321' })).json.code, '2010');
  });

  it('revokes a key, and tells it from a PIN that is wrong', async () => {
    const orange = await openOrange();
    const old = encrypt(await publicKey(orange), orange.config.retailer?.pin ?? '');
    orange.control.rotateKey();
    const wallet = { idType: 'MSISDN', id: '779990001', wallet: 'PRINCIPAL' };
    const balance = (encryptedPinCode: string) =>
      orange.call('POST', '/api/eWallet/v1/account/retailer/balance', { ...wallet, encryptedPinCode });
    assert.equal((await balance(old)).json.code, '4003');
    const fresh = encrypt(await publicKey(orange), orange.config.retailer?.pin ?? '');
    assert.deepEqual((await balance(fresh)).json, { value: 50_000_000, unit: 'XOF' });
  });

  it('answers by the number’s last digits, and settles what is PENDING', async () => {
    const orange = await openOrange();
    for (const code of ['2000', '2001', '2020', '2021', '2025', '2041'])
      assert.equal((await cashIn(orange, { customer: `76000${code}` })).json.code, code);
    const before = orange.control.floatXof();
    for (const [customer, end] of [
      ['760009001', 'SUCCESS'],
      ['760009002', 'FAILED'],
    ] as const) {
      const { json } = await cashIn(orange, { customer, reference: customer });
      assert.equal(json.status, 'PENDING');
      orange.control.advance(60_000);
      assert.equal((await orange.find(`reference=${customer}`))[0].status, end);
    }
    assert.equal(orange.control.floatXof(), before - 5000, 'what failed is back in the float');
  });

  it('loses answers with and without having paid, and pays a reference twice unless told', async () => {
    const orange = await openOrange();
    const paid = () => orange.control.transactions().length;
    orange.control.setFaults({
      calls: {
        cash_in: ['timeout_504', 'timeout_504_after_commit', 'lost_after_commit', 'reset', 'empty_answer'],
      },
    });
    const lost = () =>
      cashIn(orange).then(
        ({ status }) => status,
        () => 'cut',
      );
    const seen: unknown[] = [];
    for (let time = 0; time < 5; time++) seen.push(await lost().catch(() => 'page'), paid());
    assert.deepEqual(seen, ['cut', 0, 'cut', 1, 'cut', 2, 'cut', 2, 201 - 1, 3]);
    assert.equal((await cashIn(orange)).status, 201);
    orange.control.setFaults({ rejectsDuplicateReference: true });
    assert.equal((await cashIn(orange)).json.code, '4099');
  });
});

describe('the simulator of Orange', () => {
  it('remembers after a kill', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mbayar-orange-'));
    const file = join(directory, 'orange.jsonl');
    const first = await openOrange({ file });
    const { qrId } = await first.makeQr();
    first.control.pay(qrId, { from: '770000000' });
    first.control.setFloat(7);
    const second = await openOrange({ file });
    assert.deepEqual(second.control.transactions(), first.control.transactions());
    assert.equal(second.control.floatXof(), 7);
    assert.deepEqual(second.control.pay(qrId, { from: '770000000' }), { kind: 'declined', why: 'used' });
    rmSync(directory, { recursive: true });
  });

  it('has a page on which a person pays, refuses, or waits too long', async () => {
    const orange = await openOrange();
    const act = async (qrId: string, action: string, number = '77 000 00 00') => {
      const body = new URLSearchParams({ action, number });
      const answer = await fetch(`${orange.url}/sim/om/${qrId}`, { method: 'POST', body });
      return answer.text();
    };
    const { qrId } = await orange.makeQr({ callbackSuccessUrl: 'https://mbayar.example/retour?a=1&b=2' });
    assert.match(await (await fetch(`${orange.url}/sim/om/${qrId}`)).text(), /Payer 5\s000\sF/);
    assert.match(await act(qrId, 'pay', '12'), /9 chiffres/);
    assert.match(await act(qrId, 'insufficient'), /Solde insuffisant/);
    assert.match(await act(qrId, 'refuse'), /refusé/);
    const paid = await act(qrId, 'pay');
    assert.match(paid, /C’est payé/);
    const { transactionId } = orange.control.transactions().at(-1) ?? {};
    assert.ok(
      transactionId !== undefined && paid.includes(transactionId),
      'the number that his SMS would give',
    );
    assert.match(paid, /href="https:\/\/mbayar\.example\/retour\?a=1&amp;b=2"/);
    const other = await orange.makeQr({ callbackCancelUrl: 'javascript:alert(1)', name: '<b>' });
    const page = await act(other.qrId, 'expire');
    assert.match(page, /plus valable/);
    assert(!page.includes('javascript:') && !page.includes('<b><b>'));
    const third = await orange.makeQr();
    await act(third.qrId, 'pay_other');
    assert.equal(orange.control.transactions().at(-1)?.customer, '770000099');
    assert.equal((await fetch(`${orange.url}/sim/om/none`)).status, 404);
  });
});
