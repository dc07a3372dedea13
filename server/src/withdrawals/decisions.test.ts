/** Large withdrawals take people, a provider's silence takes two; money is never paid and given back. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sealDetails } from '../identity/sealed-document.ts';
import type { RecipientAnswer, WithdrawalAnswer } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, type SeededStaff, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { readBalances } from './read-balances.ts';
import { resumeWithdrawals } from './resume-withdrawals.ts';
import { reverseWithdrawal } from './reverse-withdrawal.ts';
import { sendWithdrawal } from './send-withdrawal.ts';

describe('withdrawals and people', () => {
  let house: House;
  let fake: FakeProvider;
  let player: SeededPlayer;
  let finance: readonly [SeededStaff, SeededStaff];
  let reversal: WithdrawalAnswer;
  let balanceXof: number;
  let recipient: RecipientAnswer;
  let checks = 0;
  let nameAsked: string | null;
  before(async () => {
    fake = openFakeProvider({ repeatsSafely: false });
    const provider = {
      ...fake,
      reverseWithdrawal: async () => reversal,
      verifyRecipient: async ({ name }: { readonly name: string | null }) => {
        checks += 1;
        nameAsked = name;
        return recipient;
      },
      readBalance: async () => ({ kind: 'balance' as const, amountXof: balanceXof }),
    };
    house = await openHouse({
      providers: { internal: provider },
      settings: { ...unlimitedRates, withdrawalsAccountHour: 1_000 },
    });
    finance = (await seedStaff(house.owner, 2, 'finance')) as [SeededStaff, SeededStaff];
  });
  beforeEach(async () => {
    fake.reset();
    reversal = { kind: 'reversed', transaction: null };
    balanceXof = 50_000_000;
    recipient = { isWithinLimits: true, nameMatch: 'match' };
    await house.owner.query('DELETE FROM provider_state');
    [player] = (await seedPlayers(house.owner, {
      count: 1,
      availableXof: 2_000_000,
      tier: 'identified',
    })) as [SeededPlayer];
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const ask = async (amountXof: number): Promise<string> => {
    const operationId = randomUUID();
    const input = { operationId, provider: 'internal', amountXof };
    const answer = await house.post('/withdrawals', player.cookie, input);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return operationId;
  };
  const show = async (id: string) => (await house.get(`/withdrawals/${id}`, player.cookie)).body;
  const stateOf = async (id: string) => (await show(id)).state;
  const available = async () => (await house.get('/wallet', player.cookie)).body.availableXof;
  const decide = (by: SeededStaff, id: string, approves: boolean) =>
    house.post(`/staff/withdrawals/${id}/decide`, by.cookie, {
      operationId: randomUUID(),
      approves,
      note: 'relevé vérifié',
    });
  const propose = (by: SeededStaff, id: string, verdict: string) =>
    house.post(`/staff/withdrawals/${id}/verdicts`, by.cookie, {
      operationId: randomUUID(),
      verdict,
      evidence: 'relevé du jour, ligne 12',
    });
  const confirm = (by: SeededStaff, verdictId: string, confirms = true) =>
    house.post(`/staff/verdicts/${verdictId}/decide`, by.cookie, { operationId: randomUUID(), confirms });
  const send = (id: string) => sendWithdrawal(house.deps, id);
  /** As if compliance had approved a document with this name. */
  const verify = async (name: string) => {
    const details = { number: '1 987', name, birthDate: '1990-01-01', expiresOn: '2035-12-31' };
    const documentId = randomUUID();
    await house.owner.query(
      `INSERT INTO identity_document (id, player_id, kind, country, number_print, sealed, state, decided_by, decided_at)
       VALUES ($1, $2, 'cni', 'SN', sha256($3), $3, 'approved', $4, clock_timestamp())`,
      [documentId, player.playerId, sealDetails(house.deps.cipher, documentId, details), finance[0].staffId],
    );
  };

  it('under 100 000 F in 24 hours go out by themselves; what was asked for before counts', async () => {
    const first = await ask(60_000);
    assert.equal(await stateOf(first), 'requested');
    assert.equal((await decide(finance[0], first, false)).body.code, 'withdrawal_not_waiting');
    const second = await show(await ask(40_000));
    assert.deepEqual(
      [second.state, second.reason, second.approvalsRequired],
      ['approval', 'waits_for_finance', 1],
    );
    const third = await show(await ask(400_000));
    assert.deepEqual(
      [third.state, third.reason, third.approvalsRequired],
      ['approval', 'waits_for_two_people', 2],
    );
  });

  it('what left the 24 hours, was refused or came back does not count', async () => {
    const old = await ask(90_000);
    await house.owner.query(
      `UPDATE withdrawal SET requested_at = requested_at - interval '25 hours' WHERE id = $1`,
      [old],
    );
    const refused = await ask(150_000);
    await decide(finance[0], refused, false);
    assert.equal(await stateOf(await ask(95_000)), 'requested');
  });

  it('twenty at once do not slip under the threshold', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => ask(10_000)));
    const states = await Promise.all(ids.map(stateOf));
    assert.equal(states.filter((state) => state === 'requested').length, 9);
  });

  it('do not go out before somebody of finance agrees, and then once', async () => {
    const id = await ask(120_000);
    await send(id);
    await resumeWithdrawals(house.deps);
    assert.equal(await stateOf(id), 'approval');
    assert.equal(fake.paidOut.get(id), undefined);
    assert.equal((await decide(finance[0], id, true)).body.state, 'requested');
    await send(id);
    assert.deepEqual([await stateOf(id), fake.paidOut.get(id)], ['paid', 1]);
    assert.equal((await decide(finance[1], id, false)).body.code, 'withdrawal_not_waiting');
  });

  it('of 500 000 F take two people, not one twice', async () => {
    const id = await ask(500_000);
    assert.equal((await decide(finance[0], id, true)).body.state, 'approval');
    assert.equal((await decide(finance[0], id, true)).body.code, 'withdrawal_decided');
    assert.equal(await stateOf(id), 'approval');
    assert.equal((await decide(finance[1], id, true)).body.state, 'requested');
  });

  it('refused by one person are back on the balance, whatever another one said', async () => {
    const id = await ask(500_000);
    await decide(finance[0], id, true);
    assert.equal((await decide(finance[1], id, false)).body.state, 'refused');
    const shown = await show(id);
    assert.deepEqual(
      [shown.state, shown.reason, await available()],
      ['refused', 'refused_by_house', 2_000_000],
    );
  });

  it('yes and no at the same instant: one of the two, never both', async () => {
    const id = await ask(150_000);
    await Promise.all([decide(finance[0], id, true), decide(finance[1], id, false)]);
    await send(id);
    const isPaid = (await stateOf(id)) === 'paid';
    assert.equal(await available(), isPaid ? 1_850_000 : 2_000_000);
  });

  it('without an answer are looked up, never sent again; two people say what became of them', async () => {
    fake.behaviour.beforeAnswer = async () => {
      throw new Error('cut');
    };
    const id = await ask(50_000);
    await send(id);
    fake.behaviour.beforeAnswer = async () => undefined;
    const shown = await show(id);
    assert.deepEqual([shown.state, shown.reason], ['unknown', 'being_looked_up']);
    const [one, two] = finance;
    const { verdictId } = (await propose(one, id, 'refused')).body;
    assert.equal((await propose(two, id, 'paid')).body.code, 'verdict_waits');
    assert.equal((await propose(two, id, 'reverse')).body.code, 'verdict_not_now');
    assert.equal((await confirm(one, verdictId)).body.code, 'same_person');
    assert.equal((await confirm(one, verdictId, false)).body.state, 'dropped');
    const paid = (await propose(one, id, 'paid')).body.verdictId;
    assert.equal((await confirm(two, paid)).body.state, 'confirmed');
    assert.equal((await confirm(two, paid)).body.code, 'withdrawal_decided');
    await send(id);
    assert.deepEqual([await stateOf(id), fake.paidOut.get(id)], ['paid', 1]);
  });

  it('that were paid come back when the provider takes them back', async () => {
    const id = await ask(50_000);
    await send(id);
    const { verdictId } = (await propose(finance[0], id, 'reverse')).body;
    await confirm(finance[1], verdictId);
    reversal = { kind: 'unknown', detail: 'silence' };
    await reverseWithdrawal(house.deps, id);
    assert.equal(await stateOf(id), 'paid');
    reversal = { kind: 'reversed', transaction: null };
    await Promise.all([reverseWithdrawal(house.deps, id), reverseWithdrawal(house.deps, id)]);
    assert.deepEqual([await stateOf(id), await available()], ['reversed', 2_000_000]);
  });

  it('surely not executed wait with their reason, and go out later, once', async () => {
    const id = await ask(50_000);
    fake.behaviour.withdrawalAnswer = () => ({ kind: 'later', reason: 'float_empty', detail: 'empty' });
    for (let turn = 0; turn < 3; turn++) await send(id);
    const shown = await show(id);
    assert.deepEqual([shown.state, shown.reason], ['requested', 'float_empty']);
    assert.equal(shown.history.length <= 7, true, 'no flood of events');
    fake.behaviour.withdrawalAnswer = (reference) => ({ kind: 'paid', transaction: `T2-${reference}` });
  });

  it('stop at a provider whose access is broken, until a person lets them go on', async () => {
    const [broken, next] = [await ask(10_000), await ask(11_000)];
    fake.behaviour.beforeBooks = async () => undefined;
    fake.behaviour.withdrawalAnswer = () => ({
      kind: 'closed',
      reason: 'provider_stopped',
      detail: 'invalid-auth',
    });
    await send(broken);
    fake.behaviour.withdrawalAnswer = (reference) => ({ kind: 'paid', transaction: `T-${reference}` });
    await send(next);
    assert.deepEqual([await stateOf(next), (await show(next)).reason], ['requested', 'provider_stopped']);
    assert.equal(fake.paidOut.get(next), undefined);
    const resumed = await house.post('/staff/providers/internal/resume', finance[0].cookie, {
      operationId: randomUUID(),
      side: 'payouts',
      note: 'clé changée',
    });
    assert.equal(resumed.body.arePayoutsStopped, false);
    await send(next);
    assert.deepEqual([await stateOf(next), fake.paidOut.get(next)], ['paid', 1]);
  });

  it('to a full mobile account come back; the provider is asked again the next time', async () => {
    recipient = { isWithinLimits: false, nameMatch: null };
    const full = await ask(10_000);
    await send(full);
    const shown = await show(full);
    assert.deepEqual(
      [shown.state, shown.reason, await available()],
      ['refused', 'recipient_limit', 2_000_000],
    );
    recipient = { isWithinLimits: true, nameMatch: 'match' };
    const next = await ask(10_000);
    await send(next);
    assert.equal(await stateOf(next), 'paid');
  });

  it('ask for the name of the verified identity, as soon as there is one', async () => {
    recipient = { isWithinLimits: true, nameMatch: null };
    await send(await ask(10_000));
    assert.equal(nameAsked, null, 'nobody has seen a document of his');
    await verify('Awa Ndiaye');
    recipient = { isWithinLimits: true, nameMatch: 'not_known' };
    const id = await ask(10_000);
    await send(id);
    assert.deepEqual([nameAsked, await stateOf(id)], ['Awa Ndiaye', 'paid']);
    const kept = await house.owner.query(
      `SELECT FROM payment_event e, recipient_check c WHERE e::text || c::text ~ 'Ndiaye'`,
    );
    assert.deepEqual(kept, [], 'the name is kept nowhere');
  });

  it('that somebody agreed to before the name was known wait for one more person, once', async () => {
    await verify('Awa Ndiaye');
    recipient = { isWithinLimits: true, nameMatch: 'no_match' };
    const id = await ask(100_000);
    await decide(finance[0], id, true);
    await send(id);
    assert.deepEqual([await stateOf(id), (await show(id)).reason], ['approval', 'recipient_name_differs']);
    assert.equal((await decide(finance[0], id, true)).body.code, 'withdrawal_decided');
    assert.equal((await decide(finance[1], id, true)).body.state, 'requested');
    await send(id);
    assert.equal(await stateOf(id), 'paid');
  });

  it('to an account of another name wait for finance; what was said is kept for a day', async () => {
    await verify('Awa Ndiaye');
    recipient = { isWithinLimits: true, nameMatch: 'no_match' };
    const id = await ask(10_000);
    await send(id);
    assert.deepEqual([await stateOf(id), (await show(id)).reason], ['approval', 'recipient_name_differs']);
    assert.equal((await decide(finance[0], id, true)).body.state, 'requested');
    const before = checks;
    await send(id);
    assert.deepEqual([await stateOf(id), checks], ['paid', before]);
    await house.owner.query(`UPDATE recipient_check SET checked_at = checked_at - interval '25 hours'`);
    recipient = { isWithinLimits: true, nameMatch: 'match' };
    await send(await ask(10_000));
    assert.equal(checks, before + 1);
  });

  it('stop at no provider that is not there, whatever objects are called', async () => {
    for (const name of ['nobody', 'constructor', '__proto__']) {
      const asked = { operationId: randomUUID(), side: 'payouts', note: 'essai' };
      const answer = await house.post(`/staff/providers/${name}/stop`, finance[0].cookie, asked);
      assert.equal(['not_found', 'request_invalid'].includes(answer.body.code), true, name);
    }
    assert.deepEqual(await house.owner.query('SELECT * FROM provider_state'), []);
  });

  it('wait while the provider has too little of our money, and go on when it has', async () => {
    balanceXof = 120_000;
    await readBalances(house.deps);
    const id = await ask(50_000);
    await send(id);
    assert.deepEqual([await stateOf(id), (await show(id)).reason], ['requested', 'float_empty']);
    balanceXof = 1_000_000;
    await readBalances(house.deps);
    await send(id);
    assert.equal(await stateOf(id), 'paid');
  });
});
