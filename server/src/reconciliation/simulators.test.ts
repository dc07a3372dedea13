/** Reconciliation against the providers as they behave: their own statements, over HTTP. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { lookAtDeposit } from '../deposits/look-at-deposit.ts';
import { openLog } from '../log.ts';
import { openOutgoingHttp } from '../payments/outgoing-http.ts';
import { openWave } from '../payments/wave/module.ts';
import type { WaveControl } from '../payments/wave/simulator/control.ts';
import { openWaveSimulator } from '../payments/wave/simulator/open-simulator.ts';
import { type House, openHouse } from '../testing/house.ts';
import { listenSimulator } from '../testing/listen-simulator.ts';
import { type OpenOrange, openOrangeForTests } from '../testing/open-orange.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { type RunFound, reconcile } from './reconcile.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const breaksOf = (house: House, account: string) =>
  house.owner.query<{ kind: string; amount: number }>(
    `SELECT kind, amount_xof AS amount FROM statement_break WHERE account = $1 AND state = 'open'
     ORDER BY kind, amount_xof`,
    [account],
  );
const sumsOf = ({ explanations }: RunFound) =>
  Object.fromEntries(explanations.map(({ kind, amountXof }) => [kind, amountXof]));

async function ask(
  player: TestPlayer,
  what: 'deposits' | 'withdrawals',
  provider: string,
  amountXof: number,
) {
  const operationId = randomUUID();
  const answer = await player.post(`/${what}`, { operationId, provider, amountXof });
  assert(answer.status < 300, JSON.stringify(answer.body));
  return operationId;
}

describe('reconciliation with Wave', () => {
  let house: House;
  let control: WaveControl;
  let player: TestPlayer;
  let closeWave: () => Promise<void>;

  before(async () => {
    const log = openLog('silent');
    const http = openOutgoingHttp({ allowsPrivateHosts: true });
    const { simulator, close } = await listenSimulator((url) =>
      openWaveSimulator({ url, callbackUrl: 'http://127.0.0.1:9/callbacks/wave', file: null, log }),
    );
    control = simulator.control;
    control.holdCallbacks(true);
    closeWave = async () => {
      await close();
      await http.close();
    };
    house = await openHouse({
      providers: { wave: openWave(simulator.config, { http, log, servesTest: true }) },
    });
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
    await closeWave();
  });

  async function run(): Promise<RunFound> {
    const [found] = await reconcile(house.deps);
    assert(found !== undefined);
    assert.equal(found.unexplainedXof, 0, JSON.stringify(found));
    assert.equal(found.providerXof, control.balanceXof());
    return found;
  }
  async function deposit(amountXof: number): Promise<string> {
    const id = await ask(player, 'deposits', 'wave', amountXof);
    const session = control.sessions().find(({ reference }) => reference === id);
    control.pay(session?.id ?? '');
    return id;
  }

  it('puts the opening float into suspense, and explains deposits, payouts, fees and tax to the franc', async () => {
    control.setFaults({ statementPageSize: 2, tax: { isPaidByWave: false, writes: 'string' } });
    const credited = await deposit(10_000);
    await lookAtDeposit(house.deps, credited);
    const unheard = await deposit(7_000);
    const floatXof = control.transactions()[0]?.amountXof ?? 0;
    const first = await run();
    assert.deepEqual(first.explanations, [], 'the one we had not heard of was asked for, and credited');
    assert.equal((await player.get(`/deposits/${unheard}`)).body.state, 'credited');
    assert.deepEqual(await breaksOf(house, 'wave'), [{ kind: 'extra', amount: floatXof }]);
    assert.equal(first.explainedXof, first.providerXof - floatXof);
    const withdrawal = await ask(player, 'withdrawals', 'wave', 5_000);
    await sendWithdrawal(house.deps, withdrawal);
    assert.equal((await player.get(`/withdrawals/${withdrawal}`)).body.state, 'paid');
    assert.deepEqual((await run()).explanations, []);
    control.setFaults({ tax: { isPaidByWave: true, writes: 'boolean' } });
    await lookAtDeposit(house.deps, await deposit(3_000));
    assert.deepEqual((await run()).explanations, []);
  });

  it('books a payout that was taken back in Wave’s portal', async () => {
    const withdrawal = await ask(player, 'withdrawals', 'wave', 5_000);
    await sendWithdrawal(house.deps, withdrawal);
    await run();
    const before = (await player.get('/wallet')).body.availableXof;
    const payout = control.payouts().find(({ reference }) => reference === withdrawal);
    const back = await house.deps.providers['wave']?.reverseWithdrawal?.({
      reference: withdrawal,
      session: payout?.id ?? null,
      transaction: payout?.id ?? '',
      requestedAt: new Date(),
    });
    assert.equal(back?.kind, 'reversed', JSON.stringify(back));
    const found = await run();
    assert.deepEqual(found.explanations, []);
    assert.equal((await player.get(`/withdrawals/${withdrawal}`)).body.state, 'reversed');
    assert.equal((await player.get('/wallet')).body.availableXof, before + 5_000);
  });

  it('keeps money that nobody announced, whoever hears of it first', async () => {
    const count = async () => (await breaksOf(house, 'wave')).length;
    const before = await count();
    control.payMerchant({ phone: '+221771112233', amountXof: 4_000 });
    control.moveFloat(-250_000);
    await Promise.all([run(), run()]);
    assert.equal(await count(), before + 2);
  });

  it('W12: finds one line too many, one missing and one different, and nothing else', async () => {
    const before = await breaksOf(house, 'wave');
    await house.owner.query(
      `INSERT INTO statement_reading VALUES
         ('wave', 'wave', (clock_timestamp() AT TIME ZONE 'UTC')::date - 2, clock_timestamp() - interval '2 days', 0)`,
    );
    control.advance(-2 * DAY_MS);
    const missing = await deposit(2_000);
    const different = await deposit(6_000);
    control.advance(2 * DAY_MS);
    for (const id of [missing, different]) {
      await lookAtDeposit(house.deps, id);
      assert.equal((await player.get(`/deposits/${id}`)).body.state, 'credited');
    }
    await house.owner.query(
      `UPDATE incoming_payment SET recorded_at = recorded_at - interval '2 days',
         paid_at = paid_at WHERE deposit_id = ANY ($1)`,
      [[missing, different]],
    );
    const [line] = control.transactions().filter(({ reference }) => reference === different);
    assert(line !== undefined);
    const extra = {
      ...line,
      id: 'T_EXTRA',
      type: 'b2b_payment',
      reference: null,
      session: null,
      amountXof: 1_234,
      feeXof: 0,
      taxXof: 0,
    };
    control.setFaults({
      statement: (lines) => [
        ...lines
          .filter(({ reference }) => reference !== missing)
          .map((one) => (one.reference === different ? { ...one, amountXof: one.amountXof - 100 } : one)),
        extra,
      ],
    });
    const found = await run();
    const opened = (await breaksOf(house, 'wave')).filter(
      ({ kind, amount }) => !before.some((one) => one.kind === kind && one.amount === amount),
    );
    assert.deepEqual(opened, [
      { kind: 'different', amount: -100 },
      { kind: 'extra', amount: 1_234 },
      { kind: 'missing', amount: -2_000 },
    ]);
    const { different: differentXof, missing: missingXof } = sumsOf(found);
    assert.deepEqual([differentXof, missingXof], [-100, -2_000]);
    // Wave really has the money: what its faulty statement says too much or too little is outside it.
    const feeXof = control.transactions().find(({ reference }) => reference === missing)?.feeXof ?? 0;
    assert.equal(sumsOf(found).outside, 2_000 - feeXof + 100 - 1_234);
  });
});

describe('reconciliation with Orange Money', () => {
  let house: House;
  let orange: OpenOrange;
  let player: TestPlayer;

  before(async () => {
    orange = await openOrangeForTests();
    orange.control.holdCallbacks(true);
    house = await openHouse({ providers: { orange: orange.provider } });
    player = await signUpPlayer(house);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
    await orange.close();
  });

  async function run(): Promise<Record<string, RunFound>> {
    const found = await reconcile(house.deps);
    for (const one of found) assert.equal(one.unexplainedXof, 0, JSON.stringify(one));
    return Object.fromEntries(found.map((one) => [one.account, one]));
  }

  it('stands on the lines for the merchant, and on the balance for the retailer, whose top-ups no line tells', async () => {
    const floatXof = orange.control.floatXof();
    const deposit = await ask(player, 'deposits', 'orange', 10_000);
    const qr = orange.control
      .qrs()
      .find(({ reference }) => reference.replaceAll('-', '') === deposit.replaceAll('-', ''));
    assert.equal(orange.control.pay(qr?.qrId ?? '', { from: player.phone.slice(4) }).kind, 'recorded');
    await lookAtDeposit(house.deps, deposit);
    const withdrawal = await ask(player, 'withdrawals', 'orange', 4_000);
    await sendWithdrawal(house.deps, withdrawal);
    const { orange: merchant, orange_retailer: retailer } = await run();
    assert(merchant !== undefined && retailer !== undefined);
    assert.deepEqual([merchant.source, merchant.providerXof, merchant.explanations], ['lines', 10_000, []]);
    assert.deepEqual([retailer.source, retailer.providerXof], ['balance', floatXof - 4_000]);
    assert.deepEqual(sumsOf(retailer), { outside: floatXof });
    assert.deepEqual(await breaksOf(house, 'orange_retailer'), [{ kind: 'outside', amount: floatXof }]);
    assert.deepEqual(await breaksOf(house, 'orange'), []);
  });
});
