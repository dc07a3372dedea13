/**
 * Withdrawals are payouts. The withdrawal's id is the Idempotency-Key for its whole life, and the bytes are the same at
 * every try: Wave pays one key once. A key that Wave knows with other bytes is looked up, never replaced.
 */
import { fieldOf, textOf } from '../json-fields.ts';
import type {
  RecipientAnswer,
  Trouble,
  WithdrawalAnswer,
  WithdrawalKey,
  WithdrawalOrder,
} from '../provider.ts';
import type { OpenOptions } from '../provider-module.ts';
import { pathOf, troubleOfQuestion, type WaveClient } from './client.ts';
import { judgePayoutError } from './judge-answer.ts';
import { readList, readXof } from './read-values.ts';

interface Deps {
  readonly client: WaveClient;
  readonly log: OpenOptions['log'];
}

/** On the recipient's receipt; at most 40 characters. */
const paymentReason = 'Retrait Mbayar';

export function composeWithdrawal({ reference, amountXof, phone }: WithdrawalOrder): string {
  return JSON.stringify({
    currency: 'XOF',
    receive_amount: String(amountXof),
    mobile: phone,
    payment_reason: paymentReason,
    client_reference: reference,
  });
}

export async function sendWithdrawal(
  { client, log }: Deps,
  { reference, amountXof }: WithdrawalOrder,
  composed: string,
): Promise<WithdrawalAnswer> {
  const reply = await client.call({
    method: 'POST',
    path: '/v1/payout',
    body: composed,
    idempotencyKey: reference,
  });
  if (reply.kind === 'refused') return { kind: 'refused', reason: reply.reason };
  if (reply.kind === 'missing') return { kind: 'unknown', detail: '404' };
  if (reply.kind !== 'done') {
    if (reply.detail.includes('idempotency-mismatch'))
      log.error(
        { withdrawal: reference },
        'Wave knows this withdrawal with other bytes: a person has to look',
      );
    if (reply.kind === 'later' && reply.reason === 'float_empty')
      log.error({ withdrawal: reference }, 'our wallet at Wave is empty');
    return reply;
  }
  const payout = readPayout(reply.body);
  if (payout === null) return { kind: 'unknown', detail: 'no payout in the answer' };
  if (payout.amountXof !== null && payout.amountXof !== amountXof) {
    log.error({ withdrawal: reference }, 'Wave pays another amount than the one asked for');
    return { kind: 'unknown', detail: `payout ${payout.id} of another amount` };
  }
  return judgePayout(payout);
}

export async function findWithdrawal({ client }: Deps, key: WithdrawalKey): Promise<WithdrawalAnswer> {
  const byId = key.session === null ? null : await readOne(client, key.session);
  if (byId !== null && byId.kind !== 'absent') return byId;
  const path = pathOf('/v1/payouts/search', { client_reference: key.reference });
  const reply = await client.call({ method: 'GET', path });
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const list = readList(reply.body, 'result');
  const payouts = list?.map(readPayout).filter((payout) => payout !== null) ?? [];
  if (list === null || payouts.length < list.length)
    return { kind: 'unknown', detail: 'a search that cannot be read' };
  // One key is one payout. Were there more, the one that moved money counts.
  for (const status of ['succeeded', 'processing', 'reversed', 'failed']) {
    const found = payouts.find((payout) => payout.status === status);
    if (found !== undefined) return judgePayout(found);
  }
  return payouts[0] === undefined ? { kind: 'absent' } : judgePayout(payouts[0]);
}

async function readOne(client: WaveClient, id: string): Promise<WithdrawalAnswer> {
  const reply = await client.call({ method: 'GET', path: `/v1/payout/${encodeURIComponent(id)}` });
  if (reply.kind === 'missing') return { kind: 'absent' };
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const payout = readPayout(reply.body);
  return payout === null ? { kind: 'unknown', detail: 'no payout in the answer' } : judgePayout(payout);
}

interface WavePayout {
  readonly id: string;
  readonly status: string;
  readonly errorCode: string | null;
  /** Null: Wave does not repeat it. */
  readonly amountXof: number | null;
}

function readPayout(value: unknown): WavePayout | null {
  const [id, status] = [textOf(fieldOf(value, 'id')), textOf(fieldOf(value, 'status'))];
  if (id === null || status === null) return null;
  return {
    id,
    status,
    errorCode: textOf(fieldOf(value, 'payout_error', 'error_code')),
    amountXof: readXof(fieldOf(value, 'receive_amount')),
  };
}

function judgePayout({ id, status, errorCode }: WavePayout): WithdrawalAnswer {
  switch (status) {
    case 'succeeded':
      return { kind: 'paid', transaction: id };
    case 'processing':
      return { kind: 'waiting', session: id };
    case 'failed':
      // For good, also when our wallet was empty: the same key gives the same answer for ever.
      return { kind: 'refused', reason: judgePayoutError(errorCode) };
    case 'reversed':
      return { kind: 'reversed', transaction: id };
    default:
      return { kind: 'unknown', detail: `payout ${id} in a state of its own` };
  }
}

/** Amount and fee come back, within three days. `refused`: it stays paid. */
export async function reverseWithdrawal({ client }: Deps, transaction: string): Promise<WithdrawalAnswer> {
  const path = `/v1/payout/${encodeURIComponent(transaction)}/reverse`;
  const reply = await client.call({ method: 'POST', path });
  if (reply.kind === 'done') return { kind: 'reversed', transaction };
  if (reply.kind === 'missing') return { kind: 'absent' };
  // Here it is the recipient's wallet that lacks the money.
  if (reply.kind === 'later' && reply.reason === 'float_empty')
    return { kind: 'refused', reason: 'reversal_money_spent' };
  return reply.kind === 'refused' ? { kind: 'refused', reason: reply.reason } : reply;
}

export async function verifyRecipient(
  { client }: Deps,
  of: { readonly phone: string; readonly name: string | null; readonly amountXof: number },
): Promise<RecipientAnswer | Trouble> {
  const body = JSON.stringify({
    mobile: of.phone,
    ...(of.name === null ? {} : { name: of.name }),
    amount: String(of.amountXof),
    currency: 'XOF',
  });
  const reply = await client.call({ method: 'POST', path: '/v1/verify_recipient', body });
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const within = fieldOf(reply.body, 'within_limits');
  const match = textOf(fieldOf(reply.body, 'name_match'));
  const matches = { MATCH: 'match', NO_MATCH: 'no_match', NAME_NOT_KNOWN: 'not_known' } as const;
  return {
    isWithinLimits: typeof within === 'boolean' ? within : null,
    nameMatch:
      match === 'MATCH' || match === 'NO_MATCH' || match === 'NAME_NOT_KNOWN' ? matches[match] : null,
  };
}
