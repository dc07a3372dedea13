/**
 * Orange's callback. With an endpoint secret it must be signed; without one, which is how production has been so far, it
 * must hold the key that was registered. Either way it moves no money: what it says is looked up.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { fieldOf, idOf, parseJson } from '../json-fields.ts';
import type { CallbackReading, CallbackRequest } from '../provider.ts';
import type { OrangeConfig } from './config.ts';

const TOLERANCE_S = 300;
const REFERENCE_LENGTH_MAX = 50;
const ID_LENGTH_MAX = 100;

type Keys = Pick<OrangeConfig, 'callbackApiKey' | 'callbackSecrets'>;

export function readOrangeCallback(keys: Keys, request: CallbackRequest): CallbackReading {
  const detail = keys.callbackSecrets.length > 0 ? judgeSignature(keys, request) : judgeKey(keys, request);
  return detail === null ? readBody(request) : { kind: 'forged', detail };
}

/** `t=…,v1=…[,v1=…]` over the time, a comma and the bytes. Null: one of them is right. */
function judgeSignature(
  { callbackSecrets }: Keys,
  { headers, body, receivedAt }: CallbackRequest,
): string | null {
  const parts = headerOf(headers, 'x-sonatel-signature')
    .split(',')
    .map((part) => part.trim());
  const t = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const given = parts.filter((part) => part.startsWith('v1=')).map((part) => part.slice(3));
  if (!/^\d{1,12}$/.test(t) || given.length === 0) return 'no signature';
  if (Math.abs(receivedAt.getTime() / 1000 - Number(t)) > TOLERANCE_S) return 'a signature of another time';
  const isRight = callbackSecrets.some((secret) => {
    const digest = createHmac('sha256', secret).update(`${t},`).update(body).digest('hex');
    return given.some((signature) => isSame(signature, digest));
  });
  return isRight ? null : 'a wrong signature';
}

/** As it was registered, or in base64: both were seen or are likely. */
function judgeKey({ callbackApiKey }: Keys, { headers }: CallbackRequest): string | null {
  const given = /^Basic +(\S+)$/i.exec(headerOf(headers, 'authorization').trim())?.[1];
  if (given === undefined) return 'no key';
  const forms = [callbackApiKey, Buffer.from(callbackApiKey, 'utf8').toString('base64')];
  // Both are compared, whichever it is.
  const matches = forms.filter((form) => isSame(given, form));
  return matches.length > 0 ? null : 'a wrong key';
}

/** In constant time, also for texts of different lengths. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [given, right].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function headerOf(headers: CallbackRequest['headers'], name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

/** Whatever is missing or odd in it, it is Orange's: answered with 4xx it would never come again. */
function readBody({ headers, body }: CallbackRequest): CallbackReading {
  const json = parseJson(body.toString('utf8'));
  const text = (name: string, lengthMax: number) => {
    const value = idOf(fieldOf(json, name));
    return value !== null && value.length <= lengthMax ? value : null;
  };
  const reference = text('reference', REFERENCE_LENGTH_MAX);
  const transaction = text('transactionId', ID_LENGTH_MAX);
  const isEmpty = reference === null && transaction === null;
  return {
    kind: 'authentic',
    eventId: eventIdOf(headers, body, transaction, text('status', ID_LENGTH_MAX)),
    about: isEmpty ? 'nothing' : isPayout(json, transaction) ? 'withdrawal' : 'deposit',
    reference,
    session: null,
    transaction,
  };
}

function eventIdOf(
  headers: CallbackRequest['headers'],
  body: Buffer,
  transaction: string | null,
  status: string | null,
): string {
  const key = headerOf(headers, 'x-sonatel-idempotency-key');
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  if (transaction !== null) return `${transaction} ${status ?? ''}`;
  return createHash('sha256').update(body).digest('hex');
}

function isPayout(json: unknown, transaction: string | null): boolean {
  const type = fieldOf(json, 'type');
  return type === 'CASHIN' || (typeof type !== 'string' && transaction?.startsWith('CI') === true);
}
