/** What Orange says we have, and what moved: the retailer's float, and the transactions of one day. */
import { fieldOf } from '../json-fields.ts';
import type { BalanceAnswer, StatementAnswer, StatementLine } from '../provider.ts';
import { isSuccess, type OrangeClient } from './client.ts';
import { judgeLookUpError, judgePayoutError } from './judge-error.ts';
import { toE164 } from './phone.ts';
import { fateOf, type Row, searchTransactions } from './transactions.ts';
import type { Retailer } from './withdrawals.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Bounds are strict, and clocks differ: more is asked for, and the day is cut out here. */
const SLACK_MS = 120_000;

export async function readRetailerBalance(
  client: OrangeClient,
  { usePin, msisdn }: Retailer,
): Promise<BalanceAnswer> {
  const reply = await usePin((encryptedPinCode) =>
    client.call({
      method: 'POST',
      path: '/api/eWallet/v1/account/retailer/balance',
      body: { idType: 'MSISDN', id: msisdn, encryptedPinCode, wallet: 'PRINCIPAL' },
    }),
  );
  if (reply.kind !== 'answer') return reply;
  if (!isSuccess(reply)) {
    const judged = judgePayoutError(reply);
    return judged.kind === 'refused' ? judgeLookUpError(reply) : judged;
  }
  const value = fieldOf(reply.json, 'value') ?? fieldOf(reply.json, 'balance', 'value');
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
  return isWhole ? { kind: 'balance', amountXof: value } : { kind: 'unknown', detail: 'no whole balance' };
}

export interface StatementOf {
  /** Our merchant code, or our retailer's number. */
  readonly partner: string;
  /** What Orange calls the movements that we ask for, and what each changes. */
  readonly type: 'MERCHANT_PAYMENT' | 'CASHIN';
  /** One UTC day. */
  readonly day: string;
}

/** Fees and taxes are in no row: Orange settles them apart. */
export async function readDay(client: OrangeClient, of: StatementOf): Promise<StatementAnswer> {
  const fromMs = Date.parse(`${of.day}T00:00:00.000Z`);
  const found = await searchTransactions(client, {
    fromDateTime: new Date(fromMs - SLACK_MS).toISOString(),
    toDateTime: new Date(fromMs + DAY_MS + SLACK_MS).toISOString(),
  });
  if (found.kind !== 'rows') return found;
  const lines: StatementLine[] = [];
  for (const row of found.rows) {
    const isOurs = row.type === of.type && row.partner === of.partner;
    if (!isOurs || fateOf(row.status) !== 'success') continue;
    const line = readLine(row);
    if (line === null) return { kind: 'unknown', detail: `${row.transaction ?? 'a row'} cannot be read` };
    if (line.at.getTime() >= fromMs && line.at.getTime() < fromMs + DAY_MS) lines.push(line);
  }
  return { kind: 'lines', lines: lines.sort((one, other) => one.at.getTime() - other.at.getTime()) };
}

function readLine({ transaction, type, reference, amountXof, customer, at }: Row): StatementLine | null {
  if (transaction === null || amountXof === null || at === null) return null;
  const isPayout = type === 'CASHIN';
  return {
    transaction,
    kind: isPayout ? 'withdrawal' : 'deposit',
    rawKind: type,
    netXof: isPayout ? -amountXof : amountXof,
    feeXof: 0,
    taxXof: 0,
    isTaxPaidByProvider: false,
    reference,
    session: null,
    counterpartyPhone: customer === null ? null : toE164(customer),
    at,
    balanceXof: null,
  };
}
