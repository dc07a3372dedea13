/**
 * Wave's webhooks. A signature is over the bytes as they came, with the whole secret as its key, and is judged when they
 * come: five minutes later it is worth nothing. What a webhook says is not believed; it says where to look.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { fieldOf, parseJson, textOf } from '../json-fields.ts';
import type { CallbackReading, CallbackRequest } from '../provider.ts';
import type { WaveConfig } from './config.ts';

const AGE_S_MAX = 300;

export function readCallback({ webhooks }: WaveConfig, request: CallbackRequest): CallbackReading {
  const { strategy, secrets } = webhooks;
  const detail = strategy === 'bearer' ? refuseBearer(request, secrets) : refuseSignature(request, secrets);
  return detail === null ? readEvent(request.body) : { kind: 'forged', detail };
}

/** What is wrong with it; null: nothing. */
function refuseSignature(
  { headers, body, receivedAt }: CallbackRequest,
  secrets: readonly string[],
): string | null {
  const parts = (headerOf(headers, 'wave-signature') ?? '').split(',').map((part) => {
    const [name = '', ...value] = part.trim().split('=');
    return { name, value: value.join('=') };
  });
  const t = parts.find(({ name }) => name === 't')?.value;
  const given = parts.filter(({ name }) => name === 'v1').map(({ value }) => value);
  if (t === undefined || given.length === 0) return 'no signature';
  if (!/^\d{1,12}$/.test(t)) return 'a signature without a time';
  if (Math.abs(Math.floor(receivedAt.getTime() / 1000) - Number(t)) > AGE_S_MAX)
    return 'a signature of another time';
  // While a secret is being replaced, either may have signed.
  const expected = secrets.map((secret) => createHmac('sha256', secret).update(t).update(body).digest('hex'));
  return expected.some((digest) => given.some((value) => isSame(value, digest))) ? null : 'another signature';
}

function refuseBearer({ headers }: CallbackRequest, secrets: readonly string[]): string | null {
  const given = headerOf(headers, 'authorization');
  if (given === null) return 'no secret';
  return secrets.some((secret) => isSame(given, `Bearer ${secret}`)) ? null : 'another secret';
}

/** Compared as digests, so that neither content nor length shows in the time it takes. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function headerOf(headers: CallbackRequest['headers'], name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? null);
}

function readEvent(body: Buffer): CallbackReading {
  const event = parseJson(body.toString('utf8'));
  const data = fieldOf(event, 'data');
  const eventId = textOf(fieldOf(event, 'id')) ?? createHash('sha256').update(body).digest('hex');
  const nothing = { reference: null, session: null, transaction: null };
  switch (fieldOf(event, 'type')) {
    case 'checkout.session.completed':
    case 'checkout.session.payment_failed':
      return {
        kind: 'authentic',
        eventId,
        about: 'deposit',
        reference: textOf(fieldOf(data, 'client_reference')),
        session: textOf(fieldOf(data, 'id')),
        transaction: textOf(fieldOf(data, 'transaction_id')),
      };
    case 'merchant.payment_received': {
      const transaction = textOf(fieldOf(data, 'id'));
      const about = transaction === null ? 'nothing' : 'deposit';
      return { kind: 'authentic', eventId, about, ...nothing, transaction };
    }
    default:
      return { kind: 'authentic', eventId, about: 'nothing', ...nothing };
  }
}
