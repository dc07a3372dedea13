/** Money from somebody who is nobody of ours goes back to him: by the provider's refund, or by hand in its portal. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertRefused, type MoneyDesk, openMoneyDesk } from '../testing/money-desk.ts';
import { refundPayment } from './refund-payment.ts';

describe('money that goes back to its sender', () => {
  let desk: MoneyDesk;
  const note = 'Vérifié dans le portail';
  const stranger = '+221760000099';

  beforeEach(async () => {
    desk = await openMoneyDesk();
  });
  afterEach(() => desk.close());

  /** 2 500 francs of somebody whom nobody knows, of which 2 475 reached us. */
  const strangeMoney = async (): Promise<string> => {
    const gift = { transaction: 'gift', kind: 'deposit', netXof: 2_475, feeXof: 25 } as const;
    desk.statement.add({ ...gift, session: 'cos-1', counterpartyPhone: stranger });
    await desk.run();
    const [item] = await desk.queue();
    return item ?? assert.fail('nothing is in suspense');
  };
  const back = (more = {}) =>
    desk.statement.add({
      ...{ transaction: 'way back', kind: 'deposit_refund', netXof: -2_475, feeXof: -25, session: 'cos-1' },
      ...more,
    });
  const refunds = () =>
    desk.house.owner.query<{ id: string; state: string; reason: string | null }>(
      'SELECT id, state, reason FROM payment_refund ORDER BY asked_at',
    );
  const refund = async () => {
    const rows = await refunds();
    await refundPayment(desk.house.deps, rows.at(-1)?.id ?? assert.fail('nothing was asked'));
  };
  const paymentState = async () =>
    (await desk.house.owner.query<{ state: string }>('SELECT state FROM incoming_payment'))[0]?.state;
  const timesAsked = () => desk.fake.calls.filter((call) => call === 'refund gift').length;
  const assertExplained = async () => {
    const found = await desk.run();
    assert.deepEqual(
      [found.explanations, found.unexplainedXof, found.suspenseXof, found.clearingXof],
      [[], 0, 0, found.providerXof],
    );
  };

  it('is asked for by two people, given back by the provider, and found on its statement, fee and all', async () => {
    const item = await strangeMoney();
    assert.match((await desk.khady.ask(`/en-attente/${item}`)).text, /Rendre à l’envoyeur/);
    await desk.allocate(item, { choice: 'refund' });
    assert.deepEqual(
      [await desk.heldBy('suspense'), timesAsked()],
      [2_500, 0],
      'the intent is committed first',
    );
    const page = await desk.khady.ask(`/en-attente/${item}`);
    assert.match(page.text, /L’opérateur rend cet argent\. Il n’a pas encore répondu/);
    assert.doesNotMatch(page.html, /name="choice"/);
    await refund();
    assert.deepEqual([await desk.heldBy('suspense'), await paymentState()], [0, 'refunded']);
    assert.deepEqual(await desk.queue(), []);
    await refund();
    assert.equal(timesAsked(), 1, 'what has ended is asked for no more');
    back();
    await assertExplained();
    assert.deepEqual([await desk.heldBy('provider_fee'), await desk.heldBy('provider_clearing')], [0, 0]);
  });

  it('stays in suspense while the provider says nothing, and goes once when ten ask at once', async () => {
    const item = await strangeMoney();
    await desk.allocate(item, { choice: 'refund' });
    desk.fake.behaviour.beforeAnswer = () => Promise.reject(new Error('ECONNRESET'));
    await refund();
    // It did it, and its statement tells first.
    back();
    const found = await desk.run();
    assert.deepEqual([found.unexplainedXof, await desk.heldBy('suspense')], [0, 2_500]);
    desk.fake.behaviour.beforeAnswer = async () => undefined;
    await Promise.all(Array.from({ length: 10 }, refund));
    assert.equal(await desk.heldBy('suspense'), 0);
    await assertExplained();
  });

  it('that the provider refuses waits for people again, who give it back by hand', async () => {
    const item = await strangeMoney();
    await desk.allocate(item, { choice: 'refund' });
    desk.fake.behaviour.refundAnswer = () => ({ kind: 'refused', reason: 'order_refused' });
    await refund();
    assert.deepEqual([await paymentState(), await desk.queue()], ['review', [item]]);
    assert.match((await desk.khady.ask(`/en-attente/${item}`)).text, /L’opérateur ne le rend pas/);
    assertRefused(await desk.propose(desk.khady, item, { choice: 'by_hand', note }), 'field_missing');
    await desk.allocate(item, { choice: 'by_hand', transaction: 'portal-7' });
    assert.match((await desk.khady.ask('/en-attente')).text, /portal-7/);
    assert.deepEqual([await paymentState(), timesAsked()], ['refunded', 1]);
    back({
      transaction: 'portal-7',
      kind: 'other',
      rawKind: 'b2c',
      session: null,
      feeXof: 0,
      netXof: -2_500,
    });
    await assertExplained();
  });

  it('by hand, told by the statement before people say so, is booked once', async () => {
    const item = await strangeMoney();
    back({ transaction: 'portal-8', netXof: -2_500, feeXof: 0 });
    await desk.run();
    assert.equal(await desk.heldBy('suspense'), 0, 'the two make nothing, and both are in the queue');
    assert.equal((await desk.queue()).length, 2);
    await desk.allocate(item, { choice: 'by_hand', transaction: 'portal-8' });
    assert.deepEqual(await desk.queue(), []);
    await assertExplained();
  });

  it('by hand, does not take a movement that is something else’s', async () => {
    const item = await strangeMoney();
    back({ transaction: 'other', netXof: -9_000, feeXof: 0 });
    await desk.run();
    const proposed = await desk.propose(desk.khady, item, { choice: 'by_hand', transaction: 'other', note });
    assert.equal(proposed.status, 303);
    assertRefused(await desk.decide(desk.moussa, item, 'confirmer'), 'allocation_does_not_fit');
    assert.equal(await paymentState(), 'review');
  });

  it('that never comes on the statement is missed there', async () => {
    const item = await strangeMoney();
    await desk.allocate(item, { choice: 'refund' });
    await refund();
    await desk.house.owner.query(`UPDATE payment_refund SET ended_at = ended_at - interval '2 days'`);
    await desk.daysPass();
    const found = await desk.run();
    assert.deepEqual(
      found.explanations.map(({ kind, amountXof }) => [kind, amountXof]),
      [['missing', 2_500]],
    );
    assert.equal(found.unexplainedXof, 0);
    back();
    await desk.run();
    await assertExplained();
  });

  it('ends the deposit that it came for as given back', async () => {
    const { depositId, paymentId } = await desk.suspendDeposit(4_000, 5_500);
    await desk.allocate(paymentId, { choice: 'refund' });
    assert.equal((await desk.player.get(`/deposits/${depositId}`)).body.state, 'review');
    await refund();
    const { state, reason } = (await desk.player.get(`/deposits/${depositId}`)).body;
    assert.deepEqual([state, reason], ['returned', 'sent_back']);
  });
});
