/**
 * What an answer of Wave's that is not 2xx means. Whoever refuses our access closes the door, also with a code we do
 * not know; what Wave cannot say now is unknown; what it will never do is refused. Only a code makes it Wave's word:
 * a page of some machine in between is none.
 */
import type { PaymentReason } from '#core/payment-reasons.ts';
import { fieldOf, parseJson, textOf } from '../json-fields.ts';
import type { Trouble } from '../provider.ts';

export type Judgement =
  /** Surely not executed, and never will be. */
  | { readonly kind: 'refused'; readonly reason: PaymentReason; readonly code: string }
  /** Wave does not know what we speak of. */
  | { readonly kind: 'missing' }
  | Trouble;

const refusals: Readonly<Record<string, PaymentReason>> = {
  'request-validation-error': 'order_refused',
  'request-not-json': 'order_refused',
  'request-parsing-error': 'order_refused',
  'country-mismatch': 'recipient_invalid',
  'currency-mismatch': 'order_refused',
  'recipient-limit-exceeded': 'recipient_limit',
  'recipient-account-blocked': 'recipient_blocked',
  'recipient-account-inactive': 'recipient_inactive',
  'recipient-minor': 'recipient_too_young',
  'payout-reversal-time-limit-exceeded': 'reversal_too_late',
  'payout-reversal-account-terminated': 'recipient_inactive',
  'checkout-refund-failed': 'order_refused',
};

/** Our contract or our configuration is wrong: no operation of a player's fails for it. */
const closing = [
  'authorization-error',
  'unauthorized-wallet',
  'invalid-aggregated-merchant-id',
  'aggregated-merchant-required',
];

const missing = ['not-found', 'checkout-session-not-found'];

export function judgeAnswer(status: number, body: string): Judgement {
  const code = findCode(parseJson(body));
  const detail = `${status} ${code === null ? 'without a code' : describeCode(code)}`;
  if (status === 401 || status === 403) return { kind: 'closed', reason: 'provider_unreachable', detail };
  if (status === 429) return { kind: 'later', reason: 'too_many_requests', detail };
  if (code === null || status === 408 || status < 400 || status >= 500) return { kind: 'unknown', detail };
  if (code === 'too-many-requests') return { kind: 'later', reason: 'too_many_requests', detail };
  if (code === 'insufficient-funds') return { kind: 'later', reason: 'float_empty', detail };
  if (closing.includes(code)) return { kind: 'closed', reason: 'provider_unreachable', detail };
  if (status === 404 || missing.includes(code)) return { kind: 'missing' };
  const reason = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  if (reason !== undefined) return { kind: 'refused', reason, code };
  // An earlier call with this key exists, or something else is in the way: it has to be looked up, never renamed.
  if (status !== 400 && status !== 422) return { kind: 'unknown', detail };
  return { kind: 'refused', reason: 'order_refused', code: describeCode(code) };
}

/** Of a payout that was taken and has failed. */
export function judgePayoutError(code: string | null): PaymentReason {
  return (code !== null && Object.hasOwn(refusals, code) ? refusals[code] : undefined) ?? 'order_refused';
}

/** In the order in which Wave's four shapes are told apart. */
export function findCode(body: unknown): string | null {
  return (
    textOf(fieldOf(body, 'code')) ??
    textOf(fieldOf(body, 'error', 'code')) ??
    textOf(fieldOf(body, 'error_code')) ??
    textOf(fieldOf(body, 'error'))
  );
}

/** An unknown code may be a sentence, and a sentence may hold a phone. */
function describeCode(code: string): string {
  return code.replace(/\d{4,}/g, '…').slice(0, 60);
}
