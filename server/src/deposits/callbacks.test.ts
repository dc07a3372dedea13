import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  type FakeProvider,
  fakeCallbackSecret,
  openFakeProvider,
  paidBy,
  waitingDeposit,
} from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { approveSettings } from '../testing/seed-settings.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { readCallback } from './read-callback.ts';

describe('callbacks of a provider', () => {
  let house: House;
  let fake: FakeProvider;
  let player: TestPlayer;
  before(async () => {
    fake = openFakeProvider();
    house = await openHouse({ providers: { internal: fake } });
  });
  beforeEach(async () => {
    fake.reset();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const call = (
    told: object | string,
    { secret = fakeCallbackSecret, provider = 'internal' }: { secret?: string; provider?: string } = {},
  ) =>
    house.app.player.inject({
      method: 'POST',
      url: `/callbacks/${provider}`,
      headers: { 'content-type': 'application/json', 'x-fake-secret': secret },
      payload: typeof told === 'string' ? told : JSON.stringify(told),
    });
  const ask = async (amountXof = 5_000) => {
    const operationId: string = randomUUID();
    await player.post('/deposits', { operationId, provider: 'internal', amountXof });
    return operationId;
  };
  const pay = () => {
    fake.behaviour.foundDeposit = (reference) => paidBy({ transaction: `T-${reference}`, amountXof: 5_000 });
  };
  const available = async (of = player) => (await of.get('/wallet')).body.availableXof;
  /** Reads what this node has not read by itself yet. */
  const readAll = async () => {
    for (const { id } of await house.owner.query<{ id: number }>(
      'SELECT id FROM provider_callback WHERE read_at IS NULL ORDER BY id',
    )) {
      await readCallback(house.deps, id);
    }
  };
  const stored = (event: string) =>
    house.owner.query<{ outcome: string | null; count: number }>(
      'SELECT outcome, delivery_count AS count FROM provider_callback WHERE event_id = $1',
      [event],
    );

  it('a hundred deliveries of one success at once: one credit, always 2xx', async () => {
    const reference = await ask();
    pay();
    const event = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => call({ event, about: 'deposit', reference })),
    );
    assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]));
    await readAll();
    assert.equal(await available(), 5_000);
    assert.deepEqual(await stored(event), [{ outcome: 'credited', count: 100 }]);
  });

  it('two events of one payment: one credit', async () => {
    const reference = await ask();
    pay();
    for (const event of [randomUUID(), randomUUID()]) await call({ event, about: 'deposit', reference });
    await readAll();
    assert.equal(await available(), 5_000);
  });

  it('forged: 401, nothing stored, nothing credited, and the audit log knows', async () => {
    const reference = await ask();
    pay();
    const event = randomUUID();
    const answer = await call({ event, about: 'deposit', reference }, { secret: 'guessed' });
    assert.equal(answer.statusCode, 401);
    await readAll();
    assert.deepEqual([await available(), await stored(event)], [0, []]);
    const [noted] = await house.owner.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entry WHERE command = 'refuse-callback'`,
    );
    assert.equal((noted?.count ?? 0) > 0, true);
  });

  it('a flood of forged ones does not fill the audit log', async () => {
    await Promise.all(Array.from({ length: 60 }, () => call({ event: 'x' }, { secret: 'guessed' })));
    const [noted] = await house.owner.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entry WHERE command = 'refuse-callback'`,
    );
    assert.equal((noted?.count ?? 0) <= 20, true);
  });

  it('to a provider that is not there: 404; that is no message at all: 503, and nothing is lost', async () => {
    assert.equal((await call({}, { provider: 'nobody' })).statusCode, 404);
    assert.equal((await call('no json')).statusCode, 503);
  });

  it('before our own row is there: parked, and credited when it is', async () => {
    const reference = randomUUID();
    const event = randomUUID();
    pay();
    await call({ event, about: 'deposit', reference });
    await readAll();
    assert.deepEqual(await stored(event), [{ outcome: null, count: 1 }]);
    const input = { operationId: reference, provider: 'internal', amountXof: 5_000 };
    assert.equal((await player.post('/deposits', input)).status, 201);
    await readAll();
    assert.equal(await available(), 5_000);
  });

  it('success then failure, failure then success: the provider’s own answer decides', async () => {
    const [won, lost] = [await ask(), await ask()];
    fake.behaviour.foundDeposit = (reference) =>
      reference === won
        ? paidBy({ transaction: `T-${reference}`, amountXof: 5_000 })
        : { kind: 'refused', reason: 'payer_refused' };
    for (const reference of [won, lost]) {
      await call({ event: randomUUID(), about: 'deposit', reference, status: 'SUCCESS' });
      await call({ event: randomUUID(), about: 'deposit', reference, status: 'FAILED' });
    }
    await readAll();
    const states = [won, lost].map(async (id) => (await player.get(`/deposits/${id}`)).body.state);
    assert.deepEqual(await Promise.all(states), ['credited', 'refused']);
    assert.equal(await available(), 5_000);
  });

  it('of a deposit that was given up, while the provider says nothing: read again until it does', async () => {
    const reference = await ask();
    await house.owner.query(
      `UPDATE deposit SET requested_at = requested_at - interval '49 hours', expires_at = now() - interval '48 hours 1 minute'
       WHERE id = $1`,
      [reference],
    );
    fake.behaviour.foundDeposit = () => ({ kind: 'unknown', detail: 'silence' });
    const event = randomUUID();
    await call({ event, about: 'deposit', reference });
    await readAll();
    assert.deepEqual(await stored(event), [{ outcome: null, count: 1 }]);
    pay();
    await readAll();
    assert.deepEqual([await available(), await stored(event)], [5_000, [{ outcome: 'credited', count: 1 }]]);
  });

  it('of money that nobody announced: into suspense, to nobody’s balance', async () => {
    const event = randomUUID();
    fake.behaviour.foundDeposit = (_, transaction) =>
      paidBy({ transaction: transaction ?? '', amountXof: 7_000 });
    await call({ event, about: 'deposit', transaction: 'stranger' });
    await call({ event: `${event} again`, about: 'deposit', transaction: 'stranger' });
    await readAll();
    assert.equal(await available(), 0);
    const rows = await house.owner.query(
      `SELECT state, reason, amount_xof AS "amountXof", player_id AS "playerId" FROM incoming_payment
       WHERE transaction = 'stranger'`,
    );
    assert.deepEqual(rows, [
      { state: 'review', reason: 'reference_unknown', amountXof: 7_000, playerId: null },
    ]);
  });

  it('about a withdrawal of nobody’s: answered, and nothing happens', async () => {
    const event = randomUUID();
    assert.equal((await call({ event, about: 'withdrawal', reference: 'x' })).statusCode, 200);
    await readAll();
    assert.deepEqual(await stored(event), [{ outcome: 'no withdrawal of ours', count: 1 }]);
  });

  it('are under none of the rules for people: other types, other origins, one address again and again', async () => {
    const reference = await ask();
    pay();
    const strange = [
      { 'content-type': 'text/plain; charset=iso-8859-1' },
      {
        'content-type': 'application/json',
        origin: 'https://provider.example',
        'sec-fetch-site': 'cross-site',
      },
      { 'content-type': 'application/json', cookie: 'mb_player=x' },
      {},
    ];
    for (const headers of strange) {
      const answer = await house.app.player.inject({
        method: 'POST',
        url: '/callbacks/internal',
        headers: { 'x-fake-secret': fakeCallbackSecret, ...headers },
        payload: Buffer.from(JSON.stringify({ event: randomUUID(), about: 'deposit', reference })),
      });
      assert.equal(answer.statusCode, 200, JSON.stringify(headers));
    }
    await approveSettings(house.owner, { rateAddressMinute: 100 });
    for (let i = 0; i < 120; i++) assert.equal((await call({ event: 'again' })).statusCode, 200);
    await readAll();
    assert.equal(await available(), 5_000);
  });

  it('that are too large are refused; those that cannot be stored come again', async () => {
    assert.equal((await call('x'.repeat(65 * 1024))).statusCode, 413);
    const reference = await ask();
    const event = randomUUID();
    pay();
    await house.owner.query('REVOKE INSERT ON provider_callback FROM mbayar_app');
    const failed = await call({ event, about: 'deposit', reference });
    assert.deepEqual([failed.statusCode, failed.headers['retry-after']], [503, '5']);
    await house.owner.query('GRANT INSERT ON provider_callback TO mbayar_app');
    assert.equal((await call({ event, about: 'deposit', reference })).statusCode, 200);
    await readAll();
    assert.equal(await available(), 5_000);
  });

  it('about a withdrawal of ours: it is looked up at once, and not only when its job is due', async () => {
    await player.post('/deposits', { operationId: randomUUID(), provider: 'internal', amountXof: 5_000 });
    pay();
    for (const { id } of await house.owner.query<{ id: string }>(
      'SELECT id FROM deposit WHERE player_id = $1',
      [player.playerId],
    )) {
      await player.post(`/deposits/${id}/look`, {});
    }
    const reference = randomUUID();
    fake.behaviour.withdrawalAnswer = () => ({ kind: 'waiting', session: 'W1' });
    await player.post('/withdrawals', { operationId: reference, provider: 'internal', amountXof: 2_000 });
    await sendWithdrawal(house.deps, reference);
    fake.paysOut(reference);
    await call({ event: randomUUID(), about: 'withdrawal', session: 'W1' });
    await readAll();
    assert.equal((await player.get(`/withdrawals/${reference}`)).body.state, 'paid');
  });
});
