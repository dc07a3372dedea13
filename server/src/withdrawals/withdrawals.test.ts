import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type FakeProvider, openFakeProvider } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { newPhone, signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { resumeWithdrawals } from './resume-withdrawals.ts';
import { sendWithdrawal } from './send-withdrawal.ts';

for (const repeatsSafely of [true, false]) {
  const with_ = repeatsSafely ? 'with an idempotency key' : 'that pays every request it gets';
  describe(`withdrawals through a provider ${with_}`, () => {
    let house: House;
    let fake: FakeProvider;
    let player: TestPlayer;
    const provider = 'internal';
    before(async () => {
      fake = openFakeProvider({ repeatsSafely });
      house = await openHouse({
        providers: { internal: fake },
        settings: { withdrawalsAccountHour: 1_000 },
      });
    });
    beforeEach(async () => {
      fake.reset();
      player = await signUpPlayer(house, { availableXof: 10_000 });
    });
    after(async () => {
      await house.assertSound();
      await house.close();
    });

    const ask = (amountXof: unknown, operationId: string = randomUUID(), by = player) =>
      by.post('/withdrawals', { operationId, provider, amountXof });
    const send = (id: string) => sendWithdrawal(house.deps, id);
    const stateOf = async (id: string) => (await player.get(`/withdrawals/${id}`)).body.state;
    const wallet = async () => {
      const { availableXof, withdrawingXof } = (await player.get('/wallet')).body;
      return { availableXof, withdrawingXof };
    };
    const timesSent = (id: string) => fake.calls.filter((call) => call === `withdrawal ${id}`).length;

    it('leave the balance at the request and end as paid', async () => {
      const operationId = randomUUID();
      const answer = await ask(6_000, operationId);
      assert.equal(answer.status, 202);
      const { requestedAt, ...rest } = answer.body;
      assert.match(requestedAt, /Z$/);
      assert.deepEqual(rest, { operationId, provider, amountXof: 6_000, state: 'requested' });
      assert.deepEqual(await wallet(), { availableXof: 4_000, withdrawingXof: 6_000 });
      await send(operationId);
      assert.equal(await stateOf(operationId), 'paid');
      assert.deepEqual(await wallet(), { availableXof: 4_000, withdrawingXof: 0 });
      assert.equal(fake.paidOut.get(operationId), 1);
      assert.deepEqual((await ask(6_000, operationId)).body, answer.body, 'the same id, the same answer');
    });

    it('W15: that went out keep the number they went out with, whatever the player’s is by now', async () => {
      const operationId = randomUUID();
      await ask(6_000, operationId);
      fake.behaviour.beforeAnswer = () => Promise.reject(new Error('ETIMEDOUT'));
      await send(operationId);
      await house.owner.query('UPDATE player SET phone = $2 WHERE id = $1', [player.playerId, newPhone()]);
      assert.equal(await stateOf(operationId), 'unknown');
      fake.reset();
      await send(operationId);
      assert.deepEqual([await stateOf(operationId), fake.paidOut.get(operationId)], ['paid', 1]);
      const [row] = await house.owner.query<{ phone: string }>('SELECT phone FROM withdrawal WHERE id = $1', [
        operationId,
      ]);
      assert.equal(row?.phone, player.phone);
    });

    it('refuse what is no amount, outside the limits, or more than there is', async () => {
      for (const amount of [0, -5, 502.5, 1e20, '1000', null]) {
        assert.equal((await ask(amount)).body.code, 'request_invalid', JSON.stringify(amount));
      }
      assert.equal((await ask(495)).body.code, 'withdrawal_below_min');
      const odd = await ask(1_003);
      assert.equal(odd.body.code, 'withdrawal_not_multiple');
      assert.deepEqual(odd.body.params, { multipleXof: 5, nearestXof: 1_000 });
      assert.equal(
        (await ask(20_003)).body.code,
        'withdrawal_insufficient_funds',
        'nothing above is proposed',
      );
      const tooMuch = await ask(10_005);
      assert.equal(tooMuch.status, 409);
      assert.equal(tooMuch.body.code, 'withdrawal_insufficient_funds');
      assert.deepEqual(tooMuch.body.params, { availableXof: 10_000 });
      assert.deepEqual(await wallet(), { availableXof: 10_000, withdrawingXof: 0 });
    });

    it('of the whole balance, ten at once: exactly one', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(10_000)));
      assert.equal(answers.filter(({ status }) => status === 202).length, 1);
      const refused = answers.filter(({ body }) => body.code === 'withdrawal_insufficient_funds');
      assert.equal(refused.length, 9);
      assert.deepEqual(await wallet(), { availableXof: 0, withdrawingXof: 10_000 });
    });

    it('have one effect when one id comes fifty times at once', async () => {
      const operationId = randomUUID();
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(1_000, operationId)));
      for (const answer of answers) assert.deepEqual([answer.status, answer.body], [202, answers[0]?.body]);
      assert.deepEqual(await wallet(), { availableXof: 9_000, withdrawingXof: 1_000 });
      assert.equal((await ask(1_005, operationId)).body.code, 'operation_id_reused');
      const stranger = await signUpPlayer(house, { availableXof: 5_000 });
      assert.equal((await ask(1_000, operationId, stranger)).body.code, 'operation_id_reused');
      assert.equal((await stranger.get(`/withdrawals/${operationId}`)).status, 404);
    });

    it('stay refused under their id, also after a deposit', async () => {
      const operationId = randomUUID();
      await ask(20_000, operationId);
      await player.post('/deposits', { operationId: randomUUID(), provider, amountXof: 50_000 });
      const again = await ask(20_000, operationId);
      assert.equal(again.body.code, 'withdrawal_insufficient_funds');
      assert.deepEqual(again.body.params, { availableXof: 10_000 });
    });

    it('that the provider refuses come back, once', async () => {
      const operationId = randomUUID();
      fake.behaviour.withdrawalAnswer = () => ({ kind: 'refused', reason: 'recipient_limit' });
      await ask(2_000, operationId);
      await Promise.all([send(operationId), send(operationId), send(operationId)]);
      await send(operationId);
      assert.equal(await stateOf(operationId), 'refused');
      assert.deepEqual(await wallet(), { availableXof: 10_000, withdrawingXof: 0 });
      const { movements } = (await player.get('/wallet/statement')).body;
      assert.deepEqual(
        movements.map(({ kind, amountXof }: { kind: string; amountXof: number }) => [kind, amountXof]),
        [
          ['withdrawal_refused', 2_000],
          ['withdrawal_requested', -2_000],
          ['deposit_credited', 10_000],
        ],
      );
    });

    it('paid without an answer are unknown, looked up, and paid once', async () => {
      const operationId = randomUUID();
      fake.behaviour.beforeAnswer = () => Promise.reject(new Error('ETIMEDOUT'));
      await ask(2_000, operationId);
      await send(operationId);
      assert.equal(await stateOf(operationId), 'unknown');
      assert.deepEqual(await wallet(), { availableXof: 8_000, withdrawingXof: 2_000 });
      await send(operationId);
      assert.equal(await stateOf(operationId), 'paid');
      assert.equal(fake.paidOut.get(operationId), 1);
      assert.equal(timesSent(operationId), 1);
    });

    it('whose request was lost are sent again only where that is safe', async () => {
      const operationId = randomUUID();
      fake.behaviour.beforeBooks = () => Promise.reject(new Error('ECONNRESET'));
      await ask(2_000, operationId);
      await send(operationId);
      fake.reset();
      for (let i = 0; i < 3; i++) await send(operationId);
      assert.equal(await stateOf(operationId), repeatsSafely ? 'paid' : 'unknown');
      assert.equal(timesSent(operationId), repeatsSafely ? 2 : 1);
      assert.deepEqual(await wallet(), { availableXof: 8_000, withdrawingXof: repeatsSafely ? 0 : 2_000 });
    });

    it('are paid once when ten workers take one up at once', async () => {
      const operationId = randomUUID();
      fake.behaviour.beforeBooks = () => new Promise((done) => setTimeout(done, 10));
      await ask(2_000, operationId);
      await Promise.all(Array.from({ length: 10 }, () => send(operationId)));
      await send(operationId);
      assert.equal(await stateOf(operationId), 'paid');
      assert.equal(fake.paidOut.get(operationId), 1);
    });

    it('whose worker dies on the way are taken up again', async () => {
      const operationId = randomUUID();
      const dead = Promise.withResolvers<void>();
      fake.behaviour.beforeAnswer = () => dead.promise;
      await ask(2_000, operationId);
      const first = send(operationId);
      while (timesSent(operationId) === 0) await new Promise((done) => setTimeout(done, 5));
      assert.equal(await stateOf(operationId), 'sent');
      fake.reset();
      await send(operationId);
      assert.equal(await stateOf(operationId), 'sent', 'somebody may be sending it at this moment');
      await house.owner.query(
        `UPDATE withdrawal SET sent_at = sent_at - interval '20 seconds' WHERE id = $1`,
        [operationId],
      );
      await send(operationId);
      assert.equal(await stateOf(operationId), 'paid');
      dead.resolve();
      await first;
      assert.equal(fake.paidOut.get(operationId), 1);
      assert.deepEqual(await wallet(), { availableXof: 8_000, withdrawingXof: 0 });
    });

    it('are done by the job that was sent with them, or found by the sweep when it is gone', async () => {
      const lost = randomUUID();
      await ask(1_000, lost);
      await house.owner.query('DELETE FROM pgboss.job');
      const sent = randomUUID();
      await ask(1_000, sent);
      await resumeWithdrawals(house.deps);
      await resumeWithdrawals(house.deps);
      const [jobs] = await house.owner.query<{ count: number }>(
        `SELECT count(*) FROM pgboss.job WHERE data->>'withdrawalId' = ANY ($1)`,
        [[lost, sent]],
      );
      assert.equal(jobs?.count, 2, 'one job for each');
      await house.jobs.work('send-withdrawal', ({ withdrawalId }) => send(withdrawalId));
      while ((await stateOf(lost)) !== 'paid' || (await stateOf(sent)) !== 'paid') {
        await new Promise((done) => setTimeout(done, 50));
      }
      assert.equal(fake.paidOut.get(lost), 1);
      assert.equal(fake.paidOut.get(sent), 1);
    });
  });
}
