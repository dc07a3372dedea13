import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Tier } from '#core/ceilings.ts';
import { xof } from '#core/money.ts';
import { pollDeposits } from '../deposits/poll-deposits.ts';
import { type FakeProvider, openFakeProvider, paidBy, waitingDeposit } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, seedMarkets, seedPlayers } from '../testing/seed.ts';

describe('ceilings', () => {
  let house: House;
  let fake: FakeProvider;
  const provider = 'internal';
  before(async () => {
    fake = openFakeProvider();
    house = await openHouse({ providers: { internal: fake } });
  });
  beforeEach(() => fake.reset());
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const player = async (tier: Tier, availableXof = 0): Promise<SeededPlayer> => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof, tier });
    assert(one !== undefined);
    return one;
  };
  const put = (by: SeededPlayer, amountXof: number, operationId: string = randomUUID()) =>
    house.post('/deposits', by.cookie, { operationId, provider, amountXof });
  const take = (by: SeededPlayer, amountXof: number) =>
    house.post('/withdrawals', by.cookie, { operationId: randomUUID(), provider, amountXof });
  const wallet = async (of: SeededPlayer) => (await house.get('/wallet', of.cookie)).body;
  const age = (table: 'deposit' | 'withdrawal', of: SeededPlayer, by: string) =>
    house.owner.query(
      `UPDATE ${table} SET requested_at = requested_at - $2::interval
       ${table === 'deposit' ? ', credited_at = credited_at - $2::interval' : ''} WHERE player_id = $1`,
      [of.playerId, by],
    );
  const resume = () => pollDeposits(house.deps, 'internal', { aheadMs: 60_000 });

  it('of deposits hold for any 24 hours, and say what is left and when it frees', async () => {
    const one = await player('phone');
    assert.equal((await put(one, 60_000)).status, 201);
    const tooMuch = await put(one, 40_001);
    assert.deepEqual([tooMuch.status, tooMuch.body.code], [409, 'deposit_over_ceiling']);
    const { freesAt, ...params } = tooMuch.body.params;
    assert.deepEqual(params, { ceilingXof: 100_000, leftXof: 40_000 });
    const inMs = Date.parse(freesAt) - Date.now();
    assert(inMs > 23.9 * 3_600_000 && inMs <= 24 * 3_600_000, freesAt);
    assert.equal((await wallet(one)).room.depositLeftXof, 40_000);
    assert.equal((await put(one, 40_000)).status, 201, 'exactly what is left');
    assert.equal((await put(one, 500)).body.code, 'deposit_over_ceiling');

    await age('deposit', one, '23 hours 59 minutes');
    assert.equal((await put(one, 500)).body.code, 'deposit_over_ceiling');
    await age('deposit', one, '2 minutes');
    assert.equal((await put(one, 100_000)).status, 201, 'a day later');
    assert.equal((await wallet(one)).availableXof, 200_000);
  });

  it('of deposits promise no time when one deposit alone is too much', async () => {
    const one = await player('phone');
    const refused = await put(one, 100_001);
    assert.equal(refused.body.code, 'deposit_over_whole_ceiling');
    assert.deepEqual(refused.body.params, { ceilingXof: 100_000 });
  });

  it('of deposits are not passed by fifty at once', async () => {
    const one = await player('phone');
    const answers = await Promise.all(Array.from({ length: 50 }, () => put(one, 10_000)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 10);
    assert.equal(answers.filter(({ body }) => body.code === 'deposit_over_ceiling').length, 40);
    assert.equal((await wallet(one)).availableXof, 100_000);
  });

  it('of the balance are not passed by fifty at once', async () => {
    const one = await player('phone', 195_000);
    const answers = await Promise.all(Array.from({ length: 50 }, () => put(one, 1_000)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 5);
    const refused = answers.filter(({ body }) => body.code === 'balance_over_ceiling');
    assert.equal(refused.length, 45);
    assert.deepEqual(refused[0]?.body.params, { ceilingXof: 200_000, leftXof: 0 });
    assert.equal((await wallet(one)).availableXof, 200_000);
  });

  it('of the balance count open offers, and deposits that are on their way', async () => {
    const one = await player('phone', 190_000);
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const placed = await house.post(`/markets/${market?.marketId}/offers`, one.cookie, {
      operationId: randomUUID(),
      side: 'A',
      stakeXof: 50_000,
      askXof: 50_000,
    });
    assert.equal(placed.status, 201);
    assert.equal((await put(one, 10_001)).body.code, 'balance_over_ceiling');
    fake.behaviour.depositAnswer = () => waitingDeposit;
    assert.equal((await put(one, 6_000)).body.state, 'requested');
    const refused = await put(one, 5_000);
    assert.deepEqual([refused.body.code, refused.body.params.leftXof], ['balance_over_ceiling', 4_000]);
  });

  it('do not send back money that has come: it is credited, and further deposits are refused', async () => {
    const one = await player('phone', 190_000);
    const operationId = randomUUID();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    assert.equal((await put(one, 10_000, operationId)).body.state, 'requested');
    await house.owner.query(
      `UPDATE deposit SET requested_at = requested_at - interval '30 hours' WHERE id = $1`,
      [operationId],
    );
    fake.behaviour.depositAnswer = (reference, amountXof) =>
      paidBy({ transaction: `now-${reference}`, amountXof: xof(amountXof) });
    assert.equal((await put(one, 10_000)).body.state, 'credited');
    fake.behaviour.foundDeposit = (reference) =>
      paidBy({ transaction: `late-${reference}`, amountXof: xof(10_000) });
    await resume();
    const { availableXof, room } = await wallet(one);
    assert.deepEqual([availableXof, room.depositLeftXof], [210_000, 0]);
    assert.equal((await put(one, 500)).body.code, 'balance_over_ceiling');
  });

  it('keep a balance that is above by a win, and take deposits again below', async () => {
    const one = await player('phone', 300_000);
    const { availableXof, room } = await wallet(one);
    assert.deepEqual([availableXof, room.balanceMaxXof, room.depositLeftXof], [300_000, 200_000, 0]);
    assert.equal((await put(one, 500)).body.code, 'balance_over_ceiling');
    for (let i = 0; i < 3; i++) {
      assert.equal((await take(one, 50_000)).status, 202);
      await age('withdrawal', one, '25 hours');
    }
    assert.equal((await put(one, 50_000)).status, 201);
  });

  it('of withdrawals hold for any 24 hours, also for twenty at once', async () => {
    const one = await player('phone', 200_000);
    const alone = await take(one, 50_005);
    assert.deepEqual(
      [alone.body.code, alone.body.params],
      ['withdrawal_over_whole_ceiling', { ceilingXof: 50_000 }],
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => take(one, 10_000)));
    assert.equal(answers.filter(({ status }) => status === 202).length, 5);
    const refused = answers.find(({ body }) => body.code === 'withdrawal_over_ceiling');
    assert.deepEqual([refused?.body.params.ceilingXof, refused?.body.params.leftXof], [50_000, 0]);
    assert.equal((await wallet(one)).room.withdrawalLeftXof, 0);
    await age('withdrawal', one, '24 hours 1 second');
    assert.equal((await take(one, 50_000)).status, 202);
  });

  it('are higher for who is identified, who takes out what he wants', async () => {
    const one = await player('identified', 1_900_000);
    assert.equal((await put(one, 100_000)).status, 201);
    assert.equal((await put(one, 500)).body.code, 'balance_over_ceiling');
    assert.equal((await take(one, 2_000_000)).status, 202);
    assert.equal((await wallet(one)).room.withdrawalLeftXof, null);
    for (let i = 0; i < 2; i++) await put(one, 400_000);
    assert.equal((await put(one, 100_001)).body.code, 'deposit_over_ceiling');
    assert.equal((await put(one, 100_000)).status, 201);
  });

  it('follow the settings', async () => {
    const one = await player('phone');
    const [staff, other] = [randomUUID(), randomUUID()];
    for (const [id, phone] of [
      [staff, '+221789990001'],
      [other, '+221789990002'],
    ]) {
      await house.owner.query(
        `INSERT INTO staff (id, phone, name, role, totp_secret) VALUES ($1, $2, 'Essai', 'administrator', 'A')`,
        [id, phone],
      );
    }
    await house.owner.query(
      `INSERT INTO setting_change (id, name, value, reason, effective_at, proposed_by, decision, decided_by, decided_at)
       VALUES (gen_random_uuid(), 'phoneDepositsDayMaxXof', '5000', 'essai', clock_timestamp() - interval '1 minute',
         $1, 'approved', $2, clock_timestamp())`,
      [staff, other],
    );
    assert.deepEqual((await put(one, 5_001)).body.params, { ceilingXof: 5_000 });
    assert.equal((await put(one, 5_000)).status, 201);
    await house.owner.query(
      `UPDATE setting_change SET decision = 'refused' WHERE name = 'phoneDepositsDayMaxXof'`,
    );
  });

  it('give one answer to one id, also when there is room the second time', async () => {
    const one = await player('phone');
    const operationId = randomUUID();
    await put(one, 100_000);
    const first = await put(one, 1_000, operationId);
    assert.equal(first.body.code, 'deposit_over_ceiling');
    await age('deposit', one, '25 hours');
    const second = await put(one, 1_000, operationId);
    assert.deepEqual({ ...second.body, requestId: '' }, { ...first.body, requestId: '' });
    assert.equal((await house.get(`/operations/${operationId}`, one.cookie)).body.status, 409);
    assert.equal((await put(one, 1_000)).status, 201);
  });

  it('stand before a closed door: a barred account puts nothing in and takes its money out', async () => {
    const one = await player('phone', 10_000);
    await house.owner.query(`UPDATE player SET state = 'barred' WHERE id = $1`, [one.playerId]);
    assert.equal((await put(one, 1_000)).body.code, 'deposit_not_for_you');
    assert.equal((await wallet(one)).room.mayDeposit, false);
    assert.equal((await take(one, 10_000)).status, 202);
  });
});
