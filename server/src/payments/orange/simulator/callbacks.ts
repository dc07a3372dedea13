/**
 * How Orange calls back: once for every final state, to the address of the request or else the registered one, with
 * the key that was registered and, where Orange has given one out, a signature. A 4xx ends it; silence and 5xx do not.
 */
import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../../../log.ts';
import { fieldOf, parseJson, textOf } from '../../json-fields.ts';
import {
  type CallbackDelivery,
  type ComposedCallback,
  openCallbackDelivery,
} from '../../simulator/deliver-callbacks.ts';
import type { OrangeFaults, SimulatedTransaction } from './control.ts';
import { addRoute, emptyAnswer, type Gateway, json, problem } from './gateway.ts';
import { type Partners, transactionJson } from './transaction-json.ts';

const TIMEOUT_MS = 10_000;
const RETRIES_MS = [1_000, 5_000, 30_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000];

export interface Registration {
  readonly code: string;
  readonly name: string;
  readonly callbackUrl: string;
  readonly apiKey: string;
  readonly createdAtMs: number;
}

export interface OrangeCallbacks {
  readonly delivery: CallbackDelivery;
  tell(transaction: SimulatedTransaction): void;
  /** Those that were to be late and whose time has come. */
  release(nowMs: number): void;
  registration(): Registration;
  register(registration: Registration): void;
}

export interface CallbackOptions {
  readonly log: Log;
  readonly partners: Partners;
  readonly registration: Registration;
  /** What Orange has given out to sign with; several while one replaces another. */
  readonly secrets: readonly string[];
  now(): number;
  faults(): OrangeFaults;
  /** Of the code that was paid; null: the registered address. */
  callbackUrlOf(transaction: SimulatedTransaction): string | null;
}

export function openCallbacks(options: CallbackOptions): OrangeCallbacks {
  const { log, now, faults } = options;
  let { registration } = options;
  const late: { readonly atMs: number; readonly send: () => void }[] = [];
  const delivery = openCallbackDelivery({
    url: registration.callbackUrl,
    log,
    timeoutMs: TIMEOUT_MS,
    retriesMs: RETRIES_MS,
    isFinal: (status) => status >= 400 && status < 500,
  });

  /** The same key and body at each delivery; the signature holds the time of its own. */
  function send(transaction: SimulatedTransaction, times: number): void {
    const [key, body] = [randomUUID(), bodyOf(options, transaction)];
    const url = options.callbackUrlOf(transaction) ?? registration.callbackUrl;
    const compose = (): ComposedCallback => ({
      url,
      body,
      headers: {
        'content-type': 'application/json',
        'x-sonatel-idempotency-key': key,
        authorization: `Basic ${shapeKey(registration.apiKey, faults().callbacks.keyForm)}`,
        ...signatureOf(options.secrets, body, Math.floor(now() / 1000)),
      },
    });
    for (let time = 0; time < times; time++) delivery.send({ compose });
  }

  function sendForged(transaction: SimulatedTransaction): void {
    const body = JSON.stringify(
      transactionJson({ ...transaction, amountXof: 1_000_000 }, options.partners, 0),
    );
    const headers = {
      'content-type': 'application/json',
      'x-sonatel-idempotency-key': randomUUID(),
      authorization: 'Basic guessed-by-somebody-else',
      ...signatureOf(['guessed-by-somebody-else'], body, Math.floor(now() / 1000)),
    };
    delivery.send({ compose: () => ({ body, headers }) });
  }

  return {
    delivery,
    tell: (transaction) => {
      const { isLost, duplicates, lateMs, isReordered, isForgedToo } = faults().callbacks;
      if (isForgedToo) sendForged(transaction);
      if (isLost) return;
      const sendAll = () => {
        send(transaction, 1 + duplicates);
        if (isReordered) send({ ...transaction, status: 'PENDING' }, 1);
      };
      if (lateMs === 0) sendAll();
      else late.push({ atMs: now() + lateMs, send: sendAll });
    },
    release: (nowMs) => {
      const due = late.filter(({ atMs }) => atMs <= nowMs);
      for (const entry of due) {
        late.splice(late.indexOf(entry), 1);
        entry.send();
      }
    },
    registration: () => registration,
    register: (given) => {
      registration = given;
    },
  };
}

function bodyOf({ faults, partners }: CallbackOptions, transaction: SimulatedTransaction): string {
  const { hasNumericCustomer, isReduced, amount } = faults().callbacks;
  const { transactionId, status, reference, type, customer } = transaction;
  const value = typeof amount === 'string' ? transaction.amountXof : transaction.amountXof + amount.moreXof;
  const told = amount === 'missing' ? {} : { amount: { value, unit: 'XOF' } };
  if (isReduced) return JSON.stringify({ transactionId, status, ...told, reference, type });
  const { amount: _true, ...whole } = { amount: null, ...transactionJson(transaction, partners, 0) };
  const id = hasNumericCustomer ? Number(customer) : customer;
  return JSON.stringify({ ...whole, ...told, customer: { idType: 'MSISDN', id }, paymentMethod: 'QRCODE' });
}

function shapeKey(apiKey: string, form: 'raw' | 'base64'): string {
  return form === 'raw' ? apiKey : Buffer.from(apiKey).toString('base64');
}

/** A comma between the time and the body. */
function signatureOf(secrets: readonly string[], body: string, atS: number): Record<string, string> {
  if (secrets.length === 0) return {};
  const signed = secrets.map((secret) => {
    const digest = createHmac('sha256', secret).update(`${atS},${body}`, 'utf8').digest('hex');
    return `v1=${digest}`;
  });
  return { 'x-sonatel-signature': [`t=${atS}`, ...signed].join(',') };
}

/** Once for each merchant code; what is read back holds the key in clear, as in production. */
export function registerRegistration(
  app: FastifyInstance,
  gateway: Gateway,
  callbacks: OrangeCallbacks,
): void {
  const route = {
    path: '/api/notification/v1/merchantcallback',
    call: 'callback_registration',
    product: 'notification',
  } as const;
  addRoute(app, gateway, {
    ...route,
    method: 'POST',
    handle: (request) => {
      const body = parseJson(String(request.body));
      const [code, callbackUrl] = [textOf(fieldOf(body, 'code')), textOf(fieldOf(body, 'callbackUrl'))];
      const [name, apiKey] = [textOf(fieldOf(body, 'name')), textOf(fieldOf(body, 'apiKey'))];
      const isKnown = code === callbacks.registration().code;
      if (!isKnown || name === null || callbackUrl === null || apiKey === null)
        return problem(400, '4099', 'Check the parameters');
      callbacks.register({ code, name, callbackUrl, apiKey, createdAtMs: gateway.world.now() });
      return emptyAnswer;
    },
  });
  addRoute(app, gateway, {
    ...route,
    method: 'GET',
    handle: ({ url }) => {
      const { createdAtMs, ...registration } = callbacks.registration();
      const isWanted = new URLSearchParams(url.split('?')[1] ?? '').get('code') === registration.code;
      const [date = '', time = ''] = new Date(createdAtMs).toISOString().split('T');
      const createdAt = `${date.split('-').reverse().join('-')} ${time.slice(0, 8)}`;
      return json(200, isWanted ? [{ ...registration, msisdn: null, createdAt }] : []);
    },
  });
}
