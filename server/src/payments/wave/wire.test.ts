/** What Wave writes and might write, answered byte for byte by a server that has no opinion; and what we write to it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { openLog } from '../../log.ts';
import { type CannedServer, startCannedServer } from '../../testing/canned-server.ts';
import { openOutgoingHttp } from '../outgoing-http.ts';
import type { PaymentProvider } from '../provider.ts';
import { openWave } from './module.ts';

const http = openOutgoingHttp({ allowsPrivateHosts: true });
const signingSecret = 'wave_sn_AKS_unit_test_only_secret';
const requestedAt = new Date('2026-01-15T12:00:00Z');
let server: CannedServer;
let wave: PaymentProvider;
let unsigned: PaymentProvider;
before(async () => {
  server = await startCannedServer();
  const webhooks = { strategy: 'signature', secrets: [] } as const;
  const config = { url: server.url, apiKey: 'key', webhooks, restrictsPayer: true };
  const options = { http, log: openLog('silent'), servesTest: true, now: () => 1_700_000_000_999 };
  wave = openWave({ ...config, signingSecret }, options);
  unsigned = openWave({ ...config, signingSecret: null, restrictsPayer: false }, options);
});
beforeEach(() => {
  server.answers.length = 0;
  server.requests.length = 0;
});
after(async () => {
  await server.close();
  await http.close();
});

const order = {
  reference: 'ref-1',
  amountXof: xof(1_000),
  phone: '+221771234567',
  backUrl: 'https://m.example/d',
};
const session = {
  id: 'cos-1',
  amount: '1000',
  checkout_status: 'complete',
  payment_status: 'succeeded',
  currency: 'XOF',
  client_reference: 'ref-1',
  transaction_id: 'T_1',
};
const found = (change: object = {}) => {
  server.answers.push({ body: { result: [{ ...session, ...change }] } });
  return wave.findDeposit({ reference: 'ref-1', session: null, transaction: null, requestedAt });
};

describe('what we send to Wave', () => {
  it('a session: amounts as strings, one payer, signed over the same bytes', async () => {
    server.answers.push({ body: { result: [] } }, { body: {} });
    await wave.requestDeposit(order);
    const [search, create] = server.requests;
    assert.equal(search?.path, '/v1/checkout/sessions/search?client_reference=ref-1');
    assert.equal(search.headers.authorization, 'Bearer key');
    const empty = 't=1700000000,v1=ef5ae9339a222c9d3ce37af0374790ca7ef15da29d49c352df62bfc08f538ab7';
    assert.equal(search.headers['wave-signature'], empty);
    assert.equal(create?.path, '/v1/checkout/sessions');
    assert.equal(create.headers['content-type'], 'application/json');
    assert.equal(create.headers['idempotency-key'], undefined);
    assert.match(String(create.headers['wave-signature']), /^t=1700000000,v1=[0-9a-f]{64}$/);
    assert.deepEqual(JSON.parse(create.body), {
      amount: '1000',
      currency: 'XOF',
      client_reference: 'ref-1',
      success_url: 'https://m.example/d',
      error_url: 'https://m.example/d',
      restrict_payer_mobile: '+221771234567',
    });
  });

  it('the signature of our own vector, when those are the bytes', async () => {
    server.answers.push({ status: 500, body: '' });
    await wave.sendWithdrawal({ ...order, requestedAt }, '{"amount":"1000","currency":"XOF"}');
    const signature = server.requests[0]?.headers['wave-signature'];
    const digest = '9752b3698cc34d15364149adcc246c43c80be6c9c5cd5a6e1620e85afacff68b';
    assert.equal(signature, `t=1700000000,v1=${digest}`);
  });

  it('no signature and no payer when the contract has neither', async () => {
    server.answers.push({ body: { result: [] } }, { body: {} });
    await unsigned.requestDeposit(order);
    assert.equal(server.requests[1]?.headers['wave-signature'], undefined);
    assert.equal(JSON.parse(server.requests[1]?.body ?? '').restrict_payer_mobile, undefined);
  });

  it('a payout: the kept bytes, untouched, under the withdrawal’s id', async () => {
    const composed = wave.composeWithdrawal({ ...order, requestedAt });
    assert.deepEqual(JSON.parse(composed), {
      currency: 'XOF',
      receive_amount: '1000',
      mobile: '+221771234567',
      payment_reason: 'Retrait Mbayar',
      client_reference: 'ref-1',
    });
    const kept = composed.replaceAll(',', ' , ');
    for (const _ of [1, 2]) {
      server.answers.push({ status: 503, body: {} });
      await wave.sendWithdrawal({ ...order, amountXof: xof(7), phone: '+1', requestedAt }, kept);
    }
    assert.deepEqual(
      server.requests.map(({ body, headers }) => [body, headers['idempotency-key']]),
      [1, 2].map(() => [kept, 'ref-1']),
    );
  });

  it('ids that Wave gave us cannot leave their place in a path', async () => {
    server.answers.push({ status: 404, body: { code: 'not-found' } }, { body: { result: [] } });
    await wave.findWithdrawal({ reference: 'a&b=c', session: '../balance?x=/', requestedAt });
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/v1/payout/..%2Fbalance%3Fx%3D%2F', '/v1/payouts/search?client_reference=a%26b%3Dc'],
    );
  });
});

describe('a session as Wave might write it', () => {
  it('is paid when it is complete and succeeded, whatever else is null or absent', async () => {
    const payment = {
      transaction: 'T_1',
      amountXof: 1_000,
      payerPhone: null,
      reference: 'ref-1',
      paidAt: null,
    };
    assert.deepEqual(await found(), { kind: 'paid', payments: [payment] });
    const nulls = { last_payment_error: null, when_completed: null, restrict_payer_mobile: null };
    assert.deepEqual(await found(nulls), { kind: 'paid', payments: [payment] });
    const told = await found({
      restrict_payer_mobile: '+221770000009',
      when_completed: '2026-01-15T11:00:00Z',
    });
    const paidAt = new Date('2026-01-15T11:00:00Z');
    assert.deepEqual(told, {
      kind: 'paid',
      payments: [{ ...payment, payerPhone: '+221770000009', paidAt }],
    });
  });

  for (const [change, kind] of [
    [{ payment_status: 'cancelled' }, 'expired'],
    [{ payment_status: 'processing' }, 'expired'],
    [{ checkout_status: 'expired', payment_status: 'cancelled' }, 'expired'],
    [{ checkout_status: 'failed' }, 'expired'],
    [{ checkout_status: 'open', payment_status: 'processing' }, 'waiting'],
    [{ checkout_status: 'open', payment_status: 'cancelled' }, 'waiting'],
    [{ checkout_status: 'open', payment_status: 'succeeded' }, 'waiting'],
  ] as const) {
    it(`${Object.values(change).join(', ')}: ${kind}`, async () => {
      assert.equal((await found(change)).kind, kind);
    });
  }

  it('waits without a link that a browser should not open', async () => {
    const waiting = await found({ checkout_status: 'open', wave_launch_url: 'javascript:alert(1)' });
    assert(waiting.kind === 'waiting' && waiting.launch === null);
  });

  for (const change of [
    { amount: '1000.00' },
    { amount: '1000.5' },
    { amount: '01000' },
    { amount: '0' },
    { amount: '-1000' },
    { amount: '' },
    { amount: '1e3' },
    { amount: ' 1000' },
    { amount: '9007199254740993' },
    { amount: 1000 },
    { amount: null },
    { amount: undefined },
    { currency: 'EUR' },
    { currency: null },
    { transaction_id: null },
  ]) {
    it(`a payment of ${JSON.stringify(change)} is for a person to look at`, async () => {
      const answer = await found(change);
      assert.equal(answer.kind, 'unreadable', JSON.stringify(answer));
    });
  }

  for (const body of [
    '',
    '[]',
    'null',
    '{}',
    '{"result":{}}',
    '{"result":[7]}',
    '{"result":[{}]}',
    '<html>',
  ]) {
    it(`a search that answers ${body || 'nothing'} says nothing`, async () => {
      server.answers.push({ body });
      const key = { reference: 'ref-1', session: null, transaction: null, requestedAt };
      assert.equal((await wave.findDeposit(key)).kind, 'unknown');
      server.answers.push({ body });
      assert.equal((await wave.findWithdrawal({ ...key, reference: 'ref-1' })).kind, 'unknown');
    });
  }
});

describe('a payout as Wave might write it', () => {
  const payout = { id: 'pt-1', receive_amount: '1000', currency: 'XOF', fee: '10', status: 'succeeded' };
  const send = async (body: unknown) => {
    server.answers.push({ body });
    return wave.sendWithdrawal({ ...order, requestedAt }, '{}');
  };
  for (const [body, expected] of [
    [payout, { kind: 'paid', transaction: 'pt-1' }],
    [
      { ...payout, status: 'processing' },
      { kind: 'waiting', session: 'pt-1' },
    ],
    [
      { ...payout, status: 'reversed' },
      { kind: 'reversed', transaction: 'pt-1' },
    ],
    [
      { ...payout, status: 'failed', payout_error: { error_code: 'recipient-limit-exceeded' } },
      { kind: 'refused', reason: 'recipient_limit' },
    ],
    [
      { ...payout, status: 'failed', payout_error: { error_code: 'insufficient-funds' } },
      { kind: 'refused', reason: 'order_refused' },
    ],
    [
      { ...payout, status: 'failed', payout_error: null },
      { kind: 'refused', reason: 'order_refused' },
    ],
  ] as const) {
    it(`${body.status}: ${expected.kind}`, async () => assert.deepEqual(await send(body), expected));
  }

  for (const body of [
    '',
    '{}',
    '[]',
    'null',
    '<html>welcome to the wifi</html>',
    { ...payout, id: null },
    { ...payout, status: null },
    { ...payout, status: 'completed' },
    { ...payout, receive_amount: '900' },
  ]) {
    it(`200 ${JSON.stringify(body)} is unknown, never paid and never refused`, async () => {
      assert.equal((await send(body)).kind, 'unknown');
    });
  }

  it('of several under one reference the one that moved money counts', async () => {
    const result = ['failed', 'reversed', 'succeeded', 'failed'].map((status, at) => ({
      id: `pt-${at}`,
      status,
    }));
    server.answers.push({ body: { result } });
    const paid = await wave.findWithdrawal({ reference: 'ref-1', session: null, requestedAt });
    assert.deepEqual(paid, { kind: 'paid', transaction: 'pt-2' });
  });

  it('an id that is forgotten is looked for by our reference', async () => {
    server.answers.push({ status: 404, body: { code: 'not-found' } }, { body: { result: [payout] } });
    const paid = await wave.findWithdrawal({ reference: 'ref-1', session: 'pt-0', requestedAt });
    assert.equal(paid.kind, 'paid');
  });
});

describe('the account as Wave might write it', () => {
  const line = { transaction_id: 'T_1', timestamp: '2026-01-15T14:41:15Z', amount: '990', currency: 'XOF' };
  const page = (items: unknown, more: object = {}) => ({
    body: { items, page_info: { has_next_page: false, end_cursor: null, ...more } },
  });
  const read = () => wave.readStatement('wave', '2026-01-15');

  it('a line with nothing but what it needs, and one with everything', async () => {
    const whole = {
      ...line,
      transaction_type: 'api_checkout',
      fee: '10',
      balance: '-5',
      is_reversal: false,
      counterparty_mobile: '+221771234567',
      client_reference: 'ref-1',
      checkout_api_session_id: 'cos-1',
      government_tax_amount: '5',
      government_tax_paid_by_wave: '5',
    };
    server.answers.push(page([line, whole]));
    const bare = {
      transaction: 'T_1',
      kind: 'other',
      rawKind: '',
      netXof: 990,
      feeXof: 0,
      taxXof: 0,
      isTaxPaidByProvider: false,
      reference: null,
      session: null,
      counterpartyPhone: null,
      at: new Date(line.timestamp),
      balanceXof: null,
    };
    const full = {
      ...bare,
      kind: 'deposit',
      rawKind: 'api_checkout',
      feeXof: 10,
      taxXof: 5,
      isTaxPaidByProvider: true,
      reference: 'ref-1',
      session: 'cos-1',
      counterpartyPhone: '+221771234567',
      balanceXof: -5,
    };
    assert.deepEqual(await read(), { kind: 'lines', lines: [bare, full] });
    assert.equal(server.requests[0]?.path, '/v1/transactions?date=2026-01-15');
  });

  for (const [type, isReversal, kind] of [
    ['merchant_payment', false, 'deposit'],
    ['merchant_payment_refund', false, 'deposit_refund'],
    ['api_checkout', false, 'deposit'],
    ['api_checkout', true, 'deposit_refund'],
    ['api_checkout_refund', true, 'deposit_refund'],
    ['api_payout', false, 'withdrawal'],
    ['api_payout', true, 'withdrawal_reversal'],
    ['api_payout_reversal', false, 'withdrawal_reversal'],
    ['bulk_payment', false, 'other'],
    ['bulk_payment_reversal', true, 'other'],
    ['b2b_payment', false, 'other'],
    ['b2b_payment_reversal', true, 'other'],
    ['merchant_sweep', false, 'other'],
    ['single_payment', false, 'other'],
    ['constructor', false, 'other'],
  ] as const) {
    it(`${type}${isReversal ? ' undone' : ''} is ${kind}; what is given back is negative`, async () => {
      server.answers.push(page([{ ...line, transaction_type: type, is_reversal: isReversal, fee: '10' }]));
      const answer = await read();
      assert(answer.kind === 'lines');
      assert.equal(answer.lines[0]?.kind, kind);
      const isBack = isReversal || kind.endsWith('refund') || kind.endsWith('reversal');
      assert.equal(answer.lines[0]?.feeXof, isBack ? -10 : 10);
    });
  }

  for (const broken of [
    { ...line, transaction_id: null },
    { ...line, timestamp: 'yesterday' },
    { ...line, amount: '990.5' },
    { ...line, amount: 990 },
    { ...line, currency: 'EUR' },
    { ...line, fee: 'ten' },
    { ...line, government_tax_amount: '0.5' },
    7,
  ]) {
    it(`a day with a line like ${JSON.stringify(broken)} is not known`, async () => {
      server.answers.push(page([line, broken]));
      assert.equal((await read()).kind, 'unknown');
    });
  }

  it('pages that do not end, or have no list, are not known', async () => {
    server.answers.push(...[1, 2, 3].map(() => page([line], { has_next_page: true, end_cursor: 'same' })));
    assert.equal((await read()).kind, 'unknown');
    assert.equal(server.requests.length, 2);
    assert.equal(server.requests[1]?.path, '/v1/transactions?date=2026-01-15&after=same');
    server.answers.length = 0;
    server.answers.push(page([line], { has_next_page: true }));
    assert.equal((await read()).kind, 'unknown');
    server.answers.push(page(null));
    assert.equal((await read()).kind, 'unknown');
  });

  for (const [body, expected] of [
    [{ amount: '10245', currency: 'XOF' }, 'balance 10245'],
    [{ amount: '-5', currency: 'XOF' }, 'balance -5'],
    [{ amount: '0', currency: 'XOF' }, 'balance 0'],
    [{ amount: '10.5', currency: 'XOF' }, 'unknown'],
    [{ amount: '10', currency: 'EUR' }, 'unknown'],
    [{ amount: 10, currency: 'XOF' }, 'unknown'],
    ['', 'unknown'],
  ] as const) {
    it(`a balance of ${JSON.stringify(body)}: ${expected}`, async () => {
      server.answers.push({ body });
      const answer = await wave.readBalance('wave');
      assert.equal(answer.kind === 'balance' ? `balance ${answer.amountXof}` : answer.kind, expected);
    });
  }
});
