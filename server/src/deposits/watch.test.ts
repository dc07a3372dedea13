/** What becomes of deposits whose provider is late, silent, contradicts itself, or loses what was asked of it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { loadPageBundles } from '../page-bundle.ts';
import type { DepositAnswer, PaymentProvider } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider, paidBy, waitingDeposit } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { Reader } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';
import { pollDeposits } from './poll-deposits.ts';

describe('deposits under watch', () => {
  let house: House;
  let fake: FakeProvider;
  let other: FakeProvider;
  let player: TestPlayer;
  before(async () => {
    // The same reference twice would be two sessions here.
    fake = openFakeProvider({ repeatsSafely: false });
    other = openFakeProvider({ repeatsSafely: false });
    const second: PaymentProvider = { ...other, name: 'other' };
    house = await openHouse({
      providers: { internal: fake, other: second },
      pages: await loadPageBundles(),
    });
  });
  beforeEach(async () => {
    fake.reset();
    other.reset();
    fake.calls.length = 0;
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const ask = async (provider = 'internal', operationId: string = randomUUID()) => {
    const answer = await player.post('/deposits', { operationId, provider, amountXof: 4_000 });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return operationId;
  };
  const shown = async (id: string) => (await player.get(`/deposits/${id}`)).body;
  const available = async (of = player) => (await of.get('/wallet')).body.availableXof;
  const poll = (provider = 'internal') => pollDeposits(house.deps, provider, { aheadMs: 24 * 3_600_000 });
  const age = (by: string) =>
    house.owner.query(
      `WITH d AS (UPDATE deposit SET requested_at = requested_at - $2::interval, expires_at = expires_at - $2::interval
         WHERE player_id = $1 RETURNING id)
       UPDATE deposit_attempt SET requested_at = requested_at - $2::interval, expires_at = expires_at - $2::interval
       WHERE deposit_id IN (SELECT id FROM d)`,
      [player.playerId, by],
    );
  const paid = (reference: string, amountXof = 4_000) =>
    paidBy({ transaction: `T-${reference}`, amountXof: xof(amountXof) });
  const asked = () => fake.calls.filter((call) => call.startsWith('deposit ')).map((call) => call.slice(8));

  it('whose request was lost get a new reference when the old one is not safe to repeat; both are watched', async () => {
    fake.behaviour.beforeBooks = () => Promise.reject(new Error('ECONNRESET'));
    const id = await ask();
    fake.reset();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    await poll();
    assert.deepEqual(asked(), [id], 'whoever asked may still be waiting for the answer');
    await age('20 seconds');
    await Promise.all([poll(), poll()]);
    const references = new Set(asked());
    assert.ok(references.size >= 2 && references.has(id));
    // The first one had been made after all, and both were paid.
    const [, second = ''] = [...references];
    fake.behaviour.foundDeposit = (reference) =>
      reference === id || reference === second ? paid(reference) : { kind: 'absent' };
    await poll();
    assert.equal(await available(), 8_000);
    const { state, history } = await shown(id);
    assert.equal(state, 'credited');
    const states = history.map((event: { state: string }) => event.state);
    assert.deepEqual(states, ['requested', 'credited', 'credited'], 'the second payment is told too');
  });

  it('asked for again under the same id while their first request is on its way are one session', async () => {
    const slow = Promise.withResolvers<void>();
    fake.behaviour.beforeBooks = () => slow.promise;
    fake.behaviour.depositAnswer = (reference) => paid(reference);
    const operationId = randomUUID();
    const first = ask('internal', operationId);
    while (asked().length === 0) await new Promise((done) => setTimeout(done, 5));
    await ask('internal', operationId);
    slow.resolve();
    await first;
    assert.deepEqual(asked(), [operationId]);
    assert.equal(await available(), 4_000);
  });

  it('that the provider knows nothing of are over when their time is, and late money is credited', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    fake.behaviour.depositAnswer = () => ({ kind: 'waiting', session: 'S', launch: null, expiresAt });
    fake.behaviour.foundDeposit = () => ({ kind: 'absent' });
    const id = await ask();
    await poll();
    assert.equal((await shown(id)).state, 'requested', 'not found is not refused');
    await age('2 minutes');
    await poll();
    assert.deepEqual([(await shown(id)).state, (await shown(id)).reason], ['expired', 'deposit_expired']);
    await age('47 hours');
    fake.behaviour.foundDeposit = (reference) => paid(reference);
    await Promise.all([poll(), poll(), poll()]);
    assert.deepEqual([(await shown(id)).state, await available()], ['credited', 4_000]);
  });

  it('W09 no callback at all: the poller credits; without an answer it gives up after two days, for good', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const [found, lost] = [await ask(), await ask()];
    fake.behaviour.foundDeposit = (reference) =>
      reference === found ? paid(reference) : { kind: 'later', reason: 'provider_unreachable', detail: '' };
    await poll();
    assert.deepEqual([(await shown(found)).state, await available()], ['credited', 4_000]);
    assert.equal((await shown(lost)).state, 'requested', 'silence is not a refusal');
    await age('49 hours');
    await poll();
    assert.equal((await shown(lost)).state, 'expired');
    fake.calls.length = 0;
    await poll();
    assert.ok(!fake.calls.some((call) => call.includes(lost)));
  });

  it('whose payer was refused wait with the reason, and may be paid all the same', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const id = await ask();
    fake.behaviour.foundDeposit = () => ({
      ...(waitingDeposit as Extract<DepositAnswer, { kind: 'waiting' }>),
      reason: 'payer_insufficient_funds',
    });
    for (let i = 0; i < 3; i++) await poll();
    const { state, reason, history } = await shown(id);
    assert.deepEqual([state, reason, history.length], ['requested', 'payer_insufficient_funds', 2]);
    fake.behaviour.foundDeposit = (reference) => paid(reference);
    await poll();
    assert.deepEqual([(await shown(id)).state, (await shown(id)).reason], ['credited', null]);
  });

  it('W08 are not credited by a payment that names another reference, whoever’s it is', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const stranger = await signUpPlayer(house);
    const theirs: string = randomUUID();
    await stranger.post('/deposits', { operationId: theirs, provider: 'internal', amountXof: 4_000 });
    const [mine, unknown] = [await ask(), randomUUID()];
    const naming = (reference: string): DepositAnswer => ({
      kind: 'paid',
      payments: [
        { transaction: `T-${reference}`, amountXof: xof(4_000), payerPhone: null, reference, paidAt: null },
      ],
    });
    fake.behaviour.foundDeposit = (reference) => (reference === mine ? naming(theirs) : { kind: 'absent' });
    await poll();
    assert.deepEqual([await available(), await available(stranger)], [0, 0]);
    fake.behaviour.foundDeposit = (reference) =>
      reference === mine ? naming(unknown) : reference === theirs ? naming(theirs) : { kind: 'absent' };
    await poll();
    assert.deepEqual([await available(), await available(stranger)], [0, 4_000]);
    const rows = await house.owner.query<object>(
      'SELECT state, reason, player_id AS "playerId" FROM incoming_payment WHERE transaction = $1',
      [`T-${unknown}`],
    );
    assert.deepEqual(rows, [{ state: 'review', reason: 'reference_unknown', playerId: null }]);
  });

  it('W07 of another amount, or without one that can be read, wait for people with what was confirmed', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const [more, unreadable] = [await ask(), await ask()];
    fake.behaviour.foundDeposit = (reference) =>
      reference === more ? paid(reference, 40_000) : { kind: 'unreadable', detail: '10.50 EUR' };
    await poll();
    assert.deepEqual(
      [(await shown(more)).reason, (await shown(unreadable)).reason],
      ['amount_differs', 'amount_unreadable'],
    );
    assert.equal(await available(), 0);
    const rows = await house.owner.query<object>(
      'SELECT amount_xof AS "amountXof", state FROM incoming_payment WHERE deposit_id = $1',
      [more],
    );
    assert.deepEqual(rows, [{ amountXof: 40_000, state: 'review' }]);
  });

  it('F08 of one provider are credited while another one hangs', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    other.behaviour.depositAnswer = () => waitingDeposit;
    for (let i = 0; i < 5; i++) await ask();
    const id = await ask('other');
    const hanging = Promise.withResolvers<DepositAnswer>();
    const findDeposit = fake.findDeposit;
    Object.assign(house.deps.providers['internal'] ?? {}, { findDeposit: () => hanging.promise });
    const stuck = poll();
    other.behaviour.foundDeposit = (reference) => paid(reference);
    await poll('other');
    assert.deepEqual([(await shown(id)).state, await available()], ['credited', 4_000]);
    hanging.resolve({ kind: 'absent' });
    await stuck;
    Object.assign(house.deps.providers['internal'] ?? {}, { findDeposit });
  });

  it('stopped by the house: what was answered before is answered again, new ones are refused and not stored', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const id = await ask();
    await house.owner.query(
      `INSERT INTO provider_state (provider, deposits_stopped_at) VALUES ('internal', clock_timestamp())`,
    );
    await ask('internal', id);
    const operationId = randomUUID();
    const refused = await player.post('/deposits', { operationId, provider: 'internal', amountXof: 4_000 });
    assert.deepEqual([refused.status, refused.body.code], [503, 'provider_stopped']);
    const fresh = await player.post(`/deposits/${id}/attempts`, {});
    assert.equal(fresh.body.code, 'provider_stopped');
    await house.owner.query('DELETE FROM provider_state');
    await ask('internal', operationId);
  });

  it('W09 that came to no end by themselves are listed for finance and support, and no others', async () => {
    fake.behaviour.depositAnswer = () => waitingDeposit;
    const [silent, unreadable, unpaid] = [await ask(), await ask(), await ask()];
    fake.behaviour.foundDeposit = (reference) =>
      reference === silent
        ? { kind: 'unknown', detail: 'HTML' }
        : reference === unreadable
          ? { kind: 'unreadable', detail: '10.50 EUR' }
          : { kind: 'expired' };
    await poll();
    await age('73 hours');
    await poll();
    const staff = await seedStaff(house.owner, 1, 'finance');
    const list = await new Reader(house.app.office, staff[0]?.cookie).open('/depots-a-voir');
    assert.equal(list.status, 200);
    const isListed = (id: string) => list.html.includes(id);
    assert.deepEqual([isListed(silent), isListed(unreadable), isListed(unpaid)], [true, true, false]);
    for (const words of [/Sans réponse/, /À vérifier/, /10\.50 EUR/]) assert.match(list.text, words);
    const [operator] = await seedStaff(house.owner, 1, 'operator');
    assert.equal((await new Reader(house.app.office, operator?.cookie).ask('/depots-a-voir')).status, 403);
  });
});
