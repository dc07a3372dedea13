/**
 * Withdrawals: a cash-in from the retailer's account to the player's number. No reference is safe to repeat: what was
 * sent and not answered is looked up, and never sent again.
 */
import type { Log } from '../../log.ts';
import { fieldOf, parseJson, textOf } from '../json-fields.ts';
import type { Trouble, WithdrawalAnswer, WithdrawalKey, WithdrawalOrder } from '../provider.ts';
import {
  codeOf,
  describeAnswer,
  isSuccess,
  type OrangeAnswer,
  type OrangeClient,
  type OrangeReply,
} from './client.ts';
import type { OrangeRetailer } from './config.ts';
import { judgePayoutError, readRecipientReason } from './judge-error.ts';
import { toLocalDigits } from './phone.ts';
import type { RetailerPin } from './retailer-pin.ts';
import { askStatus, fateOf, type Row, searchTransactions } from './transactions.ts';

export interface Retailer extends OrangeRetailer {
  readonly usePin: RetailerPin['use'];
}

export interface WithdrawalDeps {
  readonly client: OrangeClient;
  /** Null: no distributor contract. */
  readonly retailer: Retailer | null;
  readonly log: Log;
}

const BAD_PARAMETERS = '4099';

const noRetailer: Trouble = {
  kind: 'closed',
  reason: 'provider_stopped',
  detail: 'no distributor contract is configured (ORANGE_RETAILER_MSISDN, ORANGE_RETAILER_PIN)',
};

/** Everything of the order. Who pays, and his PIN, join it when it is sent: they are kept nowhere. */
export function composeWithdrawal({ reference, amountXof, phone, requestedAt }: WithdrawalOrder): string {
  return JSON.stringify({
    customer: { idType: 'MSISDN', id: toLocalDigits(phone) ?? phone, walletType: 'PRINCIPAL' },
    amount: { unit: 'XOF', value: amountXof },
    reference,
    requestDate: requestedAt.toISOString(),
    receiveNotification: true,
    metadata: { withdrawalId: reference },
  });
}

export async function sendWithdrawal(
  { client, retailer, log }: WithdrawalDeps,
  order: WithdrawalOrder,
  composed: string,
): Promise<WithdrawalAnswer> {
  if (toLocalDigits(order.phone) === null) return { kind: 'refused', reason: 'recipient_invalid' };
  if (retailer === null) return noRetailer;
  const rest = parseJson(composed);
  if (typeof rest !== 'object' || rest === null) throw new Error('a composed withdrawal is no JSON');
  const reply = await retailer.usePin((encryptedPinCode) => {
    const partner = { idType: 'MSISDN', id: retailer.msisdn, encryptedPinCode, walletType: 'PRINCIPAL' };
    return client.call({ method: 'POST', path: '/api/eWallet/v1/cashins', body: { partner, ...rest } });
  });
  if (reply.kind === 'answer' && codeOf(reply) === BAD_PARAMETERS)
    log.error({ withdrawal: order.reference }, 'Orange refuses the parameters of a cash-in: a bug of ours');
  return readCashIn(reply);
}

function readCashIn(reply: OrangeReply): WithdrawalAnswer {
  if (reply.kind !== 'answer') return reply;
  if (!isSuccess(reply)) return judgePayoutError(reply);
  const status = textOf(fieldOf(reply.json, 'status'));
  const transaction = textOf(fieldOf(reply.json, 'transactionId'));
  // "Done" without a word of what: it may have been paid.
  if (status === null) return lost(reply);
  switch (fateOf(status)) {
    case 'success':
      return transaction === null ? lost(reply) : { kind: 'paid', transaction };
    case 'refused':
      return {
        kind: 'refused',
        reason: readRecipientReason(textOf(fieldOf(reply.json, 'description')) ?? ''),
      };
    case 'waiting':
      return { kind: 'waiting', session: transaction };
  }
}

function lost(answer: OrangeAnswer): Trouble {
  return { kind: 'unknown', detail: `${describeAnswer(answer)}: an answer without a result` };
}

/**
 * Whatever keeps the search from answering is `unknown` here, also what elsewhere means that nothing was executed: of the
 * withdrawal itself it says nothing.
 */
export async function findWithdrawal(
  { client, retailer }: WithdrawalDeps,
  { reference }: WithdrawalKey,
): Promise<WithdrawalAnswer> {
  if (retailer === null) return unknown(noRetailer);
  const found = await searchTransactions(client, { reference });
  if (found.kind !== 'rows') return unknown(found);
  const rows = found.rows.filter(
    (row) => row.type === 'CASHIN' && row.reference === reference && row.partner === retailer.msisdn,
  );
  const row =
    rows.find(({ status }) => fateOf(status) === 'success') ??
    rows.find(({ status }) => fateOf(status) === 'waiting') ??
    rows.at(-1);
  return row === undefined ? { kind: 'absent' } : judgeRow(client, row);
}

/** The status has the last word: money is given back to a player only when Orange says twice that he was not paid. */
async function judgeRow(client: OrangeClient, row: Row): Promise<WithdrawalAnswer> {
  const { transaction, status, statusReason } = row;
  const fate = fateOf(status);
  if (fate === 'waiting') return { kind: 'waiting', session: transaction };
  if (transaction === null) return { kind: 'unknown', detail: 'a cash-in without an id' };
  const said = await askStatus(client, transaction);
  if (said.kind !== 'status') return unknown(said);
  if (fateOf(said.status) !== fate) return { kind: 'waiting', session: transaction };
  return fate === 'success'
    ? { kind: 'paid', transaction }
    : { kind: 'refused', reason: readRecipientReason(statusReason) };
}

function unknown({ detail }: Trouble): Trouble {
  return { kind: 'unknown', detail };
}
