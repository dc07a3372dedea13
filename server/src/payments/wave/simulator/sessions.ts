/** Checkout sessions: created, paid, refused, expired, refunded; Wave's rules, and the webhooks that follow. */
import type { PaymentErrorCode, SimulatedSession, SimulatedTransaction } from './control.ts';
import { type Fields, readAmountXof, readCurrency, readMobile, readText } from './read-fields.ts';
import { feeOf, handMade, newId, taxOf, taxPaidByUs, type WaveState } from './state.ts';
import { invalid, WaveError } from './wave-error.ts';
import type { Webhooks } from './webhooks.ts';
import { wireTime } from './wire.ts';

/** Somebody whose number is not the player's. */
export const strangerPhone = '+221760000099';

export function createSession(state: WaveState, fields: Fields): SimulatedSession {
  if (fields['aggregated_merchant_id'] != null)
    throw new WaveError(403, 'authorization-error', 'This wallet aggregates no merchants.');
  readCurrency(fields);
  const nowMs = state.nowMs();
  const session: SimulatedSession = {
    id: newId('cos-', 13),
    amountXof: readAmountXof(fields, 'amount'),
    reference: readText(fields, 'client_reference', 255),
    successUrl: readReturnUrl(fields, 'success_url'),
    errorUrl: readReturnUrl(fields, 'error_url'),
    onlyPayer: fields['restrict_payer_mobile'] == null ? null : readMobile(fields, 'restrict_payer_mobile'),
    status: 'open',
    payment: 'processing',
    lastError: null,
    transaction: null,
    payer: null,
    isRefunded: false,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + state.faults.sessionLifeMs,
    completedAtMs: null,
  };
  state.save({ session });
  return session;
}

/** Wave takes https only. The sandbox lives on this machine, whose pages have no certificate. */
function readReturnUrl(fields: Fields, name: string): string {
  const text = readText(fields, name, 2_000);
  if (text === null || !URL.canParse(text)) throw invalid(`${name}: a URL is required`);
  const { protocol, hostname } = new URL(text);
  const isOurs = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  if (protocol !== 'https:' && !isOurs) throw invalid(`${name}: must be https`);
  return text;
}

/** As it is now: a session whose time is over has expired, whoever looks first. No webhook tells of it. */
export function findSession(state: WaveState, id: string): SimulatedSession {
  const session = state.sessions.get(id);
  if (session === undefined)
    throw new WaveError(404, 'checkout-session-not-found', 'There is no such checkout session.');
  if (session.status !== 'open' || session.expiresAtMs > state.nowMs()) return session;
  return end(state, session, session.expiresAtMs);
}

function end(state: WaveState, session: SimulatedSession, completedAtMs: number): SimulatedSession {
  const expired = { ...session, status: 'expired', payment: 'cancelled', completedAtMs } as const;
  state.save({ session: expired });
  return expired;
}

export function findSessionsOf(state: WaveState, reference: string): SimulatedSession[] {
  const found = [...state.sessions.values()].filter((session) => session.reference === reference);
  return found.map(({ id }) => findSession(state, id));
}

export function findSessionPaidBy(state: WaveState, transaction: string): SimulatedSession {
  const found = [...state.sessions.values()].find((session) => session.transaction === transaction);
  return findSession(state, found?.id ?? '');
}

export function expireSession(state: WaveState, id: string): void {
  const session = findSession(state, id);
  if (session.status !== 'open')
    throw new WaveError(409, 'checkout-session-not-open', 'The session is not open.');
  end(state, session, state.nowMs());
}

/** `isForced`: the payment had begun before the end of the session and arrives after it. */
export function paySession(
  state: WaveState,
  webhooks: Webhooks,
  id: string,
  { phone, isForced = false }: { readonly phone?: string; readonly isForced?: boolean } = {},
): SimulatedSession {
  const session = findSession(state, id);
  const payer = phone ?? session.onlyPayer ?? strangerPhone;
  if (session.status === 'complete' || (session.status !== 'open' && !isForced)) return session;
  if (session.onlyPayer !== null && payer !== session.onlyPayer)
    return refuseSession(state, webhooks, id, 'payer-mobile-mismatch');
  const amountXof = state.faults.paidInstead(session.amountXof);
  const transaction = state.lineOf({
    ...receipt(state, amountXof),
    type: 'api_checkout',
    counterparty: payer,
    reference: session.reference,
    session: id,
  });
  const paid = {
    ...session,
    amountXof,
    status: 'complete',
    payment: 'succeeded',
    transaction: transaction.id,
    payer,
    completedAtMs: state.nowMs(),
  } as const;
  state.save({ session: paid, transaction });
  webhooks.tellOfSession('checkout.session.completed', paid);
  return paid;
}

/** An attempt fails; the session can still be paid. */
export function refuseSession(
  state: WaveState,
  webhooks: Webhooks,
  id: string,
  code: PaymentErrorCode,
): SimulatedSession {
  const session = findSession(state, id);
  if (session.status !== 'open') return session;
  const refused = { ...session, lastError: code };
  state.save({ session: refused });
  webhooks.tellOfSession('checkout.session.payment_failed', refused);
  return refused;
}

/** Amount and fee, once: the same again changes nothing. */
export function refundSession(state: WaveState, id: string): void {
  const session = findSession(state, id);
  if (session.isRefunded) return;
  const paid = state.transactions.find((line) => line.id === session.transaction);
  if (session.payment !== 'succeeded' || paid === undefined || state.balanceXof() < paid.amountXof)
    throw new WaveError(400, 'checkout-refund-failed', 'The session cannot be refunded.');
  const { counterparty, reference } = paid;
  const transaction = state.lineOf({
    type: 'api_checkout_refund',
    isReversal: true,
    counterparty,
    reference,
    session: id,
    amountXof: -paid.amountXof,
    feeXof: -paid.feeXof,
    taxXof: -paid.taxXof,
  });
  state.save({ session: { ...session, isRefunded: true }, transaction });
}

/** The same for a payment by its transaction, of a session or to our merchant number. */
export function refundTransaction(state: WaveState, id: string): void {
  const paid = state.transactions.find((line) => line.id === id);
  if (paid?.type !== 'merchant_payment') {
    refundSession(state, findSessionPaidBy(state, id).id);
    return;
  }
  if (state.transactions.some(({ refunds }) => refunds === id)) return;
  if (state.balanceXof() < paid.amountXof)
    throw new WaveError(400, 'checkout-refund-failed', 'The payment cannot be refunded.');
  const { counterparty, amountXof, feeXof, taxXof } = paid;
  const back = { amountXof: -amountXof, feeXof: -feeXof, taxXof: -taxXof, isReversal: true, refunds: id };
  const type = 'merchant_payment_refund';
  state.save({ transaction: state.lineOf({ ...handMade, ...back, type, counterparty }) });
}

/** A payment to our merchant number, without a session. */
export function payMerchant(
  state: WaveState,
  webhooks: Webhooks,
  { phone, amountXof }: { readonly phone: string; readonly amountXof: number },
): SimulatedTransaction {
  const movement = { ...handMade, ...receipt(state, amountXof) };
  const transaction = state.lineOf({ ...movement, type: 'merchant_payment', counterparty: phone });
  state.save({ transaction });
  webhooks.tell('merchant.payment_received', {
    id: transaction.id,
    amount: String(transaction.amountXof),
    fee: String(transaction.feeXof),
    currency: 'XOF',
    sender_mobile: phone,
    merchant_name: 'Mbayar',
    custom_fields: null,
    when_created: wireTime(transaction.atMs),
  });
  return transaction;
}

/** What reaches us of a payment. */
function receipt({ faults }: WaveState, amountXof: number) {
  const [feeXof, taxXof] = [feeOf(amountXof, faults), taxOf(amountXof, faults)];
  return { amountXof: amountXof - feeXof - taxPaidByUs(taxXof, faults), feeXof, taxXof, isReversal: false };
}
