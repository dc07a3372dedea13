/** Deposits through the providers as they really behave: their interfaces, their pages, their callbacks. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { type Knock, pass, type Simulated } from '../testing/simulated-providers.ts';
import { pollDeposits } from './poll-deposits.ts';

/** How a person pays on the simulator's page. */
const payers = [
  {
    name: 'wave',
    pay: (_phone: string) => 'action=payer',
    refuse: 'action=solde',
    reason: 'payer_insufficient_funds',
  },
  {
    name: 'orange',
    pay: (phone: string) => `action=pay&number=${encodeURIComponent(phone)}`,
    refuse: null,
    reason: null,
  },
] as const;

for (const { name, pay, refuse, reason } of payers) {
  describe(`deposits by ${name}, simulated`, () => {
    let house: House;
    let player: TestPlayer;
    let simulated: Simulated;
    before(async () => {
      house = await openHouse({ simulators: true });
      assert(house.simulated !== null);
      simulated = house.simulated;
    });
    beforeEach(async () => {
      simulated.knocks.length = 0;
      simulated.shut(false);
      player = await signUpPlayer(house);
    });
    after(async () => {
      await house.assertSound();
      await house.close();
    });

    const ask = async (amountXof = 3_000) => {
      const operationId: string = randomUUID();
      const asked = await player.post('/deposits', { operationId, provider: name, amountXof });
      assert.equal(asked.status, 201, JSON.stringify(asked.body));
      return operationId;
    };
    const shown = async (id: string) => (await player.get(`/deposits/${id}`)).body;
    const available = async () => (await player.get('/wallet')).body.availableXof;
    const send = async (id: string, body: string) => {
      const { launch } = await shown(id);
      const answer = await fetch(launch.links[0].url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      await answer.arrayBuffer();
      assert.ok(answer.status < 400, `${answer.status}`);
    };
    const poll = () => pollDeposits(house.deps, name, { aheadMs: 24 * 3_600_000 });
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await new Promise((done) => setTimeout(done, 5));
    };
    const credits = async (id: string) =>
      (
        await house.owner.query(
          `SELECT 1 FROM incoming_payment WHERE deposit_id = $1 AND state = 'credited'`,
          [id],
        )
      ).length;

    it('W01 W03 a payment is credited by its callback; a hundred replays credit nothing more', async () => {
      const id = await ask();
      await send(id, pay(player.phone));
      await until(async () => (await shown(id)).state === 'credited');
      assert.equal(await available(), 3_000);
      const [knock] = simulated.knocks;
      assert(knock !== undefined);
      const statuses = await Promise.all(Array.from({ length: 100 }, () => pass(house.app.player, knock)));
      assert.deepEqual(new Set(statuses), new Set([200]));
      await poll();
      assert.deepEqual([await available(), await credits(id)], [3_000, 1]);
    });

    it('W02 W04 what is not the provider’s own is refused: another secret, no secret', async () => {
      const id = await ask();
      simulated.shut(true);
      await send(id, pay(player.phone));
      await until(async () => simulated.knocks.length > 0);
      const [knock] = simulated.knocks;
      assert(knock !== undefined);
      const { authorization: _, 'wave-signature': __, 'x-sonatel-signature': ___, ...bare } = knock.headers;
      const forged: Knock[] = [
        { ...knock, headers: bare },
        { ...knock, headers: { ...bare, authorization: 'Bearer guessed', 'wave-signature': 't=1,v1=00' } },
      ];
      for (const one of forged) assert.equal(await pass(house.app.player, one), 401);
      assert.deepEqual([(await shown(id)).state, await available()], ['requested', 0]);
      await poll();
      assert.equal(await available(), 3_000, 'the money is there all the same');
    });

    it('W09 no callback reaches us: the poller credits', async () => {
      simulated.shut(true);
      const id = await ask();
      await send(id, pay(player.phone));
      await until(async () => simulated.knocks.length > 0);
      assert.equal((await shown(id)).state, 'requested');
      await Promise.all([poll(), poll(), poll()]);
      assert.deepEqual(
        [(await shown(id)).state, await available(), await credits(id)],
        ['credited', 3_000, 1],
      );
    });

    it('two sessions of one deposit, both paid: both are credited', async () => {
      const id = await ask();
      const first = (await shown(id)).launch.links[0].url;
      await player.post(`/deposits/${id}/attempts`, {});
      assert.notEqual((await shown(id)).launch.links[0].url, first);
      simulated.shut(true);
      await send(id, pay(player.phone));
      const answer = await fetch(first, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: pay(player.phone),
      });
      await answer.arrayBuffer();
      await Promise.all([poll(), poll()]);
      assert.deepEqual([await available(), await credits(id)], [6_000, 2]);
    });

    if (refuse !== null) {
      it('W06 a failed try is said, and the same session is paid afterwards', async () => {
        const id = await ask();
        await send(id, refuse);
        await until(async () => (await shown(id)).reason === reason);
        assert.equal((await shown(id)).state, 'requested');
        await send(id, pay(player.phone));
        await until(async () => (await shown(id)).state === 'credited');
        assert.equal(await available(), 3_000);
      });
    } else {
      it('from another number the money waits for people', async () => {
        const id = await ask();
        await send(id, 'action=pay_other');
        await until(async () => (await shown(id)).state === 'review');
        assert.deepEqual([(await shown(id)).reason, await available()], ['payer_differs', 0]);
      });
    }
  });
}
