/**
 * What every adapter of a provider has to do, tried on its simulator over real HTTP. A new provider says how a person
 * pays, how an answer gets lost and how its account empties, and runs the same tests as the others.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Xof, xof } from '#core/money.ts';
import type {
  CallbackRequest,
  DepositKey,
  DepositOrder,
  PaymentProvider,
  StatementLine,
  WithdrawalOrder,
} from '../payments/provider.ts';

export interface ProviderStage {
  readonly provider: PaymentProvider;
  /** A player's number, for whom everything goes well. */
  readonly phone: string;
  /** A number to which no withdrawal is ever paid. */
  readonly refusedPhone: string;
  /** The payer pays what was asked for under this reference. */
  pay(reference: string): void | Promise<void>;
  /** The same, for what is over its time already: the payment had begun before. */
  payLate(reference: string): void | Promise<void>;
  /** Another session of the same reference, made without the adapter; absent: the provider knows one of each. */
  openTwin?(order: DepositOrder): void | Promise<void>;
  /** Time passes at the provider. */
  passTime(ms: number): void;
  /** How long after its beginning a session is surely over, for the adapter too. */
  readonly sessionLifeMs: number;
  /** The next request of this kind is executed, and its answer is lost. */
  loseNextAnswer(of: 'deposit' | 'withdrawal'): void;
  /** Takes everything out of the account that withdrawals leave from; answers how it comes back. */
  emptyFloat(): () => void;
  /** How many times the money of this withdrawal has really left. */
  countPaidOut(reference: string): number;
  /** What the provider has called us with since the last time. */
  takeCallbacks(): Promise<CallbackRequest[]>;
  /** The same call by somebody who is not the provider. */
  forge(callback: CallbackRequest): CallbackRequest;
  /** Behaves well again. */
  reset(): void;
  close(): Promise<void>;
}

export function describeProvider(name: string, open: () => Promise<ProviderStage>): void {
  describe(`the contract of every provider: ${name}`, () => {
    let stage: ProviderStage;
    before(async () => {
      stage = await open();
    });
    beforeEach(async () => {
      stage.reset();
      await stage.takeCallbacks();
    });
    after(() => stage.close());
    describeDeposits(() => stage);
    describeWithdrawals(() => stage);
    describeCallbacks(() => stage);
    describeAccounts(() => stage);
  });
}

const amountXof = xof(10_000);

function orderOf({ phone }: ProviderStage, of: { readonly amountXof?: Xof } = {}): DepositOrder {
  return { reference: randomUUID(), amountXof, phone, backUrl: 'https://mbayar.example/portefeuille', ...of };
}

function keyOf(reference: string | null, of: Partial<DepositKey> = {}): DepositKey {
  return { reference, session: null, transaction: null, requestedAt: new Date(), ...of };
}

async function ask(stage: ProviderStage) {
  const order = orderOf(stage);
  const answer = await stage.provider.requestDeposit(order);
  assert.equal(answer.kind, 'waiting', JSON.stringify(answer));
  return { ...order, session: answer.kind === 'waiting' ? answer.session : null, answer };
}

async function mustBePaid(stage: ProviderStage, key: DepositKey) {
  const found = await stage.provider.findDeposit(key);
  assert(found.kind === 'paid', JSON.stringify(found));
  return found.payments;
}

function describeDeposits(stageNow: () => ProviderStage): void {
  it('a deposit waits with a link, and is found paid by its reference and by its session', async () => {
    const stage = stageNow();
    const { reference, session, answer } = await ask(stage);
    assert(answer.kind === 'waiting' && answer.launch !== null && answer.launch.links.length > 0);
    assert(answer.expiresAt !== null);
    assert.equal((await stage.provider.findDeposit(keyOf(reference))).kind, 'waiting');
    await stage.pay(reference);
    const [payment] = await mustBePaid(stage, keyOf(reference, { session }));
    assert.equal(payment?.amountXof, amountXof);
    assert(payment.payerPhone === null || payment.payerPhone === stage.phone);
    assert(payment.reference === null || payment.reference === reference);
    assert.deepEqual(await mustBePaid(stage, keyOf(reference)), [payment]);
  });

  it('a payment is found by the provider’s own number', async () => {
    const stage = stageNow();
    const { reference } = await ask(stage);
    await stage.pay(reference);
    const [payment] = await mustBePaid(stage, keyOf(reference));
    const { transaction = '' } = payment ?? {};
    const found = await mustBePaid(stage, keyOf(null, { transaction }));
    assert.equal(found[0]?.transaction, transaction);
    assert.equal(found[0]?.amountXof, amountXof);
  });

  it('a reference nobody knows is absent, or waited for where only what is paid is ever found', async () => {
    const { provider } = stageNow();
    const { kind } = await provider.findDeposit(keyOf(randomUUID()));
    assert(kind === 'absent' || (kind === 'waiting' && !provider.repeatsDepositsSafely), kind);
    const transaction = randomUUID();
    assert.equal((await provider.findDeposit(keyOf(null, { transaction }))).kind, 'absent');
  });

  it('a request whose answer is lost is unknown, then found; asked again it is no second deposit', async () => {
    const stage = stageNow();
    const { provider } = stage;
    const order = orderOf(stage);
    stage.loseNextAnswer('deposit');
    assert.equal((await provider.requestDeposit(order)).kind, 'unknown');
    if (!provider.repeatsDepositsSafely) return;
    assert.equal((await provider.requestDeposit(order)).kind, 'waiting');
    await stage.pay(order.reference);
    assert.equal((await mustBePaid(stage, keyOf(order.reference))).length, 1);
    const again = await provider.requestDeposit(order);
    assert(again.kind === 'paid' && again.payments.length === 1, JSON.stringify(again));
  });

  it('a deposit over its time is no longer waited for, and late money is found', async () => {
    const stage = stageNow();
    const { reference, session } = await ask(stage);
    stage.passTime(stage.sessionLifeMs);
    const over = await stage.provider.findDeposit(keyOf(reference, { session }));
    assert(over.kind === 'expired' || over.kind === 'absent', JSON.stringify(over));
    await stage.payLate(reference);
    const payments = await mustBePaid(stage, keyOf(reference, { session }));
    assert.equal(payments[0]?.amountXof, amountXof);
  });

  it('two sessions of one reference, both paid, are two payments', async () => {
    const stage = stageNow();
    if (stage.openTwin === undefined) return;
    const order = await ask(stage);
    await stage.openTwin(order);
    await stage.pay(order.reference);
    await stage.pay(order.reference);
    const payments = await mustBePaid(stage, keyOf(order.reference));
    assert.equal(new Set(payments.map(({ transaction }) => transaction)).size, 2);
  });
}

function describeWithdrawals(stageNow: () => ProviderStage): void {
  const orderTo = (phone: string): WithdrawalOrder => ({
    reference: randomUUID(),
    amountXof: xof(5_000),
    phone,
    requestedAt: new Date(),
  });
  const find = ({ provider }: ProviderStage, { reference, requestedAt }: WithdrawalOrder) =>
    provider.findWithdrawal({ reference, session: null, requestedAt });
  const send = ({ provider }: ProviderStage, order: WithdrawalOrder) =>
    provider.sendWithdrawal(order, provider.composeWithdrawal(order));

  it('a withdrawal is paid, found again, and not paid twice', async () => {
    const stage = stageNow();
    const order = orderTo(stage.phone);
    assert.equal((await find(stage, order)).kind, 'absent');
    const paid = await send(stage, order);
    assert.equal(paid.kind, 'paid', JSON.stringify(paid));
    assert.deepEqual(await find(stage, order), paid);
    if (stage.provider.repeatsWithdrawalsSafely) assert.deepEqual(await send(stage, order), paid);
    assert.equal(stage.countPaidOut(order.reference), 1);
  });

  it('what is composed is the same every time, and holds no secret beside the number and the sum', async () => {
    const { provider, phone } = stageNow();
    const order = orderTo(phone);
    assert.equal(provider.composeWithdrawal(order), provider.composeWithdrawal({ ...order }));
  });

  it('a refused withdrawal moves nothing', async () => {
    const stage = stageNow();
    const order = orderTo(stage.refusedPhone);
    const refused = await send(stage, order);
    assert.equal(refused.kind, 'refused', JSON.stringify(refused));
    assert.equal(stage.countPaidOut(order.reference), 0);
  });

  it('a withdrawal whose answer is lost is unknown, found paid, and was paid once', async () => {
    const stage = stageNow();
    const order = orderTo(stage.phone);
    stage.loseNextAnswer('withdrawal');
    assert.equal((await send(stage, order)).kind, 'unknown');
    assert.equal((await find(stage, order)).kind, 'paid');
    assert.equal(stage.countPaidOut(order.reference), 1);
  });

  it('an empty account is no refusal: it is paid later', async () => {
    const stage = stageNow();
    const order = orderTo(stage.phone);
    const refill = stage.emptyFloat();
    const later = await send(stage, order);
    assert(later.kind === 'later' && later.reason === 'float_empty', JSON.stringify(later));
    refill();
    assert.equal((await send(stage, order)).kind, 'paid');
  });
}

function describeCallbacks(stageNow: () => ProviderStage): void {
  const read = ({ provider }: ProviderStage, callback: CallbackRequest) => {
    const reading = provider.readCallback?.(callback);
    assert(reading !== undefined);
    return reading;
  };

  it('a callback leads to its deposit, with the same id however often it comes', async () => {
    const stage = stageNow();
    const { reference } = await ask(stage);
    await stage.pay(reference);
    const [callback] = await stage.takeCallbacks();
    assert(callback !== undefined);
    const reading = read(stage, callback);
    assert(reading.kind === 'authentic' && reading.about === 'deposit', JSON.stringify(reading));
    assert.deepEqual(read(stage, callback), reading);
    const { session, transaction } = reading;
    const payments = await mustBePaid(stage, keyOf(reading.reference, { session, transaction }));
    assert.equal(payments[0]?.amountXof, amountXof);
  });

  it('a callback that is not the provider’s is forged', async () => {
    const stage = stageNow();
    const { reference } = await ask(stage);
    await stage.pay(reference);
    const [callback] = await stage.takeCallbacks();
    assert(callback !== undefined);
    assert.equal(read(stage, stage.forge(callback)).kind, 'forged');
    const bare = { ...callback, headers: { 'content-type': 'application/json' } };
    assert.equal(read(stage, bare).kind, 'forged');
  });
}

function describeAccounts(stageNow: () => ProviderStage): void {
  const netOf = (lines: readonly StatementLine[]) => lines.reduce((sumXof, { netXof }) => sumXof + netXof, 0);

  it('the statement explains every franc by which the balance changes', async () => {
    const stage = stageNow();
    const { provider } = stage;
    const { reference } = await ask(stage);
    const order: WithdrawalOrder = { ...orderOf(stage), requestedAt: new Date() };
    const accounts = new Set(Object.values(provider.accounts));
    const before = new Map<string, Awaited<ReturnType<typeof lookAt>>>();
    for (const account of accounts) before.set(account, await lookAt(provider, account));
    await stage.pay(reference);
    assert.equal((await provider.sendWithdrawal(order, provider.composeWithdrawal(order))).kind, 'paid');
    const fresh: StatementLine[] = [];
    for (const account of accounts) {
      const [was, is] = [before.get(account), await lookAt(provider, account)];
      if (was?.lines == null || is.lines === null) continue;
      const known = new Set(was.lines.map(({ transaction }) => transaction));
      const lines = is.lines.filter(({ transaction }) => !known.has(transaction));
      fresh.push(...lines);
      if (was.balanceXof !== null && is.balanceXof !== null)
        assert.equal(netOf(lines), is.balanceXof - was.balanceXof, account);
    }
    if (fresh.length === 0) return;
    const deposit = fresh.find(({ kind }) => kind === 'deposit');
    const withdrawal = fresh.find(({ kind }) => kind === 'withdrawal');
    assert.equal(grossXof(deposit), amountXof);
    assert.equal(grossXof(withdrawal), -order.amountXof);
    assert.equal(withdrawal?.reference, order.reference);
  });
}

/** Without what was kept on the way. */
function grossXof(line: StatementLine | undefined): number | null {
  if (line === undefined) return null;
  return line.netXof + line.feeXof + (line.isTaxPaidByProvider ? 0 : line.taxXof);
}

/** Nulls: the provider has no such thing. Today and yesterday: midnight must not break a test. */
async function lookAt(provider: PaymentProvider, account: string) {
  const balance = await provider.readBalance(account);
  assert(balance.kind === 'balance' || balance.kind === 'none', JSON.stringify(balance));
  const lines: StatementLine[] = [];
  let hasStatement = true;
  for (const daysAgo of [1, 0]) {
    const day = new Date(Date.now() - daysAgo * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const statement = await provider.readStatement(account, day);
    assert(statement.kind === 'lines' || statement.kind === 'none', JSON.stringify(statement));
    if (statement.kind === 'lines') lines.push(...statement.lines);
    else hasStatement = false;
  }
  return {
    balanceXof: balance.kind === 'balance' ? balance.amountXof : null,
    lines: hasStatement ? lines : null,
  };
}
