/**
 * A third provider, as small as one can be: "Teranga", which nobody has. What docs/payments.md explains, in code that
 * runs; nothing outside this file knows of it but the line that registers it.
 */
import type { FastifyInstance } from 'fastify';
import { xof } from '#core/money.ts';
import { fieldOf, parseJson, textOf } from '../payments/json-fields.ts';
import type { OutgoingHttp } from '../payments/outgoing-http.ts';
import type {
  CallbackReading,
  DepositAnswer,
  PaymentProvider,
  StatementLine,
  Trouble,
  WithdrawalAnswer,
} from '../payments/provider.ts';
import {
  type ProviderModule,
  registerProvider,
  type Simulator,
  type SimulatorOptions,
} from '../payments/provider-module.ts';
import { openCallbackDelivery } from '../payments/simulator/deliver-callbacks.ts';

const name = 'teranga';
const KEY_HEADER = 'x-teranga-key';

interface TerangaConfig {
  readonly url: string;
  readonly key: string;
}

const terangaModule: ProviderModule<TerangaConfig> = {
  name,
  readConfig: (get, complain) => {
    const [url, key] = [get('TERANGA_URL'), get('TERANGA_KEY')];
    if (url === undefined && key === undefined) return null;
    if (url !== undefined && key !== undefined) return { url, key };
    complain('TERANGA_URL and TERANGA_KEY go together');
    return null;
  },
  open: (config, { http, servesTest }) => openTeranga(config, http, servesTest),
  openSimulator: openTerangaSimulator,
};

/** The one line. */
export const teranga = registerProvider(terangaModule);

function openTeranga(config: TerangaConfig, http: OutgoingHttp, servesTest: boolean): PaymentProvider {
  const ask = (path: string, body?: string) => askTeranga(config, http, path, body);
  return {
    name,
    label: 'Teranga',
    servesTest,
    isOffered: true,
    accounts: { deposits: name, withdrawals: name },
    repeatsDepositsSafely: true,
    repeatsWithdrawalsSafely: true,
    requestDeposit: async ({ reference, amountXof, phone }) =>
      judgeCharge(await ask('/charges', JSON.stringify({ reference, amount: amountXof, phone }))),
    findDeposit: async ({ reference }) => judgeCharge(await ask(`/charges/${reference}`)),
    composeWithdrawal: ({ reference, amountXof, phone }) =>
      JSON.stringify({ reference, amount: amountXof, phone }),
    sendWithdrawal: async (_order, composed) => judgeTransfer(await ask('/transfers', composed)),
    findWithdrawal: async ({ reference }) => judgeTransfer(await ask(`/transfers/${reference}`)),
    readCallback: ({ headers, body }) =>
      headers[KEY_HEADER] === config.key ? readEvent(body) : { kind: 'forged', detail: 'another key' },
    readBalance: async () => {
      const reply = await ask('/balance');
      if (reply.kind !== 'done') return reply.kind === 'missing' ? { kind: 'none' } : reply;
      return { kind: 'balance', amountXof: Number(fieldOf(reply.body, 'amount')) };
    },
    readStatement: async (_account, day) => {
      const reply = await ask(`/statement/${day}`);
      if (reply.kind !== 'done') return reply.kind === 'missing' ? { kind: 'none' } : reply;
      return { kind: 'lines', lines: [reply.body].flat().map(readLine) };
    },
  };
}

type Reply = { readonly kind: 'done'; readonly body: unknown } | { readonly kind: 'missing' } | Trouble;

/** What cannot be read, or was never heard, is unknown: never a refusal. */
async function askTeranga(
  { url, key }: TerangaConfig,
  http: OutgoingHttp,
  path: string,
  body?: string,
): Promise<Reply> {
  const method = body === undefined ? 'GET' : 'POST';
  const headers = { 'content-type': 'application/json', [KEY_HEADER]: key };
  const sent = { method, url: `${url}/teranga${path}`, headers } as const;
  const answer = await http.send(body === undefined ? sent : { ...sent, body });
  if (answer.status === 200) return { kind: 'done', body: parseJson(answer.body) };
  if (answer.status === 404) return { kind: 'missing' };
  if (answer.status === 401) return { kind: 'closed', reason: 'provider_stopped', detail: '401' };
  return { kind: 'unknown', detail: String(answer.status) };
}

function judgeCharge(reply: Reply): DepositAnswer {
  if (reply.kind === 'missing') return { kind: 'absent' };
  if (reply.kind !== 'done') return reply;
  const [status, transaction] = [fieldOf(reply.body, 'status'), textOf(fieldOf(reply.body, 'transaction'))];
  const [amount, reference] = [
    Number(fieldOf(reply.body, 'amount')),
    textOf(fieldOf(reply.body, 'reference')),
  ];
  if (status === 'paid' && transaction !== null && Number.isSafeInteger(amount)) {
    const payerPhone = textOf(fieldOf(reply.body, 'payer'));
    return {
      kind: 'paid',
      payments: [{ transaction, amountXof: xof(amount), payerPhone, reference, paidAt: null }],
    };
  }
  const url = textOf(fieldOf(reply.body, 'page'));
  if (status !== 'open' || url === null) return { kind: 'unknown', detail: 'a charge that cannot be read' };
  return {
    kind: 'waiting',
    session: reference,
    launch: { links: [{ label: 'Teranga', url }], qr: null },
    expiresAt: null,
  };
}

function judgeTransfer(reply: Reply): WithdrawalAnswer {
  if (reply.kind === 'missing') return { kind: 'absent' };
  if (reply.kind !== 'done') return reply;
  const transaction = textOf(fieldOf(reply.body, 'transaction'));
  return transaction === null ? { kind: 'unknown', detail: 'no transaction' } : { kind: 'paid', transaction };
}

function readEvent(body: Buffer): CallbackReading {
  const event = parseJson(body.toString());
  return {
    kind: 'authentic',
    eventId: textOf(fieldOf(event, 'event')) ?? '',
    about: 'deposit',
    reference: textOf(fieldOf(event, 'reference')),
    session: null,
    transaction: null,
  };
}

function readLine(line: unknown): StatementLine {
  const kind = fieldOf(line, 'kind') === 'charge' ? 'deposit' : 'withdrawal';
  return {
    transaction: textOf(fieldOf(line, 'transaction')) ?? '',
    kind,
    rawKind: String(fieldOf(line, 'kind')),
    netXof: Number(fieldOf(line, 'net')),
    feeXof: 0,
    taxXof: 0,
    isTaxPaidByProvider: false,
    reference: textOf(fieldOf(line, 'reference')),
    session: null,
    counterpartyPhone: null,
    at: new Date(String(fieldOf(line, 'at'))),
    balanceXof: null,
  };
}

interface Booked {
  readonly kind: 'charge' | 'transfer';
  readonly reference: string;
  readonly amount: number;
  readonly phone: string;
  readonly transaction: string | null;
  readonly at: string;
}

/** Teranga itself: two books, a page with one button, a call when it was pressed. */
async function openTerangaSimulator(options: SimulatorOptions): Promise<Simulator<TerangaConfig>> {
  const config = { url: options.url, key: 'a key that Teranga gave us' };
  const books = new Map<string, Booked>();
  const delivery = openCallbackDelivery({
    url: options.callbackUrl,
    log: options.log,
    timeoutMs: 5_000,
    retriesMs: [1_000],
    isFinal: () => false,
  });
  const show = (booked: Booked) => ({
    ...booked,
    status: booked.transaction === null ? 'open' : 'paid',
    payer: booked.phone,
    page: `${options.url}/sim/teranga/${booked.reference}`,
  });
  const keep = (kind: Booked['kind'], body: unknown): Booked => {
    const reference = textOf(fieldOf(body, 'reference')) ?? '';
    const [amount, phone] = [Number(fieldOf(body, 'amount')), textOf(fieldOf(body, 'phone')) ?? ''];
    const transaction = kind === 'transfer' ? `T-${reference}` : null;
    const booked = { kind, reference, amount, phone, transaction, at: new Date().toISOString() };
    if (!books.has(reference)) books.set(reference, booked);
    return books.get(reference) ?? booked;
  };
  const pay = (reference: string): void => {
    const booked = books.get(reference);
    if (booked === undefined) return;
    books.set(reference, { ...booked, transaction: `T-${reference}` });
    const body = JSON.stringify({ event: `paid-${reference}`, reference });
    delivery.send({ compose: () => ({ headers: { [KEY_HEADER]: config.key }, body }) });
  };
  const done = () => [...books.values()].filter(({ transaction }) => transaction !== null);
  const netOf = ({ kind, amount }: Booked) => (kind === 'charge' ? amount : -amount);
  const register = (app: FastifyInstance) => {
    const find = (reference: string) => books.get(reference) ?? null;
    app.post('/teranga/charges', async ({ body }) => show(keep('charge', body)));
    app.post('/teranga/transfers', async ({ body }) => show(keep('transfer', body)));
    for (const path of ['charges', 'transfers']) {
      app.get<{ Params: { reference: string } }>(`/teranga/${path}/:reference`, async ({ params }, reply) => {
        const booked = find(params.reference);
        return booked === null ? reply.code(404).send() : show(booked);
      });
    }
    app.get('/teranga/balance', async () => ({ amount: done().reduce((sum, one) => sum + netOf(one), 0) }));
    app.get<{ Params: { day: string } }>('/teranga/statement/:day', async ({ params }) =>
      done()
        .filter(({ at }) => at.startsWith(params.day))
        .map((one) => ({ ...one, net: netOf(one) })),
    );
    app.post<{ Params: { reference: string } }>('/sim/teranga/:reference', async ({ params }) => {
      pay(params.reference);
      return 'payé';
    });
  };
  return { config, register, close: () => delivery.close() };
}
