/** Statements against our books: what is found, what is booked, and that the difference is explained to the franc. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type FakeProvider, openFakeProvider, paidBy, waitingDeposit } from '../testing/fake-provider.ts';
import { type FakeStatement, openFakeStatement } from '../testing/fake-statement.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { type RunFound, reconcile, reconcileHourly } from './reconcile.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('reconciliation', () => {
  let house: House;
  let fake: FakeProvider;
  let statement: FakeStatement;
  let player: TestPlayer;

  beforeEach(async () => {
    fake = openFakeProvider();
    statement = openFakeStatement(fake);
    house = await openHouse({ providers: { internal: fake } });
    player = await signUpPlayer(house);
  });
  afterEach(async () => {
    await house.assertSound();
    await house.close();
  });

  /** A deposit of ours that the provider has; its line is the test's to write. */
  async function deposit(amountXof: number): Promise<string> {
    const operationId = randomUUID();
    const answer = await player.post('/deposits', { operationId, provider: 'internal', amountXof });
    assert.equal(answer.body.state, 'credited', JSON.stringify(answer.body));
    return operationId;
  }
  async function withdraw(amountXof: number): Promise<string> {
    const operationId = randomUUID();
    const answer = await player.post('/withdrawals', { operationId, provider: 'internal', amountXof });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    await sendWithdrawal(house.deps, operationId);
    return operationId;
  }
  async function run(): Promise<RunFound> {
    const [found] = await reconcile(house.deps);
    assert(found !== undefined);
    return found;
  }
  const breaks = () =>
    house.owner.query<{
      kind: string;
      amount: number;
      ours: number | null;
      theirs: number | null;
      state: string;
    }>(
      `SELECT kind, amount_xof AS amount, ours_xof AS ours, theirs_xof AS theirs, state
       FROM statement_break ORDER BY kind, amount_xof`,
    );
  const openBreaks = async () => (await breaks()).filter(({ state }) => state === 'open');
  const heldBy = async (kind: string) => {
    const [row] = await house.owner.query<{ held: number }>(
      `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS held
       FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
       WHERE a.kind = $1`,
      [kind],
    );
    return row?.held ?? 0;
  };
  /** Everything that has happened and was told happened some days ago, and those days have ended. */
  async function daysPass(days = 2): Promise<void> {
    const back = `- $1 * interval '1 day'`;
    await house.owner.query(`UPDATE incoming_payment SET recorded_at = recorded_at ${back}`, [days]);
    await house.owner.query(`UPDATE withdrawal SET ended_at = ended_at ${back} WHERE ended_at IS NOT NULL`, [
      days,
    ]);
    await house.owner.query(`UPDATE statement_line SET at = at ${back}, read_at = read_at ${back}`, [days]);
    await house.owner.query(`UPDATE statement_reading SET day = day - $1::int, read_at = read_at ${back}`, [
      days,
    ]);
    for (const [index, line] of statement.lines.entries()) {
      statement.lines[index] = { ...line, at: new Date(line.at.getTime() - days * DAY_MS) };
    }
  }
  const explained = (found: RunFound) =>
    Object.fromEntries(found.explanations.map(({ kind, amountXof }) => [kind, amountXof]));

  it('explains everything when the statement says what our books say, and books fees and tax once', async () => {
    statement = openFakeStatement(fake, { feeOf: (amountXof) => amountXof / 100 });
    statement.deposit(await deposit(10_000), 10_000);
    statement.deposit(await deposit(20_000), 20_000, { feeXof: 200, taxXof: 100, netXof: 19_700 });
    statement.deposit(await deposit(30_000), 30_000, { taxXof: 150, isTaxPaidByProvider: true });
    statement.withdrawal(await withdraw(5_000), 5_000);
    for (let times = 0; times < 3; times++) {
      const found = await run();
      assert.deepEqual(found.explanations, []);
      assert.deepEqual([found.unexplainedXof, found.clearingXof, found.providerXof], [0, 54_250, 54_250]);
      assert.equal(found.explainedXof, 54_250);
    }
    assert.deepEqual(await breaks(), []);
    assert.equal(await heldBy('provider_fee'), -(100 + 200 + 300 + 50));
    assert.equal(await heldBy('transfer_tax'), -100, 'the tax that the provider pays is not ours');
  });

  it('W12: lists exactly the extra, the missing and the different line, and the clearing account differs by their sum', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    await run();
    const missing = await deposit(4_000);
    statement.deposit(await deposit(7_000), 7_000, { netXof: 6_500 });
    statement.add({
      transaction: 'by-hand',
      kind: 'deposit',
      netXof: 2_500,
      counterpartyPhone: '+221770009999',
    });
    await daysPass();
    const found = await run();
    assert.deepEqual(await openBreaks(), [
      { kind: 'different', amount: -500, ours: 7_000, theirs: 6_500, state: 'open' },
      { kind: 'extra', amount: 2_500, ours: null, theirs: 2_500, state: 'open' },
      { kind: 'missing', amount: -4_000, ours: 4_000, theirs: null, state: 'open' },
    ]);
    // The extra one lies in suspense: what our books call somebody's differs by exactly the three.
    const suspended = await heldBy('suspense');
    assert.equal(suspended, 2_500);
    assert.equal(found.providerXof - (found.clearingXof - suspended), -500 + 2_500 - 4_000);
    assert.deepEqual(explained(found), { different: -500, missing: -4_000 });
    assert.equal(found.unexplainedXof, 0);
    assert.equal(found.explainedXof, found.providerXof - 500 - 4_000 - 2_500);

    // It comes after all: the break resolves by itself.
    statement.deposit(missing, 4_000);
    const later = await run();
    assert.deepEqual(
      (await openBreaks()).map(({ kind }) => kind),
      ['different', 'extra'],
    );
    assert.deepEqual(explained(later), { different: -500 });
    assert.equal(later.unexplainedXof, 0);
  });

  it('waits for a day to end before anything is missed, and reads what midnight put on the next one', async () => {
    const operationId = await deposit(3_000);
    const found = await run();
    assert.deepEqual([explained(found), await breaks()], [{ awaited: -3_000 }, []]);
    assert.equal(found.unexplainedXof, 0);
    await daysPass(1);
    statement.deposit(operationId, 3_000, { at: new Date() });
    const next = await run();
    assert.deepEqual([next.explanations, next.unexplainedXof, await openBreaks()], [[], 0, []]);
  });

  it('puts movements that are nothing of ours into suspense with their sign', async () => {
    statement.add({ transaction: 'float', kind: 'other', rawKind: 'merchant_sweep', netXof: 500_000 });
    statement.add({ transaction: 'out', kind: 'other', rawKind: 'never_seen', netXof: -120_000 });
    statement.add({
      transaction: 'price',
      kind: 'other',
      rawKind: 'subscription',
      netXof: -900,
      feeXof: 900,
    });
    statement.withdrawal(randomUUID(), 6_000, { feeXof: 60 });
    const found = await run();
    assert.equal(await heldBy('suspense'), 500_000 - 120_000 - 6_000);
    assert.equal(await heldBy('provider_fee'), -960);
    assert.deepEqual([found.explanations, found.unexplainedXof], [[], 0]);
    assert.equal(found.clearingXof, found.providerXof);
    assert.equal(found.suspenseXof, 626_000);
    assert.equal(found.explainedXof, 0);
  });

  it('asks again about a deposit that the provider has and we have not booked, and credits it', async () => {
    const operationId = randomUUID();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    await player.post('/deposits', { operationId, provider: 'internal', amountXof: 8_000 });
    fake.behaviour.foundDeposit = () => waitingDeposit;
    statement.deposit(operationId, 8_000);
    const before = await run();
    assert.deepEqual([explained(before), before.unexplainedXof], [{ deposits: 8_000 }, 0]);
    assert.equal(before.explainedXof, 8_000, 'we know whose it is');
    fake.behaviour.foundDeposit = () => paidBy({ transaction: `T-${operationId}`, amountXof: 8_000 });
    const found = await run();
    assert.deepEqual([found.explanations, found.clearingXof], [[], 8_000]);
    assert.equal((await player.get('/wallet')).body.availableXof, 8_000);
    assert.deepEqual(await breaks(), []);
  });

  it('books by the statement what the provider does not show otherwise for an hour', async () => {
    const operationId = randomUUID();
    fake.behaviour.depositAnswer = () => waitingDeposit;
    await player.post('/deposits', { operationId, provider: 'internal', amountXof: 8_000 });
    fake.behaviour.foundDeposit = () => waitingDeposit;
    statement.deposit(operationId, 8_000);
    await run();
    await house.owner.query(
      `UPDATE statement_line SET at = at - interval '2 hours', read_at = read_at - interval '2 hours'`,
    );
    await Promise.all([run(), run(), run()]);
    assert.equal((await player.get('/wallet')).body.availableXof, 8_000);
    // The provider's own word comes later: it is one credit.
    fake.behaviour.foundDeposit = () => paidBy({ transaction: `T-${operationId}`, amountXof: 8_000 });
    assert.deepEqual((await run()).explanations, []);
    assert.equal((await player.get('/wallet')).body.availableXof, 8_000);
  });

  it('explains a withdrawal that went out while we do not know it yet', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    fake.behaviour.beforeAnswer = () => Promise.reject(new Error('socket hang up'));
    const operationId = await withdraw(4_000);
    statement.withdrawal(operationId, 4_000);
    const found = await run();
    assert.deepEqual([explained(found), found.unexplainedXof], [{ withdrawals: -4_000 }, 0]);
    fake.behaviour.beforeAnswer = async () => undefined;
    await sendWithdrawal(house.deps, operationId);
    assert.deepEqual((await run()).explanations, []);
    assert.deepEqual(await breaks(), []);
  });

  it('calls a withdrawal that the provider paid twice what it is', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    const operationId = await withdraw(4_000);
    statement.withdrawal(operationId, 4_000);
    statement.withdrawal(operationId, 4_000, { transaction: 'again' });
    const found = await run();
    assert.deepEqual(await openBreaks(), [
      { kind: 'extra', amount: -4_000, ours: null, theirs: -4_000, state: 'open' },
    ]);
    assert.deepEqual([found.unexplainedXof, found.clearingXof], [0, 2_000]);
  });

  it('makes a break of a balance that moved by what no line says, and forgets it when it moved back', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    await run();
    statement.hiddenXof = 50_000;
    const found = await run();
    assert.deepEqual([explained(found), found.unexplainedXof], [{ outside: 50_000 }, 0]);
    assert.deepEqual(await openBreaks(), [
      { kind: 'outside', amount: 50_000, ours: null, theirs: 50_000, state: 'open' },
    ]);
    assert.equal(found.explainedXof, 10_000);
    statement.hiddenXof = 60_000;
    await run();
    assert.deepEqual(
      (await openBreaks()).map(({ amount }) => amount),
      [60_000],
    );
    statement.hiddenXof = 0;
    await run();
    assert.deepEqual(await openBreaks(), []);
  });

  it('stands on the sum of the lines where the provider tells no balance', async () => {
    statement.tellsBalance = false;
    statement.deposit(await deposit(10_000), 10_000);
    await deposit(2_000);
    const found = await run();
    assert.deepEqual(
      [found.source, found.providerXof, explained(found)],
      ['lines', 10_000, { awaited: -2_000 }],
    );
    statement.add({
      transaction: 'next',
      kind: 'other',
      netXof: 1_000,
      balanceXof: 13_000,
      at: new Date(Date.now() + 5),
    });
    const last = await run();
    assert.deepEqual([last.source, last.providerXof, last.unexplainedXof], ['last_line', 13_000, 0]);
  });

  it('keeps what it had when the provider does not show its statement, and says so', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    await run();
    fake.behaviour.statement = () => ({ kind: 'closed', reason: 'provider_stopped', detail: 'HTTP 403' });
    const found = await run();
    assert.deepEqual([found.state, found.detail, found.unexplainedXof], ['unreadable', 'HTTP 403', 0]);
    fake.behaviour.statement = () => {
      throw new Error('socket hang up');
    };
    assert.equal((await run()).state, 'unreadable');
  });

  it('finds what it has found before when it runs many times at once', async () => {
    statement.add({ transaction: 'gift', kind: 'deposit', netXof: 2_500 });
    statement.add({ transaction: 'float', kind: 'other', netXof: 90_000, feeXof: 10 });
    for (let i = 0; i < 20; i++) statement.deposit(await deposit(1_000), 1_000);
    await Promise.all(Array.from({ length: 6 }, run));
    const found = await run();
    assert.deepEqual([found.explanations, found.unexplainedXof], [[], 0]);
    assert.equal(found.clearingXof, 2_500 + 90_000 + 20_000);
    assert.equal((await openBreaks()).length, 2);
  });

  it('runs once an hour by itself, whatever the number of nodes', async () => {
    statement.deposit(await deposit(10_000), 10_000);
    await reconcileHourly(house.deps);
    await reconcileHourly(house.deps);
    const runs = await house.owner.query('SELECT 1 FROM reconciliation_run');
    assert.equal(runs.length, 1);
  });

  it('has nothing to say of a provider without statement and balance', async () => {
    fake.reset();
    assert.deepEqual(await reconcile(house.deps), []);
  });
});
