/**
 * Orange's transactions, the only word on what was paid. The search by type finds nothing (2026), so that type and
 * reference are judged here; amounts come as `10.0`; the list comes bare or in an object.
 */
import { fieldOf, idOf, textOf } from '../json-fields.ts';
import type { Trouble } from '../provider.ts';
import { isSuccess, type OrangeClient } from './client.ts';
import { judgeLookUpError } from './judge-error.ts';

const PAGE_SIZE = 500;
/** A day of a hundred thousand rows; beyond it somebody has to look. */
const PAGES_MAX = 200;

export type Fate = 'success' | 'refused' | 'waiting';

export interface Row {
  /** Null: one that has only begun may have no id yet. */
  readonly transaction: string | null;
  readonly type: string;
  /** Orange's own word; a word we do not know is one that waits. */
  readonly status: string;
  readonly statusReason: string;
  readonly reference: string | null;
  /** Null: no whole amount of francs. */
  readonly amountXof: number | null;
  /** Who paid, or who was paid, as Orange writes it. */
  readonly customer: string | null;
  /** Our merchant code, or our retailer's number. */
  readonly partner: string | null;
  readonly at: Date | null;
}

export type Rows = { readonly kind: 'rows'; readonly rows: readonly Row[] } | Trouble;

export function fateOf(status: string): Fate {
  if (status === 'SUCCESS') return 'success';
  return ['FAILED', 'REJECTED', 'CANCELLED'].includes(status) ? 'refused' : 'waiting';
}

/** Every page, each transaction once: rows move from page to page while others come in. */
export async function searchTransactions(
  client: OrangeClient,
  query: Readonly<Record<string, string>>,
): Promise<Rows> {
  const found = new Map<string, Row>();
  for (let page = 0; page < PAGES_MAX; page++) {
    const reply = await client.call({
      method: 'GET',
      path: '/api/eWallet/v1/transactions',
      query: { ...query, page: String(page), size: String(PAGE_SIZE) },
    });
    if (reply.kind !== 'answer') return reply;
    if (!isSuccess(reply)) return judgeLookUpError(reply);
    const list = listOf(reply.json);
    if (list === null) return { kind: 'unknown', detail: 'a search answered with no list' };
    for (const value of list) {
      const row = readRow(value);
      if (row === null)
        return { kind: 'unknown', detail: 'a search answered with a row that cannot be read' };
      found.set(row.transaction ?? `none ${found.size}`, row);
    }
    if (list.length < PAGE_SIZE) return { kind: 'rows', rows: [...found.values()] };
  }
  return { kind: 'unknown', detail: 'a search that does not end' };
}

/** What Orange calls authoritative: asked before money is believed, or believed lost. */
export async function askStatus(
  client: OrangeClient,
  transaction: string,
): Promise<{ readonly kind: 'status'; readonly status: string } | Trouble> {
  const path = `/api/eWallet/v1/transactions/${encodeURIComponent(transaction)}/status`;
  const reply = await client.call({ method: 'GET', path });
  if (reply.kind !== 'answer') return reply;
  if (!isSuccess(reply)) return judgeLookUpError(reply);
  const status = textOf(fieldOf(reply.json, 'status'));
  return status === null
    ? { kind: 'unknown', detail: 'a status without a word' }
    : { kind: 'status', status };
}

function listOf(json: unknown): readonly unknown[] | null {
  const list = Array.isArray(json) ? json : fieldOf(json, 'transactions');
  return Array.isArray(list) ? list : null;
}

function readRow(value: unknown): Row | null {
  const transaction = textOf(fieldOf(value, 'transactionId'));
  const status = textOf(fieldOf(value, 'status'));
  if (status === null) return null;
  const reason = fieldOf(value, 'statusReason');
  return {
    transaction,
    status,
    statusReason: typeof reason === 'string' ? reason : JSON.stringify(reason ?? ''),
    type: textOf(fieldOf(value, 'type')) ?? '',
    reference: textOf(fieldOf(value, 'reference')),
    amountXof: readAmount(fieldOf(value, 'amount')),
    customer: idOf(fieldOf(value, 'customer', 'id')),
    partner: idOf(fieldOf(value, 'partner', 'id')),
    at: readDate(fieldOf(value, 'createdAt')) ?? readDate(fieldOf(value, 'requestDate')),
  };
}

/** Whole francs above nought; anything else is for a person. */
function readAmount(amount: unknown): number | null {
  const value = fieldOf(amount, 'value');
  if (fieldOf(amount, 'unit') !== 'XOF' || typeof value !== 'number') return null;
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

function readDate(value: unknown): Date | null {
  const date = new Date(textOf(value) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
