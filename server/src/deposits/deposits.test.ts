import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { internalProvider } from '../payments/internal.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider, paidBy, waitingDeposit } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { seedPlayers } from '../testing/seed.ts';
import { pollDeposits } from './poll-deposits.ts';

describe('deposits', () => {
  let house: House;
  let fake: FakeProvider;
  let player: TestPlayer;
  const provider = 'internal';
  before(async () => {
    fake = openFakeProvider();
    house = await openHouse({ providers: { internal: fake } });
  });
  beforeEach(async () => {
    fake.reset();
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const ask = (amountXof: unknown, operationId: string = randomUUID(), by = player) =>
    by.post('/deposits', { operationId, provider, amountXof });
  const available = async (of = player) => (await of.get('/wallet')).body.availableXof;
  const resume = () => pollDeposits(house.deps, 'internal', { aheadMs: 60_000 });
  const timesAsked = (operationId: string) =>
    fake.calls.filter((call) => call === `deposit ${operationId}`).length;

  it('are credited once and shown in the wallet, the statement and by id', async () => {
    const operationId = randomUUID();
    const answer = await ask(10_000, operationId);
    assert.equal(answer.status, 201);
    const { requestedAt, ...rest } = answer.body;
    assert.deepEqual(rest, { operationId, provider, amountXof: 10_000, state: 'credited' });
    assert.equal(await available(), 10_000);
    const { history, ...now } = (await player.get(`/deposits/${operationId}`)).body;
    assert.deepEqual(now, { ...answer.body, reason: null, expiresAt: null, launch: null });
    assert.deepEqual(
      history.map(({ state }: { state: string }) => state),
      ['requested', 'credited'],
    );
    const stored = await player.get(`/operations/${operationId}`);
    assert.deepEqual([stored.body.kind, stored.body.answer.requestedAt], ['request-deposit', requestedAt]);
    const [movement] = (await player.get('/wallet/statement')).body.movements;
    assert.deepEqual([movement.amountXof, movement.balanceAfterXof], [10_000, 10_000]);
  });

  it('refuse what is no amount, or outside the limits', async () => {
    for (const amount of [0, -1, 0.5, 1e20, '1000', null, true, [1000], {}]) {
      const answer = await ask(amount);
      assert.equal(answer.body.code, 'request_invalid', JSON.stringify(amount));
    }
    assert.equal((await ask(499)).body.code, 'deposit_below_min');
    assert.equal((await ask(500_001)).body.code, 'deposit_above_max');
    const other = await player.post('/deposits', {
      operationId: randomUUID(),
      provider: 'Wave!',
      amountXof: 1_000,
    });
    assert.equal(other.body.code, 'request_invalid');
    assert.equal(await available(), 0);
  });

  it('have one effect and one answer when one id comes fifty times at once, and again later', async () => {
    const operationId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(7_000, operationId)));
    for (const answer of answers) {
      assert.equal(answer.status, 201);
      assert.deepEqual(answer.body, answers[0]?.body);
    }
    assert.equal(answers[0]?.body.state, 'credited');
    assert.deepEqual((await ask(7_000, operationId)).body, answers[0]?.body);
    assert.equal(await available(), 7_000);
  });

  it('refuse the same id with another amount, or from somebody else, and ask nobody', async () => {
    const operationId = randomUUID();
    await ask(5_000, operationId);
    const other = await ask(6_000, operationId);
    assert.equal(other.status, 422);
    assert.equal(other.body.code, 'operation_id_reused');
    const stranger = await signUpPlayer(house);
    assert.equal((await ask(5_000, operationId, stranger)).body.code, 'operation_id_reused');
    assert.equal((await stranger.get(`/deposits/${operationId}`)).status, 404);
    assert.equal((await stranger.get(`/operations/${operationId}`)).status, 404);
    assert.equal(await available(), 5_000);
    assert.equal(await available(stranger), 0);
    assert.equal(timesAsked(operationId), 1);
  });

  it('have one effect when one id comes at once with different amounts', async () => {
    const operationId = randomUUID();
    const amounts = Array.from({ length: 20 }, (_, i) => 1_000 + i);
    const answers = await Promise.all(amounts.map((amount) => ask(amount, operationId)));
    const accepted = answers.filter(({ status }) => status === 201);
    assert.equal(accepted.length, 1);
    assert.equal(answers.filter(({ status }) => status === 422).length, 19);
    assert.equal(await available(), accepted[0]?.body.amountXof);
  });

  it('stay refused under their id', async () => {
    const operationId = randomUUID();
    const first = await ask(499, operationId);
    const second = await ask(499, operationId);
    assert.deepEqual({ ...second.body, requestId: '' }, { ...first.body, requestId: '' });
    assert.equal((await ask(1_000, operationId)).body.code, 'operation_id_reused');
    assert.equal(timesAsked(operationId), 0);
  });

  it('whose answer is lost are never called failed, and are found again', async () => {
    const operationId = randomUUID();
    fake.behaviour.beforeAnswer = () => Promise.reject(new Error('socket hang up'));
    const answer = await ask(8_000, operationId);
    assert.equal(answer.status, 201);
    assert.equal(answer.body.state, 'requested');
    assert.equal(await available(), 0);
    await resume();
    await resume();
    assert.equal(await available(), 8_000);
    assert.equal((await player.get(`/deposits/${operationId}`)).body.state, 'credited');
    assert.deepEqual((await ask(8_000, operationId)).body, answer.body, 'the same id, the same answer');
    assert.equal(timesAsked(operationId), 1);
  });

  it('whose server dies between provider and credit are credited once, by the retry or by the sweep', async () => {
    for (const recover of ['retry', 'sweep'] as const) {
      const operationId = randomUUID();
      const dead = Promise.withResolvers<void>();
      fake.behaviour.beforeAnswer = () => dead.promise;
      const first = ask(9_000, operationId);
      while (timesAsked(operationId) === 0) await new Promise((done) => setTimeout(done, 5));
      fake.behaviour.beforeAnswer = async () => undefined;
      const before = await available();
      if (recover === 'sweep') {
        await resume();
        assert.equal((await player.get(`/operations/${operationId}`)).body.answer.state, 'credited');
      }
      const second = await ask(9_000, operationId);
      assert.equal(second.body.state, 'credited', recover);
      dead.resolve();
      assert.deepEqual((await first).body, second.body);
      assert.equal(await available(), before + 9_000);
    }
  });

  it('that never reached the provider are asked for again', async () => {
    const operationId = randomUUID();
    fake.behaviour.beforeBooks = () => Promise.reject(new Error('ECONNREFUSED'));
    assert.equal((await ask(3_000, operationId)).body.state, 'requested');
    fake.behaviour.beforeBooks = async () => undefined;
    await resume();
    assert.equal(await available(), 3_000);
  });

  it('that the player has not paid yet wait, and are credited however late', async () => {
    const operationId = randomUUID();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    assert.equal((await ask(4_000, operationId)).body.state, 'requested');
    await resume();
    assert.equal(await available(), 0);
    fake.behaviour.foundDeposit = (reference) =>
      paidBy({ transaction: `late-${reference}`, amountXof: xof(4_000) });
    await Promise.all([resume(), resume(), resume()]);
    assert.equal(await available(), 4_000);
  });

  it('that the provider refuses bring nothing', async () => {
    fake.behaviour.depositAnswer = () => ({ kind: 'refused', reason: 'payer_blocked' });
    assert.equal((await ask(4_000)).body.state, 'refused');
    assert.equal(await available(), 0);
  });

  it('of another amount than asked go to a person', async () => {
    fake.behaviour.depositAnswer = (reference) => paidBy({ transaction: reference, amountXof: xof(40_000) });
    assert.equal((await ask(4_000)).body.state, 'review');
    await resume();
    assert.equal(await available(), 0);
  });

  it('with a transaction that has credited another one go to a person', async () => {
    fake.behaviour.depositAnswer = (_, amountXof) =>
      paidBy({ transaction: 'the same movement', amountXof: xof(amountXof) });
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(2_000)));
    assert.deepEqual(answers.map(({ body }) => body.state).sort(), [
      'credited',
      'review',
      'review',
      'review',
      'review',
    ]);
    assert.equal(await available(), 2_000);
  });
});

describe('deposits that can be paid in several ways', () => {
  let house: House;
  let fake: FakeProvider;
  let player: TestPlayer;
  const launch = { links: [{ label: 'Payer', url: 'https://pay.example/1' }], qr: { text: 'pay 1' } };
  const openUntil = (expiresAt: Date): DepositAnswer => ({
    kind: 'waiting',
    session: 'S1',
    launch,
    expiresAt,
  });
  before(async () => {
    fake = openFakeProvider({ repeatsSafely: false });
    house = await openHouse({ providers: { internal: fake } });
  });
  beforeEach(async () => {
    fake.reset();
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const ask = async (amountXof = 4_000) => {
    const operationId: string = randomUUID();
    await player.post('/deposits', { operationId, provider: 'internal', amountXof });
    return operationId;
  };
  const available = async () => (await player.get('/wallet')).body.availableXof;
  const attempt = (id: string) => player.post(`/deposits/${id}/attempts`, {});
  const look = (id: string) => player.post(`/deposits/${id}/look`, {});

  it('show what opens, until when, and a fresh session on request', async () => {
    const expiresAt = new Date(Date.now() + 1_800_000);
    fake.behaviour.depositAnswer = () => openUntil(expiresAt);
    const id = await ask();
    const shown = (await player.get(`/deposits/${id}`)).body;
    assert.deepEqual([shown.launch, shown.expiresAt], [launch, expiresAt.toISOString()]);
    assert.equal((await attempt(id)).status, 200);
    const references = fake.calls.filter((call) => call.startsWith('deposit '));
    assert.equal(new Set(references).size, 2, 'a reference of its own for each session');
  });

  it('are credited twice when two sessions of one were paid: both are real money', async () => {
    fake.behaviour.depositAnswer = () => openUntil(new Date(Date.now() + 1_800_000));
    const id = await ask();
    await attempt(id);
    fake.behaviour.foundDeposit = (reference) => paidBy({ transaction: `T-${reference}`, amountXof: 4_000 });
    await Promise.all([look(id), look(id), look(id)]);
    assert.equal(await available(), 8_000);
    assert.equal((await attempt(id)).body.code, 'deposit_has_come');
  });

  it('take ten sessions, not more', async () => {
    fake.behaviour.depositAnswer = () => openUntil(new Date(Date.now() + 1_800_000));
    const id = await ask();
    for (let seq = 2; seq <= 10; seq++) assert.equal((await attempt(id)).status, 200);
    assert.equal((await attempt(id)).body.code, 'deposit_attempts_used_up');
  });

  for (const given of ['expired', 'refused'] as const) {
    it(`are credited when the money comes after they were ${given}`, async () => {
      fake.behaviour.depositAnswer = () => openUntil(new Date(Date.now() + 1_800_000));
      const id = await ask();
      fake.behaviour.foundDeposit = () =>
        given === 'expired' ? { kind: 'expired' } : { kind: 'refused', reason: 'payer_refused' };
      assert.equal((await look(id)).body.state, given);
      fake.behaviour.foundDeposit = (reference) =>
        paidBy({ transaction: `T-${reference}`, amountXof: 4_000 });
      await pollDeposits(house.deps, 'internal', { aheadMs: 3_600_000 });
      assert.deepEqual([(await look(id)).body.state, await available()], ['credited', 4_000]);
    });
  }

  it('from another number than the player’s go to people, into suspense', async () => {
    fake.behaviour.depositAnswer = (reference) => {
      const payerPhone = '+221770009999';
      const payment = { transaction: reference, amountXof: xof(4_000), payerPhone, reference, paidAt: null };
      return { kind: 'paid', payments: [payment] };
    };
    const shown = (await player.get(`/deposits/${await ask()}`)).body;
    assert.deepEqual([shown.state, shown.reason, await available()], ['review', 'payer_differs', 0]);
  });

  it('are watched for two days after their end, then given up', async () => {
    fake.behaviour.depositAnswer = () => openUntil(new Date(Date.now() + 1_800_000));
    const id = await ask();
    await house.owner.query(
      `UPDATE deposit SET requested_at = requested_at - interval '49 hours', expires_at = now() - interval '48 hours 1 minute'
       WHERE id = $1`,
      [id],
    );
    fake.behaviour.foundDeposit = () => ({ kind: 'unknown', detail: 'silence' });
    await pollDeposits(house.deps, 'internal', { aheadMs: 3_600_000 });
    assert.equal((await player.get(`/deposits/${id}`)).body.state, 'expired');
    fake.calls.length = 0;
    await pollDeposits(house.deps, 'internal', { aheadMs: 3_600_000 });
    assert.deepEqual(
      fake.calls.filter((call) => call.includes(id)),
      [],
    );
  });

  it('are found again by the provider’s number, by their own player only', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const id = await ask();
    fake.behaviour.foundDeposit = (_, transaction) => {
      const payment = { amountXof: xof(4_000), payerPhone: null, reference: id, paidAt: null };
      return { kind: 'paid', payments: [{ ...payment, transaction: transaction ?? 'none' }] };
    };
    const find = (by: TestPlayer, transaction: unknown = 'T_FOUND1', provider = 'internal') =>
      by.post('/deposits/find', { provider, transaction });
    const stranger = await signUpPlayer(house);
    const refused = await find(stranger);
    assert.deepEqual([refused.status, refused.body.code], [422, 'payment_not_found']);
    assert.equal(await available(), 0);
    for (const bad of ['', 'x', "a' OR 1", 7, null, 'x'.repeat(65)]) {
      assert.equal((await find(player, bad)).body.code, 'request_invalid');
    }
    assert.equal((await find(player, 'T_FOUND1', 'nobody')).body.code, 'provider_not_for_you');
    const answers = await Promise.all([find(player), find(player), find(player)]);
    assert.deepEqual(new Set(answers.map(({ body }) => body.state)), new Set(['credited']));
    assert.equal(await available(), 4_000);
    fake.behaviour.foundDeposit = () => ({ kind: 'absent' });
    assert.equal((await find(player)).body.code, 'payment_not_found');
  });

  it('are refused at once, and not stored, while the provider is silent or stopped', async () => {
    const operationId = randomUUID();
    const input = { operationId, provider: 'internal', amountXof: 1_000 };
    await house.owner.query(
      `INSERT INTO provider_state (provider, deposits_stopped_at) VALUES ('internal', now())`,
    );
    const refused = await player.post('/deposits', input);
    assert.deepEqual([refused.status, refused.body.code], [503, 'provider_stopped']);
    await house.owner.query('DELETE FROM provider_state');
    assert.equal((await player.post('/deposits', input)).body.state, 'credited');
  });
});

describe('the internal provider', () => {
  it('serves only accounts flagged as test, in production too', async () => {
    const house = await openHouse({ isProduction: true });
    const { cookie, real, test } = await seedBoth(house);
    const ask = (path: string, of: string) =>
      house.app.player.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        headers: { cookie: of },
        payload: { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 },
      });
    for (const path of ['/deposits', '/withdrawals']) {
      const refused = await ask(path, cookie(real));
      assert.equal(refused.statusCode, 403, path);
      assert.equal(refused.json().code, 'provider_not_for_you');
    }
    assert.equal((await ask('/deposits', cookie(test))).json().state, 'credited');
    assert.equal((await ask('/withdrawals', cookie(test))).statusCode, 202);
    await house.assertSound();
    await house.close();
  });

  it('remembers nothing and gives the same answer to the same reference', async () => {
    const of = { reference: randomUUID(), amountXof: xof(1_000), phone: '+221771234567' };
    const order = { ...of, backUrl: 'https://mbayar.example/portefeuille' };
    const out = { ...of, requestedAt: new Date() };
    const [one, two] = [
      await internalProvider.requestDeposit(order),
      await internalProvider.requestDeposit(order),
    ];
    assert.deepEqual(one, two);
    assert.deepEqual(
      await internalProvider.sendWithdrawal(out, internalProvider.composeWithdrawal(out)),
      await internalProvider.sendWithdrawal(out, internalProvider.composeWithdrawal(out)),
    );
  });
});

/** A player with real money and one flagged as test, logged in, with production's cookies. */
async function seedBoth(house: House) {
  const [real] = await seedPlayers(house.owner, { count: 1, availableXof: 5_000, isTest: false });
  const [test] = await seedPlayers(house.owner, { count: 1, availableXof: 0, isTest: true });
  assert(real !== undefined && test !== undefined);
  return { real, test, cookie: (of: { cookie: string }) => `__Host-${of.cookie}` };
}
