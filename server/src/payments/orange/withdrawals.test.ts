import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type OpenOrange, openOrangeForTests } from '../../testing/open-orange.ts';
import type { PaymentProvider, WithdrawalAnswer } from '../provider.ts';
import type { OrangeAnswer } from './client.ts';
import { judgeDepositError, judgePayoutError } from './judge-error.ts';
import type { CallFault, OrangeCall } from './simulator/control.ts';

let orange: OpenOrange;
beforeEach(async () => {
  orange = await openOrangeForTests();
});
afterEach(() => orange.close());

const order = {
  reference: '0c5cf2f4-70e8-4ef8-8a0e-43d0c8a1a001',
  amountXof: xof(5_000),
  phone: '+221770000000',
  requestedAt: new Date('2026-11-25T10:00:00Z'),
};
type Order = typeof order;
const orderTo = (phone: string) => ({ ...order, phone, reference: `to ${phone}` });
const send = (over: Partial<Order> = {}, provider: PaymentProvider = orange.provider) => {
  const given = { ...order, ...over };
  return provider.sendWithdrawal(given, provider.composeWithdrawal(given));
};
const find = (reference = order.reference) =>
  orange.provider.findWithdrawal({ reference, session: null, requestedAt: order.requestedAt });
const fail = (call: OrangeCall, ...faults: CallFault[]) =>
  orange.control.setFaults({ calls: { [call]: faults } });
const cashIns = () => orange.control.calls().filter((call) => call.endsWith('/cashins')).length;
const reasonOf = (answer: WithdrawalAnswer) => ('reason' in answer ? answer.reason : null);

describe('a withdrawal through Orange', () => {
  it('is paid, found and in the statement; the PIN is in nothing that is kept', async () => {
    const composed = orange.provider.composeWithdrawal(order);
    assert.deepEqual(JSON.parse(composed), {
      customer: { idType: 'MSISDN', id: '770000000', walletType: 'PRINCIPAL' },
      amount: { unit: 'XOF', value: 5_000 },
      reference: order.reference,
      requestDate: '2026-11-25T10:00:00.000Z',
      receiveNotification: true,
      metadata: { withdrawalId: order.reference },
    });
    assert.equal(orange.provider.composeWithdrawal(order), composed);
    const sent = await send();
    const [row] = orange.control.transactions();
    assert(sent.kind === 'paid' && row !== undefined);
    assert.deepEqual(
      [sent.transaction, row.customer, row.amountXof],
      [row.transactionId, '770000000', 5_000],
    );
    assert.deepEqual(await find(), sent);
    const day = new Date(row.createdAtMs).toISOString().slice(0, 10);
    const statement = await orange.provider.readStatement('orange_retailer', day);
    assert(statement.kind === 'lines');
    assert.deepEqual(
      statement.lines.map(({ kind, netXof, transaction, reference }) => ({
        kind,
        netXof,
        transaction,
        reference,
      })),
      [{ kind: 'withdrawal', netXof: -5_000, transaction: sent.transaction, reference: order.reference }],
    );
    const merchant = await orange.provider.readStatement('orange', day);
    assert.deepEqual(merchant, { kind: 'lines', lines: [] });
    const balance = await orange.provider.readBalance('orange_retailer');
    assert.deepEqual(balance, { kind: 'balance', amountXof: orange.control.floatXof() });
  });

  it('is closed without a distributor contract, which says nothing of one that was sent', async () => {
    await send();
    const merchantOnly = orange.reopen({ retailer: null });
    assert.equal((await send({}, merchantOnly)).kind, 'closed');
    const found = await merchantOnly.findWithdrawal({ ...order, session: null });
    assert.equal(found.kind, 'unknown');
    assert.deepEqual(await merchantOnly.readBalance('orange_retailer'), { kind: 'none' });
    assert.deepEqual(await merchantOnly.readStatement('orange_retailer', '2026-11-25'), { kind: 'none' });
  });

  it('goes to numbers of Senegal alone', async () => {
    assert.deepEqual(await send({ phone: '+33612345678' }), { kind: 'refused', reason: 'recipient_invalid' });
    assert.equal(cashIns(), 0);
  });

  it('that is PENDING is waited for, whatever becomes of it', async () => {
    for (const [phone, end] of [
      ['+221760009001', 'paid'],
      ['+221760009002', 'refused'],
    ] as const) {
      const sent = await send(orderTo(phone));
      assert(sent.kind === 'waiting' && sent.session !== null);
      assert.deepEqual(await find(`to ${phone}`), sent);
      orange.control.advance(60_000);
      assert.equal((await find(`to ${phone}`)).kind, end);
    }
  });

  for (const [fault, isPaid] of [
    ['lost_after_commit', true],
    ['timeout_504_after_commit', true],
    ['empty_answer', true],
    ['reset', false],
    ['html_502', false],
    ['timeout_504', false],
    ['too_many_429', false],
  ] as const) {
    it(`${fault}: unknown, then looked up`, async () => {
      fail('cash_in', fault);
      const sent = await send();
      assert.equal(sent.kind, 'unknown');
      assert.equal((await find()).kind, isPaid ? 'paid' : 'absent');
      assert.equal(cashIns(), 1);
    });
  }

  it('is looked up in vain as unknown, never as something that may be sent again', async () => {
    await send();
    for (const call of ['search', 'status'] as const) {
      for (const fault of ['reset', 'html_502', 'too_many_429', 'empty_answer'] as const) {
        fail(call, fault);
        assert.equal((await find()).kind, 'unknown', `${call} ${fault}`);
      }
    }
    orange.control.endTokens();
    fail('token', 'html_502');
    assert.equal((await find()).kind, 'unknown');
    orange.control.setFaults({ unapproved: ['payment'] });
    assert.equal((await find()).kind, 'unknown');
    assert.equal(
      (await orange.reopen({ apiUrl: 'http://127.0.0.1:9' }).findWithdrawal({ ...order, session: null }))
        .kind,
      'unknown',
    );
  });

  it('without a token was not sent', async () => {
    fail('token', 'lost_after_commit');
    assert.equal((await send()).kind, 'later');
    fail('keys', 'lost_after_commit');
    assert.equal((await send()).kind, 'later');
    assert.equal((await send({}, orange.reopen({ apiUrl: 'http://127.0.0.1:9' }))).kind, 'later');
    assert.equal(cashIns(), 0);
  });

  it('is sent once more after a 401, which executed nothing', async () => {
    fail('cash_in', 'token_ended_401');
    assert.equal((await send()).kind, 'paid');
    assert.deepEqual([cashIns(), orange.control.transactions().length], [2, 1]);
    fail('cash_in', 'token_ended_401', 'token_ended_401');
    assert.equal((await send({ reference: 'second' })).kind, 'closed');
  });

  it('waits when the float is empty', async () => {
    orange.control.setFloat(4_999);
    const sent = await send();
    assert.deepEqual([sent.kind, reasonOf(sent)], ['later', 'float_empty']);
    orange.control.setFloat(5_000);
    assert.equal((await send()).kind, 'paid');
  });
});

describe('Orange’s codes', () => {
  const closed = ['closed', 'provider_stopped'];
  const payout: Readonly<Record<string, readonly (PaymentReason | string | null)[]>> = {
    '2000': ['refused', 'recipient_unknown'],
    '2001': ['refused', 'recipient_invalid'],
    '2010': closed,
    '2011': closed,
    '2012': closed,
    '2013': closed,
    '2020': ['later', 'float_empty'],
    '2021': ['later', 'float_empty'],
    '2022': ['refused', 'recipient_not_allowed'],
    '2023': ['refused', 'recipient_limit'],
    '2024': ['later', 'float_empty'],
    '2025': ['refused', 'recipient_limit'],
    '2041': ['refused', 'order_refused'],
    '2042': closed,
    '2043': ['refused', 'recipient_not_allowed'],
    '4003': ['later', 'provider_unreachable'],
    '4004': ['refused', 'order_refused'],
    '4099': ['refused', 'order_refused'],
    '10': closed,
    '50': ['unknown', null],
    '9999': ['unknown', null],
    words: ['unknown', null],
  };
  const answered = (status: number, code: unknown): OrangeAnswer => ({
    kind: 'answer',
    status,
    json: { type: 'bad-request', status: String(status), code, detail: 'of 770000000' },
  });

  for (const [code, expected] of Object.entries(payout)) {
    it(`${code} of a payout: ${expected.join(' ')}`, () => {
      const judged = judgePayoutError(answered(400, code));
      assert.deepEqual([judged.kind, 'reason' in judged ? judged.reason : null], expected);
      assert(!JSON.stringify(judged).includes('770000000'));
      // Whatever it says, a 5xx may have been executed; so may what took too long.
      for (const status of [408, 429, 500, 503, 504])
        assert.equal(judgePayoutError(answered(status, code)).kind, 'unknown');
    });
  }

  it('are numbers sometimes', () => {
    assert.equal(judgePayoutError(answered(400, 2021)).kind, 'later');
  });

  it('of a code to be paid close the door, or refuse the one code', () => {
    for (const code of ['2010', '2011', '2012', '2013', '2042', '10'])
      assert.equal(judgeDepositError(answered(400, code)).kind, 'closed', code);
    for (const code of ['2000', '2023', '2024', '2025', '2041', '4004', '4099', '9999'])
      assert.equal(judgeDepositError(answered(400, code)).kind, 'refused', code);
    assert.equal(judgeDepositError(answered(400, '50')).kind, 'unknown');
    assert.equal(judgeDepositError(answered(500, '2000')).kind, 'unknown');
    assert.equal(judgeDepositError(answered(429, null)).kind, 'later');
  });

  it('come from Orange as they are judged', async () => {
    for (const code of [
      '2000',
      '2001',
      '2020',
      '2021',
      '2022',
      '2023',
      '2024',
      '2025',
      '2041',
      '2042',
      '2043',
    ]) {
      const sent = await send(orderTo(`+22176000${code}`));
      assert.deepEqual([sent.kind, reasonOf(sent)], payout[code], code);
    }
    assert.equal(orange.control.transactions().length, 0);
  });
});

describe('the retailer’s PIN', () => {
  const wrong = () => orange.reopen({ retailer: { msisdn: '779990001', pin: '99999' } });

  it('is encrypted anew for each call, 344 characters that Orange can read', async () => {
    const bodies = new Set<string>();
    for (const reference of ['one', 'two', 'three']) {
      assert.equal((await send({ reference })).kind, 'paid');
    }
    assert.equal(orange.control.calls().filter((call) => call.endsWith('/publicKeys')).length, 1);
    for (const body of orange.control.bodies('cash_in')) {
      const { partner } = JSON.parse(body);
      assert.equal(partner.encryptedPinCode.length, 344);
      bodies.add(partner.encryptedPinCode);
    }
    assert.equal(bodies.size, 3);
  });

  for (const keyShape of ['spki', 'pem', 'array'] as const) {
    it(`is encrypted under a key that comes as ${keyShape}`, async () => {
      orange.control.setFaults({ keyShape });
      assert.equal((await send()).kind, 'paid');
    });
  }

  it('is encrypted under the new key when the old one is revoked, and sent once more', async () => {
    assert.equal((await send()).kind, 'paid');
    orange.control.rotateKey();
    assert.equal((await send({ reference: 'after' })).kind, 'paid');
    assert.deepEqual([cashIns(), orange.control.transactions().length], [3, 2]);
    orange.control.rotateKey();
    const balance = await orange.provider.readBalance('orange_retailer');
    assert.equal(balance.kind, 'balance');
  });

  it('that is wrong is tried once, by payouts and balances together, and never blocks the account', async () => {
    const provider = wrong();
    const answers = await Promise.all([
      ...['one', 'two', 'three', 'four'].map((reference) => send({ reference }, provider)),
      provider.readBalance('orange_retailer'),
    ]);
    assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set(['closed']));
    assert.equal(cashIns(), 1);
    assert(!JSON.stringify(answers).includes('99999'));
    assert.equal((await provider.readBalance('orange_retailer')).kind, 'closed');
    assert.equal((await send()).kind, 'paid', 'the right one still works');
  });

  it('is not waited for longer than anybody waits for an answer', async () => {
    orange.control.setFaults({ slowMs: 30, calls: { cash_in: ['slow'] } });
    const [first, second] = [send(), send({ reference: 'second' })];
    orange.control.advance(5_001);
    assert.equal((await first).kind, 'paid');
    const late = await second;
    assert.deepEqual([late.kind, reasonOf(late)], ['later', 'too_many_requests']);
    assert.equal((await send({ reference: 'third' })).kind, 'paid');
  });

  it('that Orange wants changed stops everything', async () => {
    orange.control.demandNewPin();
    assert.equal((await send()).kind, 'closed');
    assert.equal((await send({ reference: 'next' })).kind, 'closed');
    assert.equal(cashIns(), 1);
  });

  it('that was right and is not any more costs two tries at most', async () => {
    assert.equal((await send()).kind, 'paid');
    orange.control.setPin('99999');
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((reference) => send({ reference })));
    assert(answers.every(({ kind }) => kind === 'closed'));
    assert(cashIns() <= 3, 'one that was paid, and two tries');
  });
});
