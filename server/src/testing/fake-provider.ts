/** A payment provider that keeps books like a real one and can lose answers, refuse, or take its time. */
import { xof } from '#core/money.ts';
import type {
  BalanceAnswer,
  DepositAnswer,
  PaymentProvider,
  RefundAnswer,
  StatementAnswer,
  WithdrawalAnswer,
} from '../payments/provider.ts';

/** How it behaves; each test sets what it needs. A call is "deposit <reference>" or "withdrawal <reference>". */
export interface Behaviour {
  /** Before it writes its books: throws when the request is lost. */
  beforeBooks: (call: string) => Promise<void>;
  /** After it has written them: throws when the answer is lost. */
  beforeAnswer: (call: string) => Promise<void>;
  depositAnswer: (reference: string, amountXof: number) => DepositAnswer;
  /** Null: what the books say. */
  foundDeposit: ((reference: string, transaction: string | null) => DepositAnswer) | null;
  withdrawalAnswer: (reference: string) => WithdrawalAnswer;
  refundAnswer: (transaction: string) => RefundAnswer;
  balance: (account: string) => BalanceAnswer;
  statement: (account: string, day: string) => StatementAnswer;
}

export interface FakeProvider extends PaymentProvider {
  readonly behaviour: Behaviour;
  /** What was asked of it, in order. */
  readonly calls: string[];
  /** How many times each withdrawal was really paid. */
  readonly paidOut: ReadonlyMap<string, number>;
  /** What it worked on is done. */
  paysOut(reference: string): void;
  /** Behaves well again; its books stay. */
  reset(): void;
}

const goodBehaviour: Behaviour = {
  beforeBooks: async () => undefined,
  beforeAnswer: async () => undefined,
  depositAnswer: (reference, amountXof) => paidBy({ transaction: `T-${reference}`, amountXof }),
  foundDeposit: null,
  withdrawalAnswer: (reference) => ({ kind: 'paid', transaction: `T-${reference}` }),
  refundAnswer: () => ({ kind: 'refunded' }),
  balance: () => ({ kind: 'none' }),
  statement: () => ({ kind: 'none' }),
};

/** What its callbacks carry in `x-fake-secret`. */
export const fakeCallbackSecret = 'only the fake knows';

/** One payment, as a provider tells it that lets only the player's own number pay. */
export function paidBy(of: { readonly transaction: string; readonly amountXof: number }): DepositAnswer {
  const { transaction, amountXof } = of;
  const payment = { transaction, amountXof: xof(amountXof), payerPhone: null, reference: null, paidAt: null };
  return { kind: 'paid', payments: [payment] };
}

/** A deposit that waits for its payer. */
export const waitingDeposit: DepositAnswer = {
  kind: 'waiting',
  session: null,
  launch: null,
  expiresAt: null,
};

/** `repeatsSafely`: the same reference twice is one payment, as with an idempotency key; else it is two. */
export function openFakeProvider({ repeatsSafely = true } = {}): FakeProvider {
  const behaviour = { ...goodBehaviour };
  const calls: string[] = [];
  const deposits = new Map<string, DepositAnswer>();
  const withdrawals = new Map<string, WithdrawalAnswer>();
  const paidOut = new Map<string, number>();

  function payOut(reference: string): WithdrawalAnswer {
    const known = withdrawals.get(reference);
    if (known !== undefined && repeatsSafely) return known;
    const answer = behaviour.withdrawalAnswer(reference);
    withdrawals.set(reference, answer);
    if (answer.kind === 'paid') paidOut.set(reference, (paidOut.get(reference) ?? 0) + 1);
    return answer;
  }

  return {
    name: 'internal',
    label: 'Argent d’essai',
    servesTest: true,
    isOffered: false,
    accounts: { deposits: 'internal', withdrawals: 'internal' },
    movementNames: { b2b_payment: 'Versement à une entreprise' },
    repeatsDepositsSafely: repeatsSafely,
    repeatsWithdrawalsSafely: repeatsSafely,
    behaviour,
    calls,
    paidOut,
    paysOut: (reference) => {
      withdrawals.set(reference, { kind: 'paid', transaction: `T-${reference}` });
    },
    reset: () => Object.assign(behaviour, goodBehaviour),
    requestDeposit: async ({ reference, amountXof }) => {
      const call = `deposit ${reference}`;
      calls.push(call);
      await behaviour.beforeBooks(call);
      const answer = deposits.get(reference) ?? behaviour.depositAnswer(reference, amountXof);
      deposits.set(reference, answer);
      await behaviour.beforeAnswer(call);
      return answer;
    },
    findDeposit: async ({ reference: asked, transaction }) => {
      const reference = asked ?? '';
      calls.push(`find deposit ${reference}`);
      return (
        behaviour.foundDeposit?.(reference, transaction) ?? deposits.get(reference) ?? { kind: 'absent' }
      );
    },
    sendWithdrawal: async ({ reference }) => {
      const call = `withdrawal ${reference}`;
      calls.push(call);
      await behaviour.beforeBooks(call);
      const answer = payOut(reference);
      await behaviour.beforeAnswer(call);
      return answer;
    },
    readCallback: ({ headers, body }) => {
      if (headers['x-fake-secret'] !== fakeCallbackSecret)
        return { kind: 'forged', detail: 'another secret' };
      const told: Partial<Record<string, string>> = JSON.parse(body.toString());
      const { event = '', about, reference = null, session = null, transaction = null } = told;
      const isAboutMoney = about === 'deposit' || about === 'withdrawal';
      return {
        kind: 'authentic',
        eventId: event,
        about: isAboutMoney ? about : 'nothing',
        reference,
        session,
        transaction,
      };
    },
    refundDeposit: async ({ transaction }) => {
      const call = `refund ${transaction}`;
      calls.push(call);
      const answer = behaviour.refundAnswer(transaction);
      await behaviour.beforeAnswer(call);
      return answer;
    },
    composeWithdrawal: ({ reference }) => reference,
    readBalance: async (account) => behaviour.balance(account),
    readStatement: async (account, day) => behaviour.statement(account, day),
    findWithdrawal: async ({ reference }) => {
      calls.push(`find withdrawal ${reference}`);
      return withdrawals.get(reference) ?? { kind: 'absent' };
    },
  };
}
