/** What tests and the seeded simulation see of the simulated Wave, and how they make it misbehave. */
import type { Simulator } from '../../provider-module.ts';
import type { PostCallback } from '../../simulator/deliver-callbacks.ts';
import type { WaveConfig } from '../config.ts';

export interface WaveSimulator extends Simulator<WaveConfig> {
  readonly control: WaveControl;
}

/** As Wave's interface shows it, and the simulator keeps it. Amounts are whole francs here, strings on the wire. */
export interface SimulatedSession {
  readonly id: string;
  readonly amountXof: number;
  readonly reference: string | null;
  readonly successUrl: string;
  readonly errorUrl: string;
  /** The only number that may pay; null: any. */
  readonly onlyPayer: string | null;
  readonly status: 'open' | 'complete' | 'expired';
  readonly payment: 'processing' | 'cancelled' | 'succeeded';
  readonly lastError: PaymentErrorCode | null;
  readonly transaction: string | null;
  /** Who paid; Wave shows it in the statement only. */
  readonly payer: string | null;
  readonly isRefunded: boolean;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly completedAtMs: number | null;
}

export type PayoutStatus = 'processing' | 'succeeded' | 'failed' | 'reversed';

export interface SimulatedPayout {
  readonly id: string;
  /** The Idempotency-Key it was asked for with, and the hash of the body. */
  readonly key: string;
  readonly bodyHash: string;
  readonly amountXof: number;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly mobile: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly status: PayoutStatus;
  readonly error: string | null;
  readonly createdAtMs: number;
  /** While it is processing: what it becomes, and when. */
  readonly settles: { readonly atMs: number; readonly to: 'succeeded' | 'failed' } | null;
}

/** One line of the statement. `amountXof` is the net change of the balance. */
export interface SimulatedTransaction {
  readonly id: string;
  readonly type: string;
  readonly amountXof: number;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly balanceXof: number;
  readonly isReversal: boolean;
  readonly counterparty: string | null;
  readonly reference: string | null;
  readonly session: string | null;
  readonly atMs: number;
  /** The payment that it gives back; Wave does not say. */
  readonly refunds?: string;
}

export const paymentErrorCodes = [
  'blocked-account',
  'cross-border-payment-not-allowed',
  'customer-age-restricted',
  'insufficient-funds',
  'kyb-limits-exceeded',
  'payer-mobile-mismatch',
  'payment-failure',
] as const;
export type PaymentErrorCode = (typeof paymentErrorCodes)[number];

/**
 * Payouts to these numbers always end in the same way, as in the table of the reference: `magicNumber(1)` is blocked.
 * They are a block of their own, so that nobody's number is magic by chance.
 */
export function magicNumber(which: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10): string {
  return `+2217600000${String(which).padStart(2, '0')}`;
}

/** A call of the interface, as the knob sees it. `reference` is the client_reference it is about, when it names one. */
export interface WaveCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operation: WaveOperation;
  readonly reference: string | null;
}

export type WaveOperation =
  | 'create_session'
  | 'read_session'
  | 'find_session'
  | 'search_sessions'
  | 'expire_session'
  | 'refund_session'
  | 'refund_transaction'
  | 'payout'
  | 'read_payout'
  | 'search_payouts'
  | 'reverse_payout'
  | 'verify_recipient'
  | 'balance'
  | 'transactions';

/** What becomes of one call. Executed: the books are written all the same. */
export type AnswerFault =
  | 'none'
  /** Executed; the connection is cut before the answer. */
  | 'lost'
  /** Cut before anything is executed. */
  | 'reset'
  /** Not executed. */
  | 'too_many_requests'
  | 'unavailable'
  /** A proxy's page in place of an answer. */
  | 'html_502'
  /** Executed, and answered 500. */
  | 'error_after'
  /** Executed, and answered 200 without a body. */
  | 'empty_after'
  /** Executed, and answered after `faults.slowMs`. */
  | 'slow';

export interface WaveFaults {
  /** Asked at every call of the interface. */
  answer: (call: WaveCall) => AnswerFault;
  slowMs: number;
  errorShape: 'code' | 'error' | 'error_code' | 'nested';
  /** What Wave thinks of our key. */
  access: 'granted' | 'api-key-revoked' | 'invalid-wallet' | 'disabled-wallet' | 'ip-not-allowed';

  /** Webhooks that start from now on. */
  webhookStrategy: 'signature' | 'bearer';
  isWebhookDropped: (type: string) => boolean;
  webhookDelayMs: number;
  /** How many more times each leaves, the same. */
  webhookDuplicates: number;
  /** Each leaves a second time under another id, as when two webhooks are registered. */
  hasWebhookTwin: boolean;
  /** Each waits for the next one and leaves after it. */
  swapsWebhooks: boolean;
  /** wrong: another secret; stale: six minutes old; two_v1: another secret's digest comes first. */
  webhookSignature: 'right' | 'wrong' | 'stale' | 'two_v1' | 'missing';

  sessionLifeMs: number;
  /** What a payer pays in place of the amount of the session; must never happen. */
  paidInstead: (amountXof: number) => number;
  /** How long magic numbers 5 and 6 stay `processing`. */
  processingMs: number;
  /** Every new payout starts as `processing`. */
  processesPayouts: boolean;
  /** Every new payout is answered 200 and has failed with this code; null: it has not. */
  payoutError: string | null;
  /** To the nearest 5 francs, or to the franc. */
  feeRoundsToXof: 1 | 5;
  /** The State's tax on transfers: 0.5 %, at most 2 000 F; null: none. */
  tax: { readonly isPaidByWave: boolean; readonly writes: 'string' | 'boolean' } | null;
  /** Has the recipient spent the money that is to be reversed? */
  hasRecipientSpent: boolean;
  nameMatch: 'MATCH' | 'NO_MATCH' | 'NAME_NOT_KNOWN' | null;
  /** What the statement shows in place of the books: lines that are missing, extra or different. */
  statement: (lines: readonly SimulatedTransaction[]) => readonly SimulatedTransaction[];
  statementPageSize: number;
}

export interface WaveControl {
  readonly faults: Readonly<WaveFaults>;
  setFaults(change: Partial<WaveFaults>): void;
  clearFaults(): void;

  /** Of the sessions, payouts and the statement. Signatures go by the wall clock. */
  nowMs(): number;
  advance(ms: number): void;

  sessions(): readonly SimulatedSession[];
  payouts(): readonly SimulatedPayout[];
  transactions(): readonly SimulatedTransaction[];
  balanceXof(): number;
  /** How many calls of this operation came, executed or not. */
  countCalls(operation: WaveOperation): number;

  /** A session that nobody asked for over the interface: a second one of a reference, say. */
  openSession(of: {
    readonly reference: string;
    readonly amountXof: number;
    readonly onlyPayer: string | null;
    readonly backUrl: string;
  }): SimulatedSession;
  /** `phone`: who pays, the session's own payer unless said. `isForced`: also when the session is over (late success). */
  pay(sessionId: string, how?: { readonly phone?: string; readonly isForced?: boolean }): SimulatedSession;
  refuse(sessionId: string, code: PaymentErrorCode): SimulatedSession;
  /** Somebody pays our merchant number directly: nobody announced it. */
  payMerchant(how: { readonly phone: string; readonly amountXof: number }): SimulatedTransaction;
  /** A movement that treasury makes by hand; negative: out of the wallet. */
  moveFloat(amountXof: number): SimulatedTransaction;
  settlePayout(payoutId: string, to: 'succeeded' | 'failed'): SimulatedPayout;

  /** Any bytes as a webhook; signed as the faults say. */
  sendWebhook(body: string): void;
  /** While held, webhooks leave only by `deliverCallbacks`. */
  holdCallbacks(isHeld: boolean): void;
  /** One try for each that waits. */
  deliverCallbacks(): Promise<void>;
  callbacksWaiting(): number;
  postCallbacksThrough(post: PostCallback): void;
}
