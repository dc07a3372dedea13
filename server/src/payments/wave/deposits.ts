/**
 * Deposits are checkout sessions. Wave does not keep our references apart, so a session is searched for before one is
 * made, and all of those that were paid are payments.
 */
import { type Xof, xof } from '#core/money.ts';
import type {
  DepositAnswer,
  DepositKey,
  DepositOrder,
  Payment,
  RefundAnswer,
  StatementLine,
  Trouble,
} from '../provider.ts';
import type { OpenOptions } from '../provider-module.ts';
import { pathOf, troubleOfQuestion, type WaveClient } from './client.ts';
import { readPayment, readSession, showWaiting, type WaveSession } from './read-session.ts';
import { readStatement } from './read-statement.ts';
import { dayOf, readList } from './read-values.ts';

interface Deps {
  readonly client: WaveClient;
  readonly restrictsPayer: boolean;
  readonly log: OpenOptions['log'];
}

type Found = { readonly kind: 'found'; readonly sessions: readonly WaveSession[] } | Trouble;

const sessionsPath = '/v1/checkout/sessions';
const DAY_MS = 24 * 60 * 60_000;

export async function requestDeposit(deps: Deps, order: DepositOrder): Promise<DepositAnswer> {
  const known = await searchSessions(deps.client, order.reference);
  if (known.kind !== 'found') return known;
  if (known.sessions.some(({ isOpen, isPaid }) => isOpen || isPaid))
    return judgeSessions(deps, known.sessions);
  const reply = await deps.client.call({
    method: 'POST',
    path: sessionsPath,
    body: composeSession(deps, order),
  });
  if (reply.kind === 'missing') return { kind: 'unknown', detail: '404' };
  if (reply.kind === 'refused') return { kind: 'refused', reason: reply.reason };
  if (reply.kind !== 'done') return reply;
  const session = readSession(reply.body);
  return session === null
    ? { kind: 'unknown', detail: 'no session in the answer' }
    : judgeSessions(deps, [session]);
}

function composeSession(
  { restrictsPayer }: Deps,
  { reference, amountXof, phone, backUrl }: DepositOrder,
): string {
  return JSON.stringify({
    amount: String(amountXof),
    currency: 'XOF',
    client_reference: reference,
    success_url: backUrl,
    error_url: backUrl,
    ...(restrictsPayer ? { restrict_payer_mobile: phone } : {}),
  });
}

export async function findDeposit(deps: Deps, key: DepositKey): Promise<DepositAnswer> {
  const found = await findSessions(deps.client, key);
  if (found.kind !== 'found') return found;
  if (found.sessions.length > 0) return judgeSessions(deps, found.sessions);
  return key.transaction === null
    ? { kind: 'absent' }
    : findPaymentLine(deps.client, key.transaction, key.requestedAt);
}

/** By our reference, which finds all of them; else by Wave's own ids. */
async function findSessions(client: WaveClient, key: DepositKey): Promise<Found> {
  const byReference: Found =
    key.reference === null ? { kind: 'found', sessions: [] } : await searchSessions(client, key.reference);
  if (byReference.kind !== 'found' || byReference.sessions.length > 0) return byReference;
  const bySession: Found =
    key.session === null
      ? byReference
      : await readOne(client, `${sessionsPath}/${encodeURIComponent(key.session)}`);
  if (bySession.kind !== 'found' || bySession.sessions.length > 0 || key.transaction === null)
    return bySession;
  return readOne(client, pathOf(sessionsPath, { transaction_id: key.transaction }));
}

async function searchSessions(client: WaveClient, reference: string): Promise<Found> {
  const path = pathOf(`${sessionsPath}/search`, { client_reference: reference });
  const reply = await client.call({ method: 'GET', path });
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const list = readList(reply.body, 'result');
  const sessions = list?.map(readSession).filter((session) => session !== null) ?? [];
  if (list === null || sessions.length < list.length)
    return { kind: 'unknown', detail: 'a search that cannot be read' };
  return { kind: 'found', sessions };
}

async function readOne(client: WaveClient, path: string): Promise<Found> {
  const reply = await client.call({ method: 'GET', path });
  if (reply.kind === 'missing') return { kind: 'found', sessions: [] };
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const session = readSession(reply.body);
  return session === null
    ? { kind: 'unknown', detail: 'no session in the answer' }
    : { kind: 'found', sessions: [session] };
}

async function judgeSessions(deps: Deps, sessions: readonly WaveSession[]): Promise<DepositAnswer> {
  const payments: Payment[] = [];
  for (const session of sessions.filter(({ isPaid }) => isPaid)) {
    const payment = readPayment(session);
    if ('unreadable' in payment) return { kind: 'unreadable', detail: payment.unreadable };
    const payer = await findPayer(deps, session, payment.transaction);
    if (payer.kind !== 'payer') return payer;
    payments.push({ ...payment, payerPhone: payer.phone });
  }
  if (payments.length > 0) return { kind: 'paid', payments };
  const open = sessions.findLast(({ isOpen }) => isOpen);
  if (open === undefined) return { kind: 'expired' };
  if (open.lastError === 'kyb-limits-exceeded')
    deps.log.error({ session: open.id }, 'Wave takes no more money for us: our own limits are reached');
  return showWaiting(open);
}

type Payer = { readonly kind: 'payer'; readonly phone: string | null } | DepositAnswer;

/** A session tells who may pay, not who did: without that bound the day's statement tells, a moment later. */
async function findPayer(deps: Deps, session: WaveSession, transaction: string): Promise<Payer> {
  if (session.onlyPayer !== null) return { kind: 'payer', phone: session.onlyPayer };
  if (deps.restrictsPayer) return { kind: 'payer', phone: null };
  const day = dayOf(session.completedAt ?? new Date());
  const statement = await readStatement(deps.client, day);
  if (statement.kind !== 'lines') return statement;
  const line = statement.lines.find((found) => found.transaction === transaction);
  if (line === undefined) return { kind: 'waiting', session: session.id, launch: null, expiresAt: null };
  if (line.counterpartyPhone === null)
    return { kind: 'unreadable', detail: `session ${session.id}: nobody says who paid` };
  return { kind: 'payer', phone: line.counterpartyPhone };
}

/** Money that no session asked for: a payment to our merchant number. */
async function findPaymentLine(
  client: WaveClient,
  transaction: string,
  heardAt: Date,
): Promise<DepositAnswer> {
  for (const at of [heardAt, new Date(heardAt.getTime() - DAY_MS)]) {
    const statement = await readStatement(client, dayOf(at));
    if (statement.kind !== 'lines') return statement;
    const line = statement.lines.find(
      (found) => found.transaction === transaction && found.kind === 'deposit',
    );
    if (line !== undefined) return { kind: 'paid', payments: [paymentOf(line)] };
  }
  return { kind: 'absent' };
}

function paymentOf(line: StatementLine): Payment {
  const { transaction, reference, at: paidAt, counterpartyPhone: payerPhone } = line;
  return { transaction, amountXof: grossXof(line), payerPhone, reference, paidAt };
}

/** What the payer gave: what reached us, and what was kept on the way. */
function grossXof({ netXof, feeXof, taxXof, isTaxPaidByProvider }: StatementLine): Xof {
  return xof(netXof + feeXof + (isTaxPaidByProvider ? 0 : taxXof));
}

/** What is no longer open needs no end. */
export async function expireDeposit({ client, log }: Deps, session: string): Promise<void> {
  const path = `${sessionsPath}/${encodeURIComponent(session)}/expire`;
  const reply = await client.call({ method: 'POST', path });
  if (reply.kind !== 'done') log.warn({ session, answer: reply.kind }, 'a session of Wave’s was not ended');
}

/** Amount and fee, to whoever paid; the same again changes nothing. */
export async function refundDeposit(
  { client }: Deps,
  { session, transaction }: { readonly session: string | null; readonly transaction: string },
): Promise<RefundAnswer> {
  const path =
    session === null
      ? `/v1/transactions/${encodeURIComponent(transaction)}/refund`
      : `${sessionsPath}/${encodeURIComponent(session)}/refund`;
  const reply = await client.call({ method: 'POST', path });
  if (reply.kind === 'done') return { kind: 'refunded' };
  if (reply.kind === 'missing') return { kind: 'absent' };
  return reply.kind === 'refused' ? { kind: 'refused', reason: reply.reason } : reply;
}
