/** What tests and the seeded histories may do to the simulator of Orange Money, and what they may see of it. */
import type { Simulator } from '../../provider-module.ts';
import type { PostCallback } from '../../simulator/deliver-callbacks.ts';
import type { OrangeConfig } from '../config.ts';

export type TransactionStatus =
  | 'PRE_INITIATED'
  | 'INITIATED'
  | 'PENDING'
  | 'ACCEPTED'
  | 'SUCCESS'
  | 'FAILED'
  | 'REJECTED'
  | 'CANCELLED';

export interface SimulatedQr {
  readonly qrId: string;
  readonly amountXof: number;
  readonly reference: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly validityS: number;
  readonly isSingleUse: boolean;
  readonly name: string;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  /** Of this request alone; null: the registered one. */
  readonly callbackUrl: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SimulatedTransaction {
  readonly transactionId: string;
  readonly type: 'MERCHANT_PAYMENT' | 'CASHIN';
  readonly amountXof: number;
  readonly reference: string;
  /** Nine digits: who pays, or who is paid. */
  readonly customer: string;
  /** Of a payment: what was paid. */
  readonly qrId: string | null;
  readonly status: TransactionStatus;
  readonly statusReason: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** A transient state ends at this instant, and how. */
  readonly settles: { readonly atMs: number; readonly as: 'SUCCESS' | 'FAILED' } | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export type OrangeCall =
  | 'token'
  | 'qr'
  | 'search'
  | 'status'
  | 'keys'
  | 'cash_in'
  | 'balance'
  | 'callback_registration';

/** How one call goes wrong. */
export type CallFault =
  /** Done, and the connection is cut before the answer. */
  | 'lost_after_commit'
  /** Not done, and the connection is cut. */
  | 'reset'
  /** Done, and answered after `slowMs`. */
  | 'slow'
  /** Not done: a gateway's page. */
  | 'html_502'
  /** Not done, or nobody knows: 504. */
  | 'timeout_504'
  /** Done, and answered 504 all the same. */
  | 'timeout_504_after_commit'
  /** Not done: 429. */
  | 'too_many_429'
  /** Done, and answered 200 without a word. */
  | 'empty_answer'
  /** Not done: the token is refused, as if it had ended on its way. */
  | 'token_ended_401';

export type OrangeProduct = 'qr_code' | 'payment' | 'notification' | 'distributor';

export interface CallbackFaults {
  /** It never comes. */
  readonly isLost: boolean;
  /** How many times more each one comes. */
  readonly duplicates: number;
  /** On the simulator's clock. */
  readonly lateMs: number;
  /** A PENDING follows the SUCCESS. */
  readonly isReordered: boolean;
  readonly hasNumericCustomer: boolean;
  readonly isReduced: boolean;
  /** What is told of the amount: as it is; nothing; so much more. */
  readonly amount: 'true' | 'missing' | { readonly moreXof: number };
  /** Beside the true one comes one that somebody else made. */
  readonly isForgedToo: boolean;
  /** `Authorization: Basic` holds the key as it is, or in base64. */
  readonly keyForm: 'raw' | 'base64';
}

/** A line of the statement alone: look-ups by reference do not see it. */
export interface StatementFaults {
  /** Transactions that are left out. */
  readonly missing: readonly string[];
  /** Transactions with another amount. */
  readonly amounts: Readonly<Record<string, number>>;
  /** Transactions that nobody asked for. */
  readonly extra: readonly SimulatedTransaction[];
}

export interface OrangeFaults {
  /** Of each call the next ones, in order; afterwards it behaves. */
  readonly calls: Readonly<Partial<Record<OrangeCall, readonly CallFault[]>>>;
  readonly slowMs: number;
  /** How long a new transaction is PENDING before it succeeds; at most 24 hours. */
  readonly pendingMs: number;
  /** What a PENDING one becomes. */
  readonly settlesAs: 'SUCCESS' | 'FAILED';
  /** As in production: a search by type finds nothing. */
  readonly hasBrokenTypeFilter: boolean;
  /** Not known of the real one. */
  readonly rejectsDuplicateReference: boolean;
  readonly isSearchWrapped: boolean;
  readonly hasDeepLinks: boolean;
  readonly keyShape: 'spki' | 'pem' | 'array';
  /** Its clock in what it tells, against ours. */
  readonly clockAheadMs: number;
  /** The application is known, but nobody has switched it on. */
  readonly isClientInactive: boolean;
  readonly unapproved: readonly OrangeProduct[];
  readonly callbacks: CallbackFaults;
  readonly statement: StatementFaults;
}

export const goodCallbacks: CallbackFaults = {
  isLost: false,
  duplicates: 0,
  lateMs: 0,
  isReordered: false,
  hasNumericCustomer: false,
  isReduced: false,
  amount: 'true',
  isForgedToo: false,
  keyForm: 'raw',
};

/** Orange as it behaves on a good day, its known quirks included. */
export const goodOrange: OrangeFaults = {
  calls: {},
  slowMs: 0,
  pendingMs: 0,
  settlesAs: 'SUCCESS',
  hasBrokenTypeFilter: true,
  rejectsDuplicateReference: false,
  isSearchWrapped: false,
  hasDeepLinks: true,
  keyShape: 'spki',
  clockAheadMs: 0,
  isClientInactive: false,
  unapproved: [],
  callbacks: goodCallbacks,
  statement: { missing: [], amounts: {}, extra: [] },
};

export type PayOutcome = 'pay' | 'insufficient' | 'refuse';

export type PayResult =
  | { readonly kind: 'recorded'; readonly transaction: SimulatedTransaction }
  /** The app says so on the phone; Orange keeps nothing of it. */
  | {
      readonly kind: 'declined';
      readonly why: 'unknown_qr' | 'expired' | 'used' | 'too_small' | 'bad_number';
    };

export interface OrangeControl {
  /** A person with his phone. `from`: nine digits. */
  pay(
    qrId: string,
    how: {
      readonly from: string;
      readonly outcome?: PayOutcome;
      readonly amountXof?: number;
      /** He had begun before the time was over. */
      readonly isLate?: boolean;
    },
  ): PayResult;
  /** Somebody pays our merchant code by himself: money under no reference. */
  payUnasked(from: string, amountXof: number): SimulatedTransaction;
  /** Nobody can pay it any more. */
  letExpire(qrId: string): void;
  /** What is not named behaves as on a good day. */
  setFaults(faults: Partial<OrangeFaults>): void;
  /** Its clock, in milliseconds; what is due happens. */
  now(): number;
  advance(ms: number): void;
  qrs(): readonly SimulatedQr[];
  transactions(): readonly SimulatedTransaction[];
  /** The newest ten thousand calls, oldest first: "POST /api/eWallet/v1/cashins". */
  calls(): readonly string[];
  /** What they held. */
  bodies(of: OrangeCall): readonly string[];
  floatXof(): number;
  setFloat(amountXof: number): void;
  rotateKey(): void;
  /** The retailer's PIN is changed at Orange; its count of wrong tries starts anew. */
  setPin(pin: string): void;
  /** "Must be changed": 2010 until `setPin`. */
  demandNewPin(): void;
  endTokens(): void;
  /** While held, callbacks leave only by `deliverCallbacks`: one try for each that waits. */
  holdCallbacks(isHeld: boolean): void;
  deliverCallbacks(): Promise<void>;
  postThrough(post: PostCallback): void;
  waitingCallbacks(): number;
}

export interface OrangeSimulator extends Simulator<OrangeConfig> {
  readonly control: OrangeControl;
}
