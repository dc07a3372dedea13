/** Our adapter against the simulated Wave, over real HTTP: what the contract of every provider does not ask for. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { openLog } from '../../log.ts';
import { listenSimulator } from '../../testing/listen-simulator.ts';
import { openOutgoingHttp } from '../outgoing-http.ts';
import type { DepositKey, PaymentProvider } from '../provider.ts';
import { openWave } from './module.ts';
import { type AnswerFault, magicNumber, paymentErrorCodes, type WaveOperation } from './simulator/control.ts';
import { openWaveSimulator } from './simulator/open-simulator.ts';
import { strangerPhone } from './simulator/sessions.ts';

const log = openLog('silent');
const http = openOutgoingHttp({ allowsPrivateHosts: true });
const phone = '+221771234567';
const DAY = 24 * 60 * 60_000;

const openSimulated = () =>
  listenSimulator((url) => openWaveSimulator({ url, callbackUrl: 'http://127.0.0.1:9/', file: null, log }));
let stage: Awaited<ReturnType<typeof openSimulated>>;
let wave: PaymentProvider;
/** Lets anybody pay. */
let loose: PaymentProvider;
before(async () => {
  stage = await openSimulated();
  stage.simulator.control.holdCallbacks(true);
  const { config } = stage.simulator;
  wave = openWave(config, { http, log, servesTest: true });
  loose = openWave({ ...config, restrictsPayer: false }, { http, log, servesTest: true });
});
beforeEach(() => control().clearFaults());
after(async () => {
  await stage.close();
  await http.close();
});

const control = () => stage.simulator.control;
const today = () => new Date(control().nowMs()).toISOString().slice(0, 10);

/** This fault at the next call of this operation, and no other. */
function failNext(operation: WaveOperation, fault: AnswerFault): void {
  let isDone = false;
  control().setFaults({
    answer: (call) => {
      if (isDone || call.operation !== operation) return 'none';
      isDone = true;
      return fault;
    },
  });
}

async function ask(provider = wave) {
  const reference = randomUUID();
  const order = { reference, amountXof: xof(2_500), phone, backUrl: 'https://mbayar.example/d?a=1&b=2' };
  const answer = await provider.requestDeposit(order);
  assert(answer.kind === 'waiting' && answer.session !== null, JSON.stringify(answer));
  return { ...order, session: answer.session, answer };
}
const keyOf = (reference: string | null, of: Partial<DepositKey> = {}): DepositKey => ({
  reference,
  session: null,
  transaction: null,
  requestedAt: new Date(),
  ...of,
});

function payoutTo(recipient: string, amountXof = 1_200) {
  const order = {
    reference: randomUUID(),
    amountXof: xof(amountXof),
    phone: recipient,
    requestedAt: new Date(),
  };
  const composed = wave.composeWithdrawal(order);
  return {
    ...order,
    composed,
    send: () => wave.sendWithdrawal(order, composed),
    find: (session: string | null = null) => wave.findWithdrawal({ ...order, session }),
  };
}

describe('a deposit at Wave', () => {
  it('is a session for one payer, until the time that Wave says', async () => {
    control().setFaults({ sessionLifeMs: 7 * 60_000 });
    const { answer, session, reference } = await ask();
    const made = control()
      .sessions()
      .find(({ id }) => id === session);
    assert.equal(made?.onlyPayer, phone);
    assert.equal(made.reference, reference);
    assert.equal(made.successUrl, 'https://mbayar.example/d?a=1&b=2');
    assert.equal(answer.expiresAt?.getTime(), Math.floor(made.expiresAtMs / 1000) * 1000);
    const url = `${stage.url}/sim/wave/c/${session}`;
    assert.deepEqual(answer.launch, { links: [{ label: 'Wave', url }], qr: { text: url } });
  });

  it('is not asked for twice: an open session is taken up, a paid one is paid', async () => {
    const order = await ask();
    const again = await wave.requestDeposit(order);
    assert.deepEqual(again, order.answer);
    await wave.expireDeposit?.(order.session);
    const anew = await wave.requestDeposit(order);
    assert(anew.kind === 'waiting' && anew.session !== order.session);
    control().pay(anew.session ?? '');
    assert.equal((await wave.requestDeposit(order)).kind, 'paid');
  });

  const reasons = {
    'blocked-account': 'payer_blocked',
    'cross-border-payment-not-allowed': 'payer_abroad',
    'customer-age-restricted': 'payer_too_young',
    'insufficient-funds': 'payer_insufficient_funds',
    'kyb-limits-exceeded': 'house_limit',
    'payer-mobile-mismatch': 'payer_other_number',
    'payment-failure': 'attempt_failed',
  } as const;
  for (const code of paymentErrorCodes) {
    it(`a try that fails with ${code} is not the end`, async () => {
      const { session, reference } = await ask();
      control().refuse(session, code);
      const waiting = await wave.findDeposit(keyOf(reference));
      assert(waiting.kind === 'waiting' && waiting.reason === reasons[code], JSON.stringify(waiting));
      control().pay(session);
      assert.equal((await wave.findDeposit(keyOf(reference))).kind, 'paid');
    });
  }

  it('another number cannot pay it', async () => {
    const { session, reference } = await ask();
    control().pay(session, { phone: strangerPhone });
    const waiting = await wave.findDeposit(keyOf(reference));
    assert(waiting.kind === 'waiting' && waiting.reason === 'payer_other_number');
  });

  it('anybody’s payment is told with its payer, once the statement has it', async () => {
    const { session, reference } = await ask(loose);
    control().pay(session, { phone: strangerPhone });
    control().setFaults({ statement: (lines) => lines.filter((line) => line.session !== session) });
    assert.equal((await loose.findDeposit(keyOf(reference))).kind, 'waiting');
    control().setFaults({ statement: (lines) => lines.map((line) => ({ ...line, counterparty: null })) });
    assert.equal((await loose.findDeposit(keyOf(reference))).kind, 'unreadable');
    control().clearFaults();
    const paid = await loose.findDeposit(keyOf(reference));
    assert(paid.kind === 'paid' && paid.payments[0]?.payerPhone === strangerPhone, JSON.stringify(paid));
  });

  it('another amount than the one asked for is told as it is', async () => {
    const { session, reference } = await ask();
    control().setFaults({ paidInstead: (amountXof) => amountXof - 5 });
    control().pay(session);
    const paid = await wave.findDeposit(keyOf(reference));
    assert(paid.kind === 'paid' && paid.payments[0]?.amountXof === 2_495);
  });

  it('a direct payment to our number is found by its transaction, with what the payer gave', async () => {
    for (const tax of [null, { isPaidByWave: false, writes: 'string' }] as const) {
      control().setFaults({ tax });
      const { id } = control().payMerchant({ phone: strangerPhone, amountXof: 7_000 });
      const paid = await wave.findDeposit(keyOf(null, { transaction: id }));
      assert(paid.kind === 'paid');
      const [{ paidAt, ...payment } = { paidAt: null }] = paid.payments;
      assert(paidAt !== null);
      const expected = { transaction: id, amountXof: 7_000, payerPhone: strangerPhone, reference: null };
      assert.deepEqual(payment, expected);
    }
    // A moment after midnight it is in yesterday's statement.
    const { id } = control().payMerchant({ phone: strangerPhone, amountXof: 7_000 });
    const tomorrow = new Date(Date.now() + DAY);
    assert.equal(
      (await wave.findDeposit(keyOf(null, { transaction: id, requestedAt: tomorrow }))).kind,
      'paid',
    );
    assert.equal((await wave.findDeposit(keyOf(null, { transaction: 'T_NONE' }))).kind, 'absent');
  });

  it('money that left is no deposit, whatever its number', async () => {
    const { id } = control().moveFloat(-10);
    assert.equal((await wave.findDeposit(keyOf(null, { transaction: id }))).kind, 'absent');
  });

  it('goes back to its payer, amount and fee, once', async () => {
    const { session, reference } = await ask();
    const refund = async () => wave.refundDeposit?.({ session, transaction: '' });
    assert.deepEqual(await refund(), { kind: 'refused', reason: 'order_refused' });
    const balanceXof = control().balanceXof();
    control().pay(session);
    assert.deepEqual(await refund(), { kind: 'refunded' });
    assert.deepEqual(await refund(), { kind: 'refunded' });
    assert.equal(control().balanceXof(), balanceXof);
    assert.equal((await wave.findDeposit(keyOf(reference))).kind, 'paid');
  });

  it('that nobody had announced goes back by its transaction, once', async () => {
    const balanceXof = control().balanceXof();
    const { id: transaction } = control().payMerchant({ phone, amountXof: 2_000 });
    const refund = async (of = transaction) => wave.refundDeposit?.({ session: null, transaction: of });
    assert.deepEqual([await refund(), await refund()], [{ kind: 'refunded' }, { kind: 'refunded' }]);
    assert.equal(control().balanceXof(), balanceXof);
    assert.deepEqual(await refund('T_NONE'), { kind: 'absent' });
  });

  it('that Wave refuses to make is refused; access that it refuses is nobody’s fault but ours', async () => {
    const order = { reference: randomUUID(), amountXof: xof(100), phone, backUrl: '/relative' };
    const refused = { kind: 'refused', reason: 'order_refused' };
    assert.deepEqual(await wave.requestDeposit(order), refused);
    for (const access of [
      'api-key-revoked',
      'invalid-wallet',
      'disabled-wallet',
      'ip-not-allowed',
    ] as const) {
      control().setFaults({ access });
      assert.equal((await wave.requestDeposit(order)).kind, 'closed', access);
      assert.equal((await wave.findDeposit(keyOf(order.reference))).kind, 'closed', access);
      assert.equal((await payoutTo(phone).send()).kind, 'closed', access);
    }
  });

  for (const [fault, kind] of [
    ['lost', 'unknown'],
    ['reset', 'unknown'],
    ['html_502', 'unknown'],
    ['unavailable', 'unknown'],
    ['error_after', 'unknown'],
    ['empty_after', 'unknown'],
    ['too_many_requests', 'later'],
  ] as const) {
    it(`${fault}: the session is ${kind}, a look-up too, and neither says that there is none`, async () => {
      const order = {
        reference: randomUUID(),
        amountXof: xof(100),
        phone,
        backUrl: 'https://mbayar.example/',
      };
      failNext('create_session', fault);
      assert.equal((await wave.requestDeposit(order)).kind, kind);
      failNext('search_sessions', fault);
      assert.equal((await wave.findDeposit(keyOf(order.reference))).kind, kind);
      assert.equal((await wave.requestDeposit(order)).kind, 'waiting');
      const made = control().sessions();
      assert.equal(made.filter(({ reference }) => reference === order.reference).length, 1);
    });
  }
});

describe('a withdrawal at Wave', () => {
  for (const [which, reason] of [
    [1, 'recipient_blocked'],
    [2, 'recipient_inactive'],
    [3, 'recipient_limit'],
    [4, 'recipient_too_young'],
  ] as const) {
    it(`to number ${which} is refused: ${reason}`, async () => {
      const refused = await payoutTo(magicNumber(which)).send();
      assert.deepEqual(refused, { kind: 'refused', reason });
    });
  }

  for (const [which, end] of [
    [5, 'paid'],
    [6, 'refused'],
  ] as const) {
    it(`that takes its time is waited for, and then ${end}`, async () => {
      const payout = payoutTo(magicNumber(which));
      const waiting = await payout.send();
      assert(waiting.kind === 'waiting');
      assert.deepEqual(await payout.find(waiting.session), waiting);
      assert.deepEqual(await payout.find(), waiting);
      control().advance(5_000);
      assert.equal((await payout.find(waiting.session)).kind, end);
      assert.equal((await payout.find()).kind, end);
      assert.equal((await payout.send()).kind, end);
    });
  }

  for (const which of [7, 8] as const) {
    it(`to number ${which} is paid although nobody heard of it: unknown, found, paid once`, async () => {
      const payout = payoutTo(magicNumber(which));
      assert.equal((await payout.send()).kind, 'unknown');
      const found = await payout.find();
      assert.equal(found.kind, 'paid');
      assert.deepEqual(await payout.send(), found);
      const lines = control().transactions();
      assert.equal(lines.filter(({ reference }) => reference === payout.reference).length, 1);
    });
  }

  for (const [which, kind] of [
    [9, 'later'],
    [10, 'unknown'],
  ] as const) {
    it(`to number ${which} is ${kind} twice, absent, and paid at the third try with the same bytes`, async () => {
      const payout = payoutTo(magicNumber(which));
      for (const _ of [1, 2]) {
        assert.equal((await payout.send()).kind, kind);
        assert.equal((await payout.find()).kind, 'absent');
      }
      assert.equal((await payout.send()).kind, 'paid');
    });
  }

  for (const [fault, kind, isPaid] of [
    ['lost', 'unknown', true],
    ['error_after', 'unknown', true],
    ['empty_after', 'unknown', true],
    ['reset', 'unknown', false],
    ['html_502', 'unknown', false],
    ['unavailable', 'unknown', false],
    ['too_many_requests', 'later', false],
  ] as const) {
    it(`${fault}: it is ${kind}, a look-up ${isPaid ? 'finds it paid' : 'does not find it'}`, async () => {
      const payout = payoutTo(phone);
      failNext('payout', fault);
      assert.equal((await payout.send()).kind, kind);
      failNext('search_payouts', fault);
      assert.equal((await payout.find()).kind, kind, 'a look-up that fails says nothing');
      assert.equal((await payout.find()).kind, isPaid ? 'paid' : 'absent');
      assert.equal((await payout.send()).kind, 'paid');
    });
  }

  it('with other bytes under the same key is unknown, and never a second payment', async () => {
    const payout = payoutTo(phone);
    assert.equal((await payout.send()).kind, 'paid');
    const other = payout.composed.replace('1200', '1300');
    const answer = await wave.sendWithdrawal(payout, other);
    assert.deepEqual(answer, { kind: 'unknown', detail: '409 idempotency-mismatch' });
    assert.equal((await payout.find()).kind, 'paid');
  });

  it('that is taken and fails is refused', async () => {
    control().setFaults({ payoutError: 'recipient-minor' });
    const payout = payoutTo(phone);
    const refused = { kind: 'refused', reason: 'recipient_too_young' };
    assert.deepEqual(await payout.send(), refused);
    assert.deepEqual(await payout.find(), refused);
  });

  it('is taken back within three days, while the money is there', async () => {
    const [early, late] = [payoutTo(phone), payoutTo(phone)];
    const reverse = async ({ reference, requestedAt }: typeof early, transaction: string) =>
      wave.reverseWithdrawal?.({ reference, requestedAt, session: null, transaction });
    const paid = await early.send();
    assert(paid.kind === 'paid');
    control().setFaults({ hasRecipientSpent: true });
    assert.deepEqual(await reverse(early, paid.transaction), {
      kind: 'refused',
      reason: 'reversal_money_spent',
    });
    assert.equal((await early.find()).kind, 'paid');
    control().clearFaults();
    const reversed = { kind: 'reversed', transaction: paid.transaction };
    assert.deepEqual(await reverse(early, paid.transaction), reversed);
    assert.deepEqual(await reverse(early, paid.transaction), reversed);
    assert.deepEqual(await early.find(), reversed);
    assert.deepEqual(await reverse(late, 'pt-none'), { kind: 'absent' });
    const lately = await late.send();
    assert(lately.kind === 'paid');
    control().advance(3 * DAY + 1_000);
    const tooLate = { kind: 'refused', reason: 'reversal_too_late' };
    assert.deepEqual(await reverse(late, lately.transaction), tooLate);
    control().advance(-3 * DAY - 1_000);
  });

  it('asks who is behind a number before the first one', async () => {
    const verify = (of: { phone: string; name: string | null }) =>
      wave.verifyRecipient?.({ ...of, amountXof: xof(5_000) });
    const name = 'Awa Ndiaye';
    assert.deepEqual(await verify({ phone, name }), { isWithinLimits: true, nameMatch: 'match' });
    for (const [nameMatch, expected] of [
      ['NO_MATCH', 'no_match'],
      ['NAME_NOT_KNOWN', 'not_known'],
      [null, null],
    ] as const) {
      control().setFaults({ nameMatch });
      assert.deepEqual(await verify({ phone, name }), { isWithinLimits: true, nameMatch: expected });
    }
    const full = { phone: magicNumber(3), name: null };
    assert.deepEqual(await verify(full), { isWithinLimits: false, nameMatch: null });
    for (let asked = 4; asked < 30; asked++) await verify({ phone, name });
    const silent = await verify({ phone, name });
    assert(silent !== undefined && 'kind' in silent && silent.kind === 'later');
  });
});

describe('Wave’s account of our wallet', () => {
  it('has every line once over its pages, with fees and taxes inside the net change', async () => {
    for (const tax of [
      null,
      { isPaidByWave: true, writes: 'string' },
      { isPaidByWave: true, writes: 'boolean' },
      { isPaidByWave: false, writes: 'string' },
      { isPaidByWave: false, writes: 'boolean' },
    ] as const) {
      control().setFaults({ tax, statementPageSize: 3 });
      const known = new Set(
        control()
          .transactions()
          .map(({ id }) => id),
      );
      const { session } = await ask();
      control().pay(session);
      assert.equal((await payoutTo(phone, 20_000).send()).kind, 'paid');
      await wave.refundDeposit?.({ session, transaction: '' });
      control().moveFloat(-15);
      const answer = await wave.readStatement('wave', today());
      assert(answer.kind === 'lines');
      const ids = answer.lines.map(({ transaction }) => transaction);
      assert.deepEqual(
        ids,
        control()
          .transactions()
          .map(({ id }) => id),
      );
      const fresh = answer.lines.filter(({ transaction }) => !known.has(transaction));
      const sums = fresh.map(({ kind, netXof, feeXof, taxXof, isTaxPaidByProvider }) => [
        kind,
        netXof + feeXof + (isTaxPaidByProvider ? 0 : taxXof),
        taxXof,
      ]);
      assert.deepEqual(sums, [
        ['deposit', 2_500, tax === null ? 0 : 12],
        ['withdrawal', -20_000, tax === null ? 0 : 100],
        ['deposit_refund', -2_500, tax === null ? 0 : -12],
        ['other', -15, 0],
      ]);
      const balance = await wave.readBalance('wave');
      assert.deepEqual(balance, { kind: 'balance', amountXof: fresh.at(-1)?.balanceXof });
    }
  });

  it('shows what is missing, extra and different, and other days', async () => {
    const lines = control().transactions();
    const [first] = lines;
    assert(first !== undefined);
    const extra = { ...first, id: 'T_EXTRA', type: 'never_seen', amountXof: -7 };
    control().setFaults({ statement: (all) => [...all.slice(1), extra] });
    const answer = await wave.readStatement('wave', today());
    assert(answer.kind === 'lines');
    assert(!answer.lines.some(({ transaction }) => transaction === first.id));
    const last = answer.lines.at(-1);
    assert.deepEqual([last?.transaction, last?.kind, last?.rawKind], ['T_EXTRA', 'other', 'never_seen']);
    const other = await wave.readStatement('wave', '2020-01-01');
    assert.deepEqual(other, { kind: 'lines', lines: [] });
  });

  it('a day of which one page is missing is not known', async () => {
    control().setFaults({
      statementPageSize: 2,
      answer: ({ path }) => (path.includes('after=') ? 'unavailable' : 'none'),
    });
    assert.equal((await wave.readStatement('wave', today())).kind, 'unknown');
  });
});

it('nothing was sent when Wave’s address answers no connection', async () => {
  const gone = await openSimulated();
  await gone.close();
  const config = { ...stage.simulator.config, url: gone.url };
  const closed = openWave(config, { http, log, servesTest: true });
  const payout = payoutTo(phone);
  const later = await closed.sendWithdrawal(payout, payout.composed);
  assert(later.kind === 'later' && later.reason === 'provider_unreachable');
});
