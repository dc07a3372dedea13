/** A checkout session as Wave tells it, and what it means to a deposit. */
import { xof } from '#core/money.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { fieldOf, textOf } from '../json-fields.ts';
import type { DepositAnswer, Launch, Payment } from '../provider.ts';
import { readTime, readXof } from './read-values.ts';

export interface WaveSession {
  readonly id: string;
  readonly isOpen: boolean;
  /** Both words of Wave's: complete and succeeded. */
  readonly isPaid: boolean;
  readonly amount: unknown;
  readonly currency: string | null;
  readonly reference: string | null;
  readonly transaction: string | null;
  /** Only this number could pay; null or absent: Wave does not say. */
  readonly onlyPayer: string | null;
  readonly lastError: string | null;
  readonly launchUrl: string | null;
  readonly expiresAt: Date | null;
  readonly completedAt: Date | null;
}

/** Null: this is no session. */
export function readSession(value: unknown): WaveSession | null {
  const id = textOf(fieldOf(value, 'id'));
  const status = textOf(fieldOf(value, 'checkout_status'));
  if (id === null || status === null) return null;
  return {
    id,
    isOpen: status === 'open',
    isPaid: status === 'complete' && fieldOf(value, 'payment_status') === 'succeeded',
    amount: fieldOf(value, 'amount'),
    currency: textOf(fieldOf(value, 'currency')),
    reference: textOf(fieldOf(value, 'client_reference')),
    transaction: textOf(fieldOf(value, 'transaction_id')),
    onlyPayer: textOf(fieldOf(value, 'restrict_payer_mobile')),
    lastError: textOf(fieldOf(value, 'last_payment_error', 'code')),
    launchUrl: textOf(fieldOf(value, 'wave_launch_url')),
    expiresAt: readTime(fieldOf(value, 'when_expires')),
    completedAt: readTime(fieldOf(value, 'when_completed')),
  };
}

/** A payment without its payer, or why a person has to look. */
export function readPayment(
  session: WaveSession,
): Omit<Payment, 'payerPhone'> | { readonly unreadable: string } {
  const amountXof = readXof(session.amount);
  const { id, currency, transaction, reference } = session;
  if (currency !== 'XOF') return { unreadable: `session ${id}: not francs` };
  if (amountXof === null || amountXof <= 0) return { unreadable: `session ${id}: no amount` };
  if (transaction === null) return { unreadable: `session ${id}: paid without a transaction` };
  return { transaction, amountXof: xof(amountXof), reference, paidAt: session.completedAt };
}

export function showWaiting({ id, launchUrl, expiresAt, lastError }: WaveSession): DepositAnswer {
  const waiting = { kind: 'waiting', session: id, launch: launchOf(launchUrl), expiresAt } as const;
  return lastError === null ? waiting : { ...waiting, reason: attemptReasonOf(lastError) };
}

/** A link that a browser opens, and the same as a code for another phone. */
function launchOf(url: string | null): Launch | null {
  if (url === null || !/^https?:\/\//.test(url)) return null;
  return { links: [{ label: 'Wave', url }], qr: { text: url } };
}

const attemptReasons: Readonly<Record<string, PaymentReason>> = {
  'blocked-account': 'payer_blocked',
  'cross-border-payment-not-allowed': 'payer_abroad',
  'customer-age-restricted': 'payer_too_young',
  'insufficient-funds': 'payer_insufficient_funds',
  'kyb-limits-exceeded': 'house_limit',
  'payer-mobile-mismatch': 'payer_other_number',
  'payment-failure': 'attempt_failed',
};

export function attemptReasonOf(code: string): PaymentReason {
  return (Object.hasOwn(attemptReasons, code) ? attemptReasons[code] : undefined) ?? 'attempt_failed';
}
