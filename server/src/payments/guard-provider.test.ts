import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { openLog } from '../log.ts';
import { openFakeProvider, waitingDeposit } from '../testing/fake-provider.ts';
import { guardProvider } from './guard-provider.ts';

const order = { reference: 'r', amountXof: xof(1_000), phone: '+221770000000', backUrl: 'https://x.example' };
const key = { reference: 'r', session: null, transaction: null, requestedAt: new Date(0) };

function open() {
  let nowMs = 0;
  const fake = openFakeProvider();
  const provider = guardProvider(fake, { log: openLog('silent'), now: () => nowMs });
  return {
    fake,
    provider,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the guard around a provider', () => {
  it('F08 W13 leaves a dead provider in peace: after five failures it answers by itself, at once', async () => {
    const { fake, provider } = open();
    fake.behaviour.beforeBooks = () => Promise.reject(new Error('ECONNREFUSED'));
    for (let i = 0; i < 5; i++) {
      assert.equal(provider.isSilent?.(), false);
      assert.equal((await provider.requestDeposit(order)).kind, 'unknown', 'it may have been executed');
    }
    assert.equal(provider.isSilent?.(), true);
    const asked = fake.calls.length;
    const answer = await provider.requestDeposit(order);
    assert.deepEqual(
      [answer.kind, answer.kind === 'later' && answer.reason],
      ['later', 'provider_unreachable'],
    );
    const withdrawal = { ...order, requestedAt: new Date(0) };
    assert.equal((await provider.sendWithdrawal(withdrawal, 'r')).kind, 'later', 'surely not sent');
    assert.equal((await provider.findDeposit(key)).kind, 'later');
    assert.equal(fake.calls.length, asked, 'nobody asked it');
  });

  it('lets one call try after a while: a failure shuts it for longer, an answer opens it for all', async () => {
    const { fake, provider, pass } = open();
    fake.behaviour.foundDeposit = () => ({ kind: 'unknown', detail: 'HTML' });
    for (let i = 0; i < 5; i++) await provider.findDeposit(key);
    const tries = async (count: number) => {
      const before = fake.calls.length;
      await Promise.all(Array.from({ length: count }, () => provider.findDeposit(key)));
      return fake.calls.length - before;
    };
    pass(4_999);
    assert.equal(await tries(10), 0);
    pass(1);
    assert.equal(await tries(10), 1, 'one tries for all');
    pass(5_000);
    assert.equal(await tries(10), 0, 'twice as long now');
    pass(5_000);
    fake.reset();
    fake.behaviour.foundDeposit = () => waitingDeposit;
    assert.equal(await tries(1), 1);
    assert.equal(provider.isSilent?.(), false);
    assert.equal(await tries(10), 10);
  });

  it('takes "no" for an answer, and what says "not now" only when it means silence', async () => {
    const { fake, provider } = open();
    const answers = [
      { kind: 'refused', reason: 'payer_blocked' },
      { kind: 'absent' },
      { kind: 'closed', reason: 'provider_stopped', detail: '401' },
      { kind: 'later', reason: 'float_empty', detail: '' },
    ] as const;
    for (const answer of answers) {
      fake.behaviour.foundDeposit = () => answer;
      for (let i = 0; i < 6; i++) assert.deepEqual(await provider.findDeposit(key), answer);
    }
    assert.equal(provider.isSilent?.(), false);
    fake.behaviour.foundDeposit = () => ({ kind: 'later', reason: 'too_many_requests', detail: '429' });
    for (let i = 0; i < 5; i++) await provider.findDeposit(key);
    assert.equal(provider.isSilent?.(), true);
  });

  it('F08 gives a slow provider so many calls at once, and no more of ours wait for it', async () => {
    const { fake, provider } = open();
    const slow = Promise.withResolvers<void>();
    fake.behaviour.beforeAnswer = () => slow.promise;
    const waiting = Array.from({ length: 16 }, () => provider.requestDeposit(order));
    const next = await provider.requestDeposit(order);
    assert.deepEqual([next.kind, next.kind === 'later' && next.reason], ['later', 'too_many_requests']);
    const withdrawal = { ...order, requestedAt: new Date(0) };
    slow.resolve();
    assert.equal(
      (await provider.sendWithdrawal(withdrawal, 'r')).kind,
      'paid',
      'payouts have their own room',
    );
    await Promise.all(waiting);
    assert.equal((await provider.requestDeposit(order)).kind, 'paid');
  });

  it('F08 waits eight seconds for an answer, opens within ten, and hears no late one', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { fake, provider } = open();
    const never = Promise.withResolvers<void>();
    fake.behaviour.beforeAnswer = () => never.promise;
    const asked = Array.from({ length: 5 }, () => provider.requestDeposit(order));
    t.mock.timers.tick(8_000);
    for (const answer of await Promise.all(asked)) assert.equal(answer.kind, 'unknown');
    assert.equal(provider.isSilent?.(), true);
    never.resolve();
  });

  it('keeps what a provider does not have away', () => {
    const { provider } = open();
    assert.equal(provider.expireDeposit, undefined);
    assert.equal(provider.verifyRecipient, undefined);
    assert.equal(provider.reverseWithdrawal, undefined);
  });
});
