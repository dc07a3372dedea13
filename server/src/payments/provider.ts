/**
 * What every payment provider looks like to the wallet. An adapter translates; it knows neither database nor state.
 * What it cannot read, or never heard, is `unknown`, never a refusal. References are ours, made once for life: uuids,
 * which fit every provider (at most 50 characters of [A-Za-z0-9_-]).
 *
 * A provider lives in one folder and is registered by one line of `providers.ts`; see docs/payments.md.
 */
import type { Xof } from '#core/money.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';

/** Small letters and underscores: 'wave'. It names the provider in the database, in addresses and in the JSON interface. */
export type ProviderName = string;

export interface DepositOrder {
  /** Of this attempt. The first attempt of a deposit has the deposit's own id. */
  readonly reference: string;
  readonly amountXof: Xof;
  /** The player's own number in E.164: the only one that may pay. */
  readonly phone: string;
  /** Where the provider sends the payer back to; never a proof of anything. */
  readonly backUrl: string;
}

/** How the player gets from our page to the provider's app. */
export interface Launch {
  /** What each button opens, the usual one first; "Wave", "MAX IT". */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** What another phone scans: a PNG in base64, or a text to be drawn; null: there is no code. */
  readonly qr: { readonly png: string } | { readonly text: string } | null;
}

/** Money that has reached us at the provider: the provider's word on a look-up, never a callback's alone. */
export interface Payment {
  /** The provider's own id of the movement; one credit for each, ever. */
  readonly transaction: string;
  readonly amountXof: Xof;
  /** E.164; null when the provider does not say who paid and lets only the player's own number pay. */
  readonly payerPhone: string | null;
  /** Our reference as the provider has it; null for money that nobody announced. */
  readonly reference: string | null;
  readonly paidAt: Date | null;
}

export type DepositAnswer =
  /** At least one payment; more when two sessions of one reference were paid. */
  | { readonly kind: 'paid'; readonly payments: readonly Payment[] }
  /** The player still has to pay. Nulls: a look-up that does not repeat them. */
  | {
      readonly kind: 'waiting';
      readonly session: string | null;
      readonly launch: Launch | null;
      readonly expiresAt: Date | null;
      /** Why the last try to pay failed, when the provider says so: he may try again. */
      readonly reason?: PaymentReason;
    }
  /** Over its time: no money came, and none is expected. It may still come. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly reason: PaymentReason }
  /** The provider does not know this reference. */
  | { readonly kind: 'absent' }
  /** Money that is not francs, or no whole amount, or without an amount: a person decides. `detail` is for staff. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  | Trouble;

export interface WithdrawalOrder {
  readonly reference: string;
  readonly amountXof: Xof;
  /** The player's own number in E.164. */
  readonly phone: string;
  /** At the instant of the first try. */
  readonly requestedAt: Date;
}

export type WithdrawalAnswer =
  | { readonly kind: 'paid'; readonly transaction: string }
  /** The provider has it and works on it; `session` is its id for it. */
  | { readonly kind: 'waiting'; readonly session: string | null }
  | { readonly kind: 'refused'; readonly reason: PaymentReason }
  /** It had been paid, and the money is back with us. */
  | { readonly kind: 'reversed'; readonly transaction: string | null }
  | { readonly kind: 'absent' }
  | Trouble;

/** What any call may end in. `detail` is for staff and the log: never a secret, never a phone. */
export type Trouble =
  /** Surely not executed, and may be tried again: empty float, too many requests, no connection. */
  | { readonly kind: 'later'; readonly reason: PaymentReason; readonly detail: string }
  /** Surely not executed, and nothing will be until a person has put our access right (401, 403, a wrong PIN). */
  | { readonly kind: 'closed'; readonly reason: PaymentReason; readonly detail: string }
  /** It may have been executed. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** How a deposit, or money that nobody asked for, is found again. At least one of the three is there. */
export interface DepositKey {
  readonly reference: string | null;
  /** The provider's id of the session or code that was to be paid. */
  readonly session: string | null;
  readonly transaction: string | null;
  /** When it was asked for or, without a deposit of ours, when we heard of it. */
  readonly requestedAt: Date;
}

export interface WithdrawalKey {
  readonly reference: string;
  readonly session: string | null;
  readonly requestedAt: Date;
}

export type RefundAnswer =
  | { readonly kind: 'refunded' }
  | { readonly kind: 'refused'; readonly reason: PaymentReason }
  | { readonly kind: 'absent' }
  | Trouble;

/** What may be known of who is to be paid. Null: the provider does not say. */
export interface RecipientAnswer {
  readonly isWithinLimits: boolean | null;
  readonly nameMatch: 'match' | 'no_match' | 'not_known' | null;
}

export interface CallbackRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came: signatures are over them. */
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** A callback never moves money: it says where to look. */
export type CallbackReading =
  | { readonly kind: 'forged'; readonly detail: string }
  | {
      readonly kind: 'authentic';
      /** The same for every delivery of one event. */
      readonly eventId: string;
      readonly about: 'deposit' | 'withdrawal' | 'nothing';
      readonly reference: string | null;
      readonly session: string | null;
      readonly transaction: string | null;
    };

/** One line of the provider's own account of one of our accounts with it. */
export interface StatementLine {
  readonly transaction: string;
  readonly kind:
    | 'deposit'
    | 'deposit_refund'
    | 'withdrawal'
    | 'withdrawal_reversal'
    /** Made by hand, by the bank, by the provider: everything the application did not ask for. */
    | 'other';
  /** The provider's own word for it. */
  readonly rawKind: string;
  /** The net change of our balance, negative when it fell. */
  readonly netXof: number;
  /** Kept by the provider, within `netXof`. */
  readonly feeXof: number;
  /** The State's tax on transfers (TTA), within `netXof` unless the provider pays it. */
  readonly taxXof: number;
  readonly isTaxPaidByProvider: boolean;
  readonly reference: string | null;
  readonly session: string | null;
  readonly counterpartyPhone: string | null;
  readonly at: Date;
  /** After this line; null when the provider does not say. */
  readonly balanceXof: number | null;
}

export type StatementAnswer =
  | { readonly kind: 'lines'; readonly lines: readonly StatementLine[] }
  /** The provider has no statement of this account. */
  | { readonly kind: 'none' }
  | Trouble;

export type BalanceAnswer =
  | { readonly kind: 'balance'; readonly amountXof: number }
  | { readonly kind: 'none' }
  | Trouble;

export interface PaymentProvider {
  readonly name: ProviderName;
  /** As people call it: "Wave". */
  readonly label: string;
  /** Serves accounts flagged as test, and only them; or real ones, and only them. Simulators serve test accounts. */
  readonly servesTest: boolean;
  /** Is it offered to players on their pages? The internal one serves scripts. */
  readonly isOffered: boolean;
  /** It lets nobody but the player's own number pay; absent: it says afterwards who paid, and people look at the others. */
  readonly refusesOtherPayers?: boolean;
  /** It has not answered for a while, and is left in peace; absent: nobody keeps watch. */
  isSilent?(): boolean;
  /** Our accounts with it: where deposits arrive and withdrawals leave from. One name where it is one wallet. */
  readonly accounts: { readonly deposits: string; readonly withdrawals: string };
  /** The words of its statement in French, for the office; what is absent is shown as the provider writes it. */
  readonly movementNames?: Readonly<Record<string, string>>;
  /** The same deposit reference twice is one deposit: an absent one may be asked for again. */
  readonly repeatsDepositsSafely: boolean;
  /** The same withdrawal reference twice is paid once: an absent one may be sent again. */
  readonly repeatsWithdrawalsSafely: boolean;

  requestDeposit(order: DepositOrder): Promise<DepositAnswer>;
  findDeposit(key: DepositKey): Promise<DepositAnswer>;
  /** Makes a session unpayable, as far as the provider can; absent: it has no such thing. */
  expireDeposit?(session: string): Promise<void>;
  /**
   * Gives a payment back to its payer, the fee too, once, however often it is asked; absent: the provider has no such
   * thing. Without a session the transaction names it: nobody had announced it.
   */
  refundDeposit?(of: {
    readonly session: string | null;
    readonly transaction: string;
  }): Promise<RefundAnswer>;

  /** The bytes that will be sent, kept with the withdrawal and sent again unchanged. They hold no secret. */
  composeWithdrawal(order: WithdrawalOrder): string;
  sendWithdrawal(order: WithdrawalOrder, composed: string): Promise<WithdrawalAnswer>;
  findWithdrawal(key: WithdrawalKey): Promise<WithdrawalAnswer>;
  /** Takes a paid withdrawal back; absent: the provider has no such thing. */
  reverseWithdrawal?(key: WithdrawalKey & { readonly transaction: string }): Promise<WithdrawalAnswer>;
  /** Before a first withdrawal to a number; absent: the provider has no such thing. */
  verifyRecipient?(of: {
    readonly phone: string;
    readonly name: string | null;
    readonly amountXof: Xof;
  }): Promise<RecipientAnswer | Trouble>;

  /** Absent: the provider calls nobody. */
  readCallback?(request: CallbackRequest): CallbackReading;

  /** What the provider says we have on this account of ours. */
  readBalance(account: string): Promise<BalanceAnswer>;
  /** One UTC day ("2026-11-25"), oldest first. */
  readStatement(account: string, day: string): Promise<StatementAnswer>;
}

/** By name; a provider that is not configured is not there. */
export type Providers = Readonly<Record<ProviderName, PaymentProvider>>;
