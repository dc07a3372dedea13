import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { type OpenOrange, openOrangeForTests } from '../../testing/open-orange.ts';
import type { DepositAnswer } from '../provider.ts';
import type { CallFault, OrangeCall, SimulatedTransaction } from './simulator/control.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let orange: OpenOrange;
beforeEach(async () => {
  orange = await openOrangeForTests();
});
afterEach(() => orange.close());

const order = {
  reference: '5b0b6f1e-9a51-4a0e-8b86-0a4f4a5f0d11',
  amountXof: xof(5_000),
  phone: '+221770000000',
  backUrl: 'https://mbayar.example/portefeuille',
};
const fail = (call: OrangeCall, ...faults: CallFault[]) =>
  orange.control.setFaults({ calls: { [call]: faults } });
const paymentsOf = (answer: DepositAnswer) => (answer.kind === 'paid' ? answer.payments : []);
const tokensAsked = () => orange.control.calls().filter((call) => call === 'POST /oauth/v1/token').length;

describe('a code of Orange’s', () => {
  it('can be paid once, opens both apps, and can be scanned', async () => {
    const asked = await orange.provider.requestDeposit(order);
    assert(asked.kind === 'waiting' && asked.launch !== null && asked.session !== null);
    const page = `${orange.url}/sim/om/${asked.session}`;
    assert.deepEqual(asked.launch.links, [
      { label: 'MAX IT', url: `${page}?app=maxit` },
      { label: 'Orange Money', url: `${page}?app=om` },
    ]);
    assert(asked.launch.qr !== null && 'png' in asked.launch.qr);
    assert.equal(Buffer.from(asked.launch.qr.png, 'base64').subarray(1, 4).toString(), 'PNG');
    const [qr] = orange.control.qrs();
    assert(qr !== undefined);
    assert.deepEqual(
      [
        qr.qrId,
        qr.reference,
        qr.amountXof,
        qr.isSingleUse,
        qr.validityS,
        qr.successUrl,
        qr.cancelUrl,
        qr.callbackUrl,
      ],
      [
        asked.session,
        order.reference,
        5_000,
        true,
        900,
        order.backUrl,
        order.backUrl,
        orange.config.callbackUrl,
      ],
    );
    assert.equal(asked.expiresAt?.getTime(), qr.endsAtMs);
  });

  it('has one link when Orange leaves the others out', async () => {
    orange.control.setFaults({ hasDeepLinks: false });
    const asked = await orange.provider.requestDeposit(order);
    assert(asked.kind === 'waiting');
    assert.deepEqual(asked.launch?.links, [
      { label: 'Orange Money', url: `${orange.url}/sim/om/${asked.session}` },
    ]);
  });

  it('goes without our addresses when they are none for Orange', async () => {
    const bare = orange.reopen({ callbackUrl: null });
    await bare.requestDeposit({ ...order, backUrl: '/portefeuille' });
    const [qr] = orange.control.qrs();
    assert.deepEqual([qr?.successUrl, qr?.cancelUrl, qr?.callbackUrl], [null, null, null]);
  });

  it('is not asked for less than 10 F', async () => {
    const asked = await orange.provider.requestDeposit({ ...order, amountXof: xof(9) });
    assert.deepEqual(asked, { kind: 'refused', reason: 'house_limit' });
    assert.deepEqual(orange.control.calls(), []);
  });

  for (const [fault, expected] of [
    ['lost_after_commit', 'unknown'],
    ['reset', 'unknown'],
    ['html_502', 'unknown'],
    ['timeout_504', 'unknown'],
    ['empty_answer', 'unknown'],
    ['too_many_429', 'later'],
  ] as const) {
    it(`${fault}: ${expected}`, async () => {
      fail('qr', fault);
      assert.equal((await orange.provider.requestDeposit(order)).kind, expected);
    });
  }

  it('is refused, or closed, as Orange says', async () => {
    const long = { ...order, reference: 'r'.repeat(51) };
    assert.deepEqual(await orange.provider.requestDeposit(long), {
      kind: 'refused',
      reason: 'attempt_failed',
    });
    const stranger = await orange.reopen({ merchantCode: '000000' }).requestDeposit(order);
    assert.deepEqual(
      [stranger.kind, 'detail' in stranger && stranger.detail],
      ['closed', 'HTTP 400, code 2042'],
    );
    orange.control.setFaults({ unapproved: ['qr_code'] });
    assert.equal((await orange.provider.requestDeposit(order)).kind, 'closed');
  });
});

describe('the token of Orange', () => {
  it('is shared, and renewed before it ends', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(() => orange.askForQr()));
    assert.equal(tokensAsked(), 1);
    orange.control.advance(253_000);
    await orange.askForQr();
    assert.equal(tokensAsked(), 1);
    orange.control.advance(2_000);
    await orange.askForQr();
    assert.equal(tokensAsked(), 2);
  });

  it('that ends on its way is replaced once, and only once', async () => {
    fail('qr', 'token_ended_401');
    assert.equal((await orange.provider.requestDeposit(order)).kind, 'waiting');
    assert.equal(tokensAsked(), 2);
    fail('qr', 'token_ended_401', 'token_ended_401');
    assert.equal((await orange.provider.requestDeposit(order)).kind, 'closed');
    assert.equal(orange.control.calls().filter((call) => call.endsWith('/qrcode')).length, 4);
  });

  it('is refused for good to who is not known or not switched on', async () => {
    const stranger = orange.reopen({ clientSecret: 'not-the-secret' });
    const answer = await stranger.requestDeposit(order);
    assert.deepEqual(answer, {
      kind: 'closed',
      reason: 'provider_stopped',
      detail: 'no token: HTTP 401, invalid_client',
    });
    orange.control.setFaults({ isClientInactive: true });
    assert.equal((await orange.provider.requestDeposit(order)).kind, 'closed');
  });

  for (const fault of ['reset', 'html_502', 'too_many_429', 'empty_answer', 'lost_after_commit'] as const) {
    it(`${fault}: nothing was asked for yet`, async () => {
      fail('token', fault);
      assert.equal((await orange.provider.requestDeposit(order)).kind, 'later');
      assert.equal((await orange.provider.requestDeposit(order)).kind, 'waiting');
    });
  }

  it('is out of reach: nothing was asked for', async () => {
    const nowhere = orange.reopen({ apiUrl: 'http://127.0.0.1:9' });
    assert.equal((await nowhere.requestDeposit(order)).kind, 'later');
    assert.equal((await nowhere.findDeposit({ ...key(), reference: 'r' })).kind, 'later');
  });
});

const key = () => ({ session: null, transaction: null, requestedAt: new Date(orange.control.now()) });

describe('a payment at Orange', () => {
  it('is found once it is made, with who paid', async () => {
    const qr = await orange.askForQr();
    const waiting = { kind: 'waiting', session: null, launch: null, expiresAt: null };
    assert.deepEqual(await qr.find(), waiting);
    const { transactionId, createdAtMs } = qr.pay('781234567');
    const payment = {
      transaction: transactionId,
      amountXof: 5_000,
      payerPhone: '+221781234567',
      reference: qr.reference,
      paidAt: new Date(createdAtMs),
    };
    assert.deepEqual(await qr.find(), { kind: 'paid', payments: [payment] });
    assert.equal(orange.control.calls().at(-1), `GET /api/eWallet/v1/transactions/${transactionId}/status`);
    const byTransaction = { ...key(), reference: null, transaction: transactionId };
    assert.deepEqual(await orange.provider.findDeposit(byTransaction), { kind: 'paid', payments: [payment] });
    orange.control.setFaults({ isSearchWrapped: true });
    assert.equal((await qr.find()).kind, 'paid');
  });

  it('waits while it is not made, and long after; then it is over', async () => {
    const qr = await orange.askForQr();
    orange.control.advance(DAY);
    assert.equal((await qr.find()).kind, 'waiting');
    orange.control.advance(18 * MINUTE);
    assert.deepEqual(await qr.find(), { kind: 'expired' });
  });

  it('comes late: PENDING for a day, after everybody gave it up', async () => {
    orange.control.setFaults({ pendingMs: DAY });
    const qr = await orange.askForQr();
    orange.control.advance(14 * MINUTE);
    qr.pay();
    orange.control.advance(DAY - 1_000);
    assert.equal((await qr.find()).kind, 'waiting');
    orange.control.advance(1_000);
    assert.equal((await qr.find()).kind, 'paid');
  });

  it('is tried again after a refusal while there is time, and its success wins', async () => {
    const qr = await orange.askForQr();
    orange.control.pay(qr.session, { from: '770000000', outcome: 'insufficient' });
    const refused = await qr.find();
    assert.deepEqual(
      [refused.kind, 'reason' in refused && refused.reason],
      ['waiting', 'payer_insufficient_funds'],
    );
    qr.pay();
    assert.equal((await qr.find()).kind, 'paid');
  });

  it('is refused when its time is over', async () => {
    const qr = await orange.askForQr();
    orange.control.pay(qr.session, { from: '770000000', outcome: 'refuse' });
    orange.control.advance(18 * MINUTE);
    assert.deepEqual(await qr.find(), { kind: 'refused', reason: 'payer_refused' });
  });

  it('is never one of another reference, another type, another merchant', async () => {
    const qr = await orange.askForQr();
    const { transactionId } = qr.pay();
    const other = { ...key(), reference: 'another' };
    assert.equal((await orange.provider.findDeposit(other)).kind, 'waiting');
    // A search that ignores what it is asked for answers with everything.
    orange.control.setFaults({ hasBrokenTypeFilter: false });
    const absent = { ...key(), reference: null, transaction: `${transactionId}0` };
    assert.deepEqual(await orange.provider.findDeposit(absent), { kind: 'absent' });
    const strange = await orange
      .reopen({ merchantCode: '999999' })
      .findDeposit({ ...key(), reference: qr.reference });
    assert.equal(strange.kind, 'unreadable');
    assert.deepEqual(await orange.provider.findDeposit({ ...key(), reference: null }), { kind: 'absent' });
  });

  for (const call of ['search', 'status'] as const) {
    for (const fault of ['reset', 'html_502', 'empty_answer', 'lost_after_commit'] as const) {
      it(`${fault} of the ${call}: unknown, and found the next time`, async () => {
        const qr = await orange.askForQr();
        qr.pay();
        fail(call, fault);
        assert.equal((await qr.find()).kind, 'unknown');
        assert.equal((await qr.find()).kind, 'paid');
      });
    }
  }

  it('is found when its answer is slow, its token has ended, or its search was asked too often', async () => {
    const qr = await orange.askForQr();
    qr.pay();
    orange.control.setFaults({ slowMs: 20, calls: { search: ['slow'], status: ['token_ended_401'] } });
    assert.equal((await qr.find()).kind, 'paid');
    fail('search', 'too_many_429');
    assert.equal((await qr.find()).kind, 'later');
  });

  it('of two codes paid under one reference is two payments, each once', async () => {
    for (const _ of [1, 2]) await orange.provider.requestDeposit(order);
    for (const { qrId } of orange.control.qrs()) orange.control.pay(qrId, { from: '770000000' });
    const found = await orange.provider.findDeposit({ ...key(), reference: order.reference });
    assert.equal(new Set(paymentsOf(found).map(({ transaction }) => transaction)).size, 2);
    // One of them cannot be confirmed: none is told, so that none is forgotten.
    orange.control.setFaults({ calls: { status: ['slow', 'html_502'] } });
    const half = await orange.provider.findDeposit({ ...key(), reference: order.reference });
    assert.equal(half.kind, 'unknown');
  });

  it('that nobody announced is found by its own id', async () => {
    const { transactionId } = orange.control.payUnasked('770000000', 3_000);
    const found = await orange.provider.findDeposit({
      ...key(),
      reference: null,
      transaction: transactionId,
    });
    const [payment] = paymentsOf(found);
    assert.deepEqual(
      [payment?.transaction, payment?.reference, payment?.amountXof],
      [transactionId, null, 3_000],
    );
    assert.equal(orange.control.waitingCallbacks(), 1);
  });

  it('of no whole amount, or of none, is for a person', async () => {
    for (const amountXof of [10.5, -5, 0, 2 ** 60]) {
      const qr = await orange.askForQr();
      orange.control.pay(qr.session, { from: '770000000', amountXof });
      const found = await qr.find();
      assert(found.kind === 'unreadable', String(amountXof));
      assert(!found.detail.includes('770000000'));
    }
  });
});

describe('the statement of Orange', () => {
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const read = (account: string, day: string) => orange.provider.readStatement(account, day);

  it('has the day’s payments, oldest first, over every page', async () => {
    const paid: SimulatedTransaction[] = [];
    for (let count = 0; count < 3; count++) {
      const qr = await orange.askForQr(1_000 + count);
      orange.control.pay(qr.session, { from: '770000000', outcome: 'insufficient' });
      paid.push(qr.pay());
    }
    const [first] = paid;
    assert(first !== undefined);
    const extra = Array.from({ length: 1_100 }, (_, index) => ({
      ...first,
      transactionId: `MP-extra-${index}`,
      createdAtMs: first.createdAtMs - 1_100 + index,
    }));
    orange.control.setFaults({ statement: { missing: [], amounts: {}, extra } });
    // The day may turn while the test runs.
    const days = new Set([first, ...extra].map(({ createdAtMs }) => dayOf(createdAtMs)));
    const lines = [];
    for (const day of [...days].sort()) {
      const answer = await read('orange', day);
      assert(answer.kind === 'lines');
      lines.push(...answer.lines);
    }
    assert.equal(lines.length, 1_103);
    const times = lines.map(({ at }) => at.getTime());
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other),
    );
    assert.deepEqual(
      lines.find(({ transaction }) => transaction === first.transactionId),
      {
        transaction: first.transactionId,
        kind: 'deposit',
        rawKind: 'MERCHANT_PAYMENT',
        netXof: 1_000,
        feeXof: 0,
        taxXof: 0,
        isTaxPaidByProvider: false,
        reference: first.reference,
        session: null,
        counterpartyPhone: '+221770000000',
        at: new Date(first.createdAtMs),
        balanceXof: null,
      },
    );
  });

  it('may leave out, add and change lines, which look-ups do not see', async () => {
    const qr = await orange.askForQr();
    const { transactionId, createdAtMs } = qr.pay();
    const statement = { missing: [transactionId], amounts: {}, extra: [] };
    orange.control.setFaults({ statement });
    assert.deepEqual(await read('orange', dayOf(createdAtMs)), { kind: 'lines', lines: [] });
    assert.equal((await qr.find()).kind, 'paid');
    orange.control.setFaults({
      statement: { ...statement, missing: [], amounts: { [transactionId]: 4_999 } },
    });
    const changed = await read('orange', dayOf(createdAtMs));
    assert(changed.kind === 'lines');
    assert.equal(changed.lines[0]?.netXof, 4_999);
    orange.control.setFaults({ statement: { ...statement, missing: [], amounts: { [transactionId]: 0.5 } } });
    assert.equal((await read('orange', dayOf(createdAtMs))).kind, 'unknown');
  });

  it('is cut out here: Orange’s bounds are strict, and its clock is another', async () => {
    const qr = await orange.askForQr();
    const { createdAtMs } = qr.pay();
    const midnight = Date.parse(`${dayOf(createdAtMs)}T00:00:00Z`);
    orange.control.setFaults({ clockAheadMs: midnight - createdAtMs });
    const [day, before] = [dayOf(midnight), dayOf(midnight - 1)];
    const counts = await Promise.all(
      [day, before].map(async (of) => {
        const answer = await read('orange', of);
        return answer.kind === 'lines' ? answer.lines.length : answer.kind;
      }),
    );
    assert.deepEqual(counts, [1, 0]);
  });

  it('is of the accounts there are', async () => {
    assert.deepEqual(await read('wave', '2026-11-25'), { kind: 'none' });
    assert.deepEqual(await orange.provider.readBalance('orange'), { kind: 'none' });
    fail('search', 'html_502');
    assert.equal((await read('orange', '2026-11-25')).kind, 'unknown');
  });
});
