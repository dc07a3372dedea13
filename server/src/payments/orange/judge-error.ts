/**
 * What Orange's codes mean for us. A code is believed where the gateway answered 4xx: then nothing was executed. Without
 * a code we know, a code that is asked for is refused, which moves no money, while a payout stays unknown.
 */
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Trouble } from '../provider.ts';
import { codeOf, describeAnswer, type OrangeAnswer } from './client.ts';

type Refused = { readonly kind: 'refused'; readonly reason: PaymentReason };
type Verdict =
  | readonly ['refused', PaymentReason]
  | readonly ['later', PaymentReason]
  | readonly ['closed', PaymentReason]
  | readonly ['unknown'];

const closed = ['closed', 'provider_stopped'] as const;

/** Of a cash-in: the payer is our retailer, the customer is the player. */
const payoutVerdicts: Readonly<Record<string, Verdict>> = {
  '2000': ['refused', 'recipient_unknown'],
  '2001': ['refused', 'recipient_invalid'],
  // Our PIN: it must be changed, or it is wrong; three wrong ones block the account.
  '2010': closed,
  '2011': closed,
  '2012': closed,
  '2013': closed,
  // Whose balance it was is not said; the payer's is ours.
  '2020': ['later', 'float_empty'],
  '2021': ['later', 'float_empty'],
  '2022': ['refused', 'recipient_not_allowed'],
  '2023': ['refused', 'recipient_limit'],
  '2024': ['later', 'float_empty'],
  '2025': ['refused', 'recipient_limit'],
  '2041': ['refused', 'order_refused'],
  '2042': closed,
  '2043': ['refused', 'recipient_not_allowed'],
  // Twice in a row: the new key is revoked as well. Nothing was executed.
  '4003': ['later', 'provider_unreachable'],
  '4004': ['refused', 'order_refused'],
  '4099': ['refused', 'order_refused'],
  '10': closed,
  '50': ['unknown'],
};

/** Of a code to be paid: it moves no money, and the player may ask for another. */
const depositVerdicts: Readonly<Record<string, Verdict>> = {
  '2010': closed,
  '2011': closed,
  '2012': closed,
  '2013': closed,
  '2023': ['refused', 'house_limit'],
  '2024': ['refused', 'house_limit'],
  '2025': ['refused', 'house_limit'],
  '2042': closed,
  '10': closed,
  '50': ['unknown'],
};

export function judgePayoutError(answer: OrangeAnswer): Refused | Trouble {
  const verdict = isRefusal(answer) ? payoutVerdicts[codeOf(answer) ?? ''] : undefined;
  return toAnswer(verdict ?? ['unknown'], answer);
}

export function judgeDepositError(answer: OrangeAnswer): Refused | Trouble {
  if (answer.status === 429) return toAnswer(['later', 'too_many_requests'], answer);
  if (!isRefusal(answer)) return toAnswer(['unknown'], answer);
  return toAnswer(depositVerdicts[codeOf(answer) ?? ''] ?? ['refused', 'attempt_failed'], answer);
}

/** A look-up moves nothing: it is asked again. */
export function judgeLookUpError(answer: OrangeAnswer): Trouble {
  const detail = describeAnswer(answer);
  if (answer.status === 429) return { kind: 'later', reason: 'too_many_requests', detail };
  return { kind: 'unknown', detail };
}

/** The gateway took too long (408), or had too many requests (429): nobody knows how far it had come. */
function isRefusal({ status }: OrangeAnswer): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function toAnswer([kind, reason]: Verdict, answer: OrangeAnswer): Refused | Trouble {
  const detail = describeAnswer(answer);
  if (kind === 'unknown') return { kind, detail };
  return kind === 'refused' ? { kind, reason } : { kind, reason, detail };
}

/** Why a transaction has failed, as far as Orange says so of one that a player was to pay. */
export function readPayerReason(status: string, statusReason: string): PaymentReason {
  const code = /\b20\d\d\b/.exec(statusReason)?.[0] ?? '';
  if (['2020', '2021'].includes(code) || /insufficient|insuffisant/i.test(statusReason))
    return 'payer_insufficient_funds';
  if (['2022', '2024', '2025'].includes(code)) return 'house_limit';
  return status === 'CANCELLED' || status === 'REJECTED' ? 'payer_refused' : 'attempt_failed';
}

/** The same of one that was to pay a player. */
export function readRecipientReason(statusReason: string): PaymentReason {
  const verdict = payoutVerdicts[/\b20\d\d\b/.exec(statusReason)?.[0] ?? ''];
  return verdict?.[0] === 'refused' ? verdict[1] : 'order_refused';
}
