/**
 * Orange's side of the simulator: codes, transactions and the retailer's float, on a clock that tests may move. It
 * knows no HTTP; what it tells others goes through `tell`.
 */
import {
  goodCallbacks,
  goodOrange,
  type OrangeControl,
  type OrangeFaults,
  type PayOutcome,
  type PayResult,
  type SimulatedQr,
  type SimulatedTransaction,
  type TransactionStatus,
} from './control.ts';
import { openLedgerBooks } from './ledger-books.ts';

/** The app refuses less; the interface does not. */
const AMOUNT_XOF_MIN = 10;
/** Orange promises a final state within a day. */
const PENDING_MS_MAX = 24 * 60 * 60 * 1000;

export interface NewCashIn {
  readonly amountXof: number;
  readonly reference: string;
  readonly customer: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Null: as the faults say. */
  readonly fate: { readonly pendingMs: number; readonly settlesAs: 'SUCCESS' | 'FAILED' } | null;
}

export interface World {
  faults(): OrangeFaults;
  setFaults(faults: Partial<OrangeFaults>): void;
  now(): number;
  advance(ms: number): void;
  readonly qrs: ReadonlyMap<string, SimulatedQr>;
  readonly transactions: ReadonlyMap<string, SimulatedTransaction>;
  addQr(qr: SimulatedQr): void;
  letExpire(qrId: string): void;
  readonly pay: OrangeControl['pay'];
  readonly payUnasked: OrangeControl['payUnasked'];
  /** Takes the float: the caller has looked whether there is enough. */
  addCashIn(order: NewCashIn): SimulatedTransaction;
  floatXof(): number;
  setFloat(amountXof: number): void;
  /** Ends the transient states whose time has come. */
  settle(): void;
  close(): void;
}

export function openWorld(file: string | null, tell: (transaction: SimulatedTransaction) => void): World {
  const books = openLedgerBooks(file);
  const { qrs, transactions } = books;
  const transient = new Set([...transactions.values()].filter(({ settles }) => settles !== null));
  let faults = goodOrange;
  let aheadMs = 0;

  const now = () => Date.now() + aheadMs;

  function record(of: Made, { pendingMs, settlesAs }: NonNullable<NewCashIn['fate']>): SimulatedTransaction {
    const atMs = now();
    const waitMs = of.status === 'SUCCESS' ? Math.min(pendingMs, PENDING_MS_MAX) : 0;
    const transaction: SimulatedTransaction = {
      ...of,
      status: waitMs > 0 ? 'PENDING' : of.status,
      settles: waitMs > 0 ? { atMs: atMs + waitMs, as: settlesAs } : null,
      transactionId: nameTransaction(of.type, atMs, transactions.size),
      createdAtMs: atMs,
      updatedAtMs: atMs,
    };
    books.keepTransaction(transaction);
    if (transaction.settles === null) tell(transaction);
    else transient.add(transaction);
    return transaction;
  }

  function settle(): void {
    const atMs = now();
    for (const transaction of transient) {
      const { settles, type, amountXof } = transaction;
      if (settles === null || settles.atMs > atMs) continue;
      transient.delete(transaction);
      const isFailed = settles.as === 'FAILED';
      if (isFailed && type === 'CASHIN') books.keepFloat(books.floatXof() + amountXof);
      const statusReason = isFailed ? 'Transaction failed' : null;
      const settled = { ...transaction, status: settles.as, statusReason, updatedAtMs: atMs, settles: null };
      books.keepTransaction(settled);
      tell(settled);
    }
  }

  return {
    faults: () => faults,
    setFaults: (given) => {
      faults = { ...goodOrange, ...given, callbacks: { ...goodCallbacks, ...given.callbacks } };
    },
    now,
    advance: (ms) => {
      aheadMs += ms;
      settle();
    },
    qrs,
    transactions,
    addQr: books.keepQr,
    letExpire: (qrId) => {
      const qr = qrs.get(qrId);
      if (qr !== undefined) books.keepQr({ ...qr, endsAtMs: Math.min(qr.endsAtMs, now()) });
    },
    pay: (qrId, { from, outcome = 'pay', amountXof, isLate = false }) => {
      const qr = qrs.get(qrId);
      if (qr === undefined) return { kind: 'declined', why: 'unknown_qr' };
      const why = decline(qr, from, isLate ? qr.startsAtMs : now(), [...transactions.values()]);
      if (why !== null) return { kind: 'declined', why };
      return { kind: 'recorded', transaction: record(paymentOf(qr, from, outcome, amountXof), faults) };
    },
    payUnasked: (customer, amountXof) => record({ ...unasked, customer, amountXof }, faults),
    addCashIn: ({ fate, ...order }) => {
      books.keepFloat(books.floatXof() - order.amountXof);
      const of = { ...order, type: 'CASHIN', qrId: null, status: 'SUCCESS', statusReason: null } as const;
      return record(of, fate ?? faults);
    },
    floatXof: books.floatXof,
    setFloat: books.keepFloat,
    settle,
    close: books.close,
  };
}

type Made = Omit<SimulatedTransaction, 'transactionId' | 'createdAtMs' | 'updatedAtMs' | 'settles'>;

const unasked = {
  type: 'MERCHANT_PAYMENT',
  qrId: null,
  reference: '',
  metadata: {},
  status: 'SUCCESS',
  statusReason: null,
} as const;

function paymentOf(qr: SimulatedQr, from: string, outcome: PayOutcome, amountXof = qr.amountXof): Made {
  const { qrId, reference, metadata } = qr;
  const { status, statusReason } = outcomes[outcome];
  return {
    type: 'MERCHANT_PAYMENT',
    qrId,
    reference,
    metadata,
    customer: from,
    amountXof,
    status,
    statusReason,
  };
}

const outcomes: Readonly<
  Record<PayOutcome, { readonly status: TransactionStatus; readonly statusReason: string | null }>
> = {
  pay: { status: 'SUCCESS', statusReason: null },
  insufficient: { status: 'FAILED', statusReason: '2020 Insufficient balance' },
  refuse: { status: 'CANCELLED', statusReason: 'Cancelled by the customer' },
};

const dead: readonly TransactionStatus[] = ['FAILED', 'REJECTED', 'CANCELLED'];

/** What the payer's app says instead of paying. */
function decline(
  qr: SimulatedQr,
  from: string,
  nowMs: number,
  transactions: readonly SimulatedTransaction[],
): Extract<PayResult, { kind: 'declined' }>['why'] | null {
  if (!/^7\d{8}$/.test(from)) return 'bad_number';
  if (nowMs >= qr.endsAtMs) return 'expired';
  if (qr.amountXof < AMOUNT_XOF_MIN) return 'too_small';
  const isPaid = transactions.some(({ qrId, status }) => qrId === qr.qrId && !dead.includes(status));
  return qr.isSingleUse && isPaid ? 'used' : null;
}

/** "MP260909.1002.A00000": the kind, the minute, and a count that goes on for ever. */
function nameTransaction(type: SimulatedTransaction['type'], atMs: number, count: number): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  const letter = String.fromCharCode('A'.charCodeAt(0) + (Math.floor(count / 100_000) % 26));
  const number = String(count % 100_000).padStart(5, '0');
  const kind = type === 'CASHIN' ? 'CI' : 'MP';
  return `${kind}${date.slice(2).replaceAll('-', '')}.${time.slice(0, 5).replace(':', '')}.${letter}${number}`;
}
