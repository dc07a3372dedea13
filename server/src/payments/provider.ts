/**
 * What every payment provider looks like to the wallet. An adapter translates; it knows neither database nor state.
 * What it cannot read, or never heard, is `unknown`, never a refusal. References are ours, made once for life.
 */
import type { Xof } from '#core/money.ts';

export interface DepositOrder {
  readonly reference: string;
  readonly amountXof: Xof;
  /** The player's own number: the only one that may pay. */
  readonly phone: string;
}

export type DepositAnswer =
  | {
      readonly kind: 'paid';
      /** The provider's own id of the movement. */
      readonly transaction: string;
      readonly amountXof: Xof;
    }
  /** The player still has to pay, at this address when the provider has one. */
  | { readonly kind: 'waiting'; readonly launchUrl: string | null }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The provider does not know this reference. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface WithdrawalOrder {
  readonly reference: string;
  readonly amountXof: Xof;
  /** The player's own number. */
  readonly phone: string;
}

export type WithdrawalAnswer =
  | { readonly kind: 'paid'; readonly transaction: string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PaymentProvider {
  /** Serves accounts flagged as test, and only them; or real ones, and only them. */
  readonly servesTest: boolean;
  /** The same deposit reference twice is one deposit: an absent one may be asked for again. */
  readonly repeatsDepositsSafely: boolean;
  /** The same withdrawal reference twice is paid once: an absent one may be sent again. */
  readonly repeatsWithdrawalsSafely: boolean;
  requestDeposit(order: DepositOrder): Promise<DepositAnswer>;
  findDeposit(reference: string): Promise<DepositAnswer>;
  sendWithdrawal(order: WithdrawalOrder): Promise<WithdrawalAnswer>;
  findWithdrawal(reference: string): Promise<WithdrawalAnswer>;
}

export type ProviderName = 'internal';

export type Providers = Readonly<Record<ProviderName, PaymentProvider>>;
