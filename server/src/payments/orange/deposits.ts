/**
 * Deposits: a code that can be paid once, opened in Orange's apps by a link or scanned. Only the search tells whether it
 * was paid, and each payment is confirmed by its status before it is believed.
 */
import { xof } from '#core/money.ts';
import { fieldOf, textOf } from '../json-fields.ts';
import type { DepositAnswer, DepositKey, DepositOrder, Launch, Payment } from '../provider.ts';
import { describeAnswer, isSuccess, type OrangeAnswer, type OrangeClient } from './client.ts';
import type { OrangeConfig } from './config.ts';
import { judgeDepositError, readPayerReason } from './judge-error.ts';
import { toE164 } from './phone.ts';
import { askStatus, fateOf, type Row, searchTransactions } from './transactions.ts';

/** How long a code can be paid. */
const VALIDITY_S = 900;
/** Orange promises a final state within a day. */
const FINAL_AFTER_MS = 24 * 60 * 60 * 1000;
/** Its clock is not ours. */
const CLOCK_SLACK_MS = 120_000;
/** The apps refuse less. */
const AMOUNT_XOF_MIN = 10;

export interface DepositDeps {
  readonly client: OrangeClient;
  readonly config: Pick<OrangeConfig, 'merchantCode' | 'merchantName' | 'callbackUrl'>;
  /** Links of the simulator's have no TLS. */
  readonly allowsPlainLinks: boolean;
  now(): number;
}

export async function requestDeposit(deps: DepositDeps, order: DepositOrder): Promise<DepositAnswer> {
  if (order.amountXof < AMOUNT_XOF_MIN) return { kind: 'refused', reason: 'house_limit' };
  const { merchantCode: code, merchantName: name, callbackUrl } = deps.config;
  const { reference, amountXof, backUrl } = order;
  const reply = await deps.client.call({
    method: 'POST',
    path: '/api/eWallet/v4/qrcode',
    headers: callbackUrl === null ? {} : { 'x-callback-url': callbackUrl },
    body: {
      code,
      name,
      amount: { unit: 'XOF', value: amountXof },
      reference,
      validity: VALIDITY_S,
      ...(isLink(deps, backUrl) ? { callbackSuccessUrl: backUrl, callbackCancelUrl: backUrl } : {}),
      restrictions: { isSingleUse: true },
    },
  });
  if (reply.kind !== 'answer') return reply;
  return isSuccess(reply) ? readQr(deps, reply) : judgeDepositError(reply);
}

/** A code that nobody can open is as good as a lost answer. */
function readQr(deps: DepositDeps, answer: OrangeAnswer): DepositAnswer {
  const { json } = answer;
  const session = textOf(fieldOf(json, 'qrId'));
  const launch = readLaunch(deps, json);
  if (session === null || launch === null)
    return { kind: 'unknown', detail: `${describeAnswer(answer)}: no code to be paid` };
  const until = Date.parse(textOf(fieldOf(json, 'validFor', 'endDateTime')) ?? '');
  const expiresAt = new Date(Number.isNaN(until) ? deps.now() + VALIDITY_S * 1000 : until);
  return { kind: 'waiting', session, launch, expiresAt };
}

/** `deepLinks` may be missing, and `shortLink` is empty in production. */
function readLaunch(deps: DepositDeps, json: unknown): Launch | null {
  const found = [
    { label: 'MAX IT', url: textOf(fieldOf(json, 'deepLinks', 'MAXIT')) },
    { label: 'Orange Money', url: textOf(fieldOf(json, 'deepLinks', 'OM')) },
  ];
  const fallback = { label: 'Orange Money', url: textOf(fieldOf(json, 'deepLink')) };
  const usable = (candidates: readonly { label: string; url: string | null }[]) =>
    candidates.flatMap(({ label, url }) => (url !== null && isLink(deps, url) ? [{ label, url }] : []));
  const [links, others] = [usable(found), usable([fallback])];
  const png = (textOf(fieldOf(json, 'qrCode')) ?? '').replace(/^data:image\/png;base64,/, '');
  const qr = /^[A-Za-z0-9+/]+={0,2}$/.test(png) ? { png } : null;
  const launch = { links: links.length > 0 ? links : others, qr };
  return launch.links.length === 0 && qr === null ? null : launch;
}

function isLink({ allowsPlainLinks }: DepositDeps, text: string): boolean {
  const protocol = URL.parse(text)?.protocol;
  return protocol === 'https:' || (allowsPlainLinks && protocol === 'http:');
}

export async function findDeposit(deps: DepositDeps, key: DepositKey): Promise<DepositAnswer> {
  const { reference, transaction } = key;
  // Orange finds nothing by the id of a code.
  if (reference === null && transaction === null) return { kind: 'absent' };
  const query = reference === null ? { transactionId: transaction ?? '' } : { reference };
  const found = await searchTransactions(deps.client, query);
  if (found.kind !== 'rows') return found;
  const rows = found.rows.filter(
    (row) =>
      row.type === 'MERCHANT_PAYMENT' &&
      (reference === null ? row.transaction === transaction : row.reference === reference),
  );
  const paid = rows.filter(({ status }) => fateOf(status) === 'success');
  // Of a refused and a successful try under one reference the successful one counts.
  if (paid.length > 0) return confirm(deps, key, paid);
  return judgeUnpaid(deps, key, rows);
}

/** All of them or none: what is credited is not looked at again. */
async function confirm(deps: DepositDeps, key: DepositKey, rows: readonly Row[]): Promise<DepositAnswer> {
  const payments: Payment[] = [];
  const unpaid: Row[] = [];
  for (const row of rows) {
    const payment = readPayment(deps, row);
    if (typeof payment === 'string') return { kind: 'unreadable', detail: payment };
    const said = await askStatus(deps.client, payment.transaction);
    if (said.kind !== 'status') return said;
    if (fateOf(said.status) === 'success') payments.push(payment);
    else unpaid.push({ ...row, status: said.status });
  }
  return payments.length > 0 ? { kind: 'paid', payments } : judgeUnpaid(deps, key, unpaid);
}

/** Or what keeps it from being booked without a person. */
function readPayment({ config }: DepositDeps, row: Row): Payment | string {
  const { transaction, reference, amountXof, partner, customer, at } = row;
  if (transaction === null) return 'a payment without an id';
  // Somebody else's merchant code under a reference of ours is not our money.
  if (partner !== config.merchantCode) return `${transaction} was not paid to our merchant code`;
  if (amountXof === null) return `${transaction} has no whole amount of francs`;
  // Anybody can pay a code of Orange's: who is not named is not the player.
  const payerPhone = customer === null ? 'unknown' : (toE164(customer) ?? customer);
  return { transaction, amountXof: xof(amountXof), payerPhone, reference, paidAt: at };
}

/** An unpaid code is in no search: nothing found means that nobody has paid yet, until long after its time. */
function judgeUnpaid(deps: DepositDeps, key: DepositKey, rows: readonly Row[]): DepositAnswer {
  const waiting = { kind: 'waiting', session: null, launch: null, expiresAt: null } as const;
  if (rows.some(({ status }) => fateOf(status) === 'waiting')) return waiting;
  const payableUntilMs = key.requestedAt.getTime() + VALIDITY_S * 1000 + CLOCK_SLACK_MS;
  const last = rows.at(-1);
  if (last !== undefined) {
    const reason = readPayerReason(last.status, last.statusReason);
    const mayTryAgain = key.reference !== null && deps.now() < payableUntilMs;
    return mayTryAgain ? { ...waiting, reason } : { kind: 'refused', reason };
  }
  if (key.reference === null) return { kind: 'absent' };
  return deps.now() < payableUntilMs + FINAL_AFTER_MS ? waiting : { kind: 'expired' };
}
