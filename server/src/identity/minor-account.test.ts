/** A payment provider says that a mobile account is a minor's: compliance hears of it, and may shut betting. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type FakeProvider, openFakeProvider } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededStaff, seedStaff } from '../testing/seed.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';

describe('a mobile account that is a minor’s', () => {
  let house: House;
  let fake: FakeProvider;
  let awa: SeededStaff;
  let desk: Reader;
  let player: TestPlayer;
  before(async () => {
    fake = openFakeProvider();
    house = await openHouse({ providers: { internal: fake }, pages: await loadPageBundles() });
    const [one] = await seedStaff(house.owner, 1, 'compliance');
    awa = one ?? assert.fail('nobody');
    desk = new Reader(house.app.office, awa.cookie);
  });
  beforeEach(async () => {
    fake.reset();
    player = await signUpPlayer(house, { availableXof: 10_000 });
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const provider = 'internal';
  const deposit = async () =>
    (await player.post('/deposits', { operationId: randomUUID(), provider, amountXof: 2_000 })).body;
  const withdraw = async () => {
    const operationId = randomUUID();
    await player.post('/withdrawals', { operationId, provider, amountXof: 2_000 });
    await sendWithdrawal(house.deps, operationId);
    return (await player.get(`/withdrawals/${operationId}`)).body;
  };
  const refusedWithdrawal = (reason: PaymentReason) => {
    fake.behaviour.withdrawalAnswer = () => ({ kind: 'refused', reason });
    return withdraw();
  };
  const alerts = async () => {
    const all: { alertId: number; pseudonym: string; documentId: string | null; kind: string }[] = (
      await house.get('/staff/identity/alerts', awa.cookie)
    ).body.alerts;
    return all.filter(({ pseudonym }) => pseudonym === player.name);
  };

  it('raises one alert at the withdrawal, however often it is said, and another one once that is dealt with', async () => {
    for (let i = 0; i < 2; i++) {
      const { state, reason } = await refusedWithdrawal('recipient_too_young');
      assert.deepEqual([state, reason], ['refused', 'recipient_too_young']);
    }
    const [alert, more] = await alerts();
    assert.deepEqual([alert?.kind, alert?.documentId, more], ['account_of_minor', null, undefined]);
    const page = await desk.open('/identites');
    assert.match(page.text, /L’opérateur dit que ce compte mobile est celui d’un mineur/);
    assert.match(page.text, /Demandez une pièce d’identité/);
    const done = await desk.submit(page, `/identites/alertes/${alert?.alertId}/traiter`);
    assert.equal(done.status, 303, done.text);
    assert.deepEqual(await alerts(), []);
    await refusedWithdrawal('recipient_too_young');
    assert.equal((await alerts()).length, 1);
  });

  it('raises it at the deposit, refused or to be tried again', async () => {
    fake.behaviour.depositAnswer = () => ({ kind: 'refused', reason: 'payer_too_young' });
    assert.equal((await deposit()).state, 'refused');
    assert.equal((await alerts())[0]?.kind, 'account_of_minor');
    player = await signUpPlayer(house);
    fake.behaviour.depositAnswer = () => ({
      kind: 'waiting',
      session: null,
      launch: null,
      expiresAt: null,
      reason: 'payer_too_young',
    });
    assert.deepEqual((await deposit()).state, 'requested');
    assert.equal((await alerts()).length, 1);
  });

  it('raises nothing for what is said of another reason', async () => {
    await refusedWithdrawal('recipient_blocked');
    fake.behaviour.depositAnswer = () => ({ kind: 'refused', reason: 'payer_blocked' });
    await deposit();
    assert.deepEqual(await alerts(), []);
  });

  it('lets compliance shut betting and deposits, once; the player takes his money out', async () => {
    await refusedWithdrawal('recipient_too_young');
    const alertId = (await alerts())[0]?.alertId;
    const [page, other] = [await desk.open('/identites'), await desk.open('/identites')];
    const path = `/identites/alertes/${alertId}/fermer`;
    const done = await desk.submit(page, path);
    assert.match((await desk.follow(done)).text, /Paris et dépôts fermés/);
    assert.match((await desk.submit(other, path)).text, /déjà/);
    assert.deepEqual(await alerts(), []);
    assert.equal((await deposit()).code, 'deposit_not_for_you');
    fake.reset();
    assert.equal((await withdraw()).state, 'paid');
  });
});
