/** Wave's statement of our wallet: one UTC day, page after page, oldest first. */
import { fieldOf, textOf } from '../json-fields.ts';
import type { StatementLine, Trouble } from '../provider.ts';
import { pathOf, troubleOfQuestion, type WaveClient } from './client.ts';
import { readList, readOptionalXof, readTime, readXof } from './read-values.ts';

/** A day of a million lines: more is a cursor that leads nowhere. */
const PAGES_MAX = 1_000;

type Lines = { readonly kind: 'lines'; readonly lines: readonly StatementLine[] };

export async function readStatement(client: WaveClient, day: string): Promise<Lines | Trouble> {
  const lines: StatementLine[] = [];
  const cursors = new Set<string>();
  for (let page = 0, after: string | null = null; page < PAGES_MAX; page++) {
    const query = { date: day, ...(after === null ? {} : { after }) };
    const reply = await client.call({ method: 'GET', path: pathOf('/v1/transactions', query) });
    if (reply.kind !== 'done') return troubleOfQuestion(reply);
    const items = readList(reply.body, 'items');
    if (items === null) return { kind: 'unknown', detail: 'a statement without lines' };
    for (const item of items) {
      const line = readLine(item);
      if (line === null) return { kind: 'unknown', detail: `a line of ${day} cannot be read` };
      lines.push(line);
    }
    if (fieldOf(reply.body, 'page_info', 'has_next_page') !== true) return { kind: 'lines', lines };
    after = textOf(fieldOf(reply.body, 'page_info', 'end_cursor'));
    if (after === null || cursors.has(after)) break;
    cursors.add(after);
  }
  return { kind: 'unknown', detail: `the pages of ${day} do not end` };
}

/** Every kind of movement that Wave documents, and the simulator's own. */
export const movementNames: Readonly<Record<string, string>> = {
  merchant_payment: 'Paiement en boutique',
  merchant_payment_refund: 'Paiement en boutique remboursé',
  api_checkout: 'Paiement en ligne',
  api_checkout_refund: 'Paiement en ligne remboursé',
  api_payout: 'Versement',
  api_payout_reversal: 'Versement repris',
  bulk_payment: 'Versement groupé',
  bulk_payment_reversal: 'Versement groupé repris',
  single_payment: 'Versement à la main',
  b2b_payment: 'Versement à une entreprise',
  b2b_payment_reversal: 'Versement à une entreprise repris',
  merchant_sweep: 'Virement vers la banque',
  opening_float: 'Solde d’ouverture',
};

const kinds: Readonly<Record<string, StatementLine['kind']>> = {
  merchant_payment: 'deposit',
  merchant_payment_refund: 'deposit_refund',
  api_checkout: 'deposit',
  api_checkout_refund: 'deposit_refund',
  api_payout: 'withdrawal',
  api_payout_reversal: 'withdrawal_reversal',
};

/** Null: it cannot be read, and a statement without one of its lines is none. */
export function readLine(item: unknown): StatementLine | null {
  const transaction = textOf(fieldOf(item, 'transaction_id'));
  const at = readTime(fieldOf(item, 'timestamp'));
  const netXof = readXof(fieldOf(item, 'amount'));
  const feeXof = readOptionalXof(fieldOf(item, 'fee'));
  const taxXof = readOptionalXof(fieldOf(item, 'government_tax_amount'));
  if (transaction === null || at === null || netXof === null || feeXof === null || taxXof === null)
    return null;
  if (fieldOf(item, 'currency') !== 'XOF') return null;
  const rawKind = textOf(fieldOf(item, 'transaction_type')) ?? '';
  const { kind, isBack } = kindOf(rawKind, fieldOf(item, 'is_reversal') === true);
  return {
    transaction,
    kind,
    rawKind,
    netXof,
    feeXof: signed(feeXof, isBack),
    taxXof: signed(taxXof, isBack),
    isTaxPaidByProvider: isTaxPaidByWave(fieldOf(item, 'government_tax_paid_by_wave')),
    reference: textOf(fieldOf(item, 'client_reference')),
    session: textOf(fieldOf(item, 'checkout_api_session_id')),
    counterpartyPhone: textOf(fieldOf(item, 'counterparty_mobile')),
    at,
    balanceXof: readXof(fieldOf(item, 'balance')),
  };
}

function kindOf(
  rawKind: string,
  isReversal: boolean,
): { readonly kind: StatementLine['kind']; readonly isBack: boolean } {
  const kind = (Object.hasOwn(kinds, rawKind) ? kinds[rawKind] : undefined) ?? 'other';
  if (kind === 'deposit' && isReversal) return { kind: 'deposit_refund', isBack: true };
  if (kind === 'withdrawal' && isReversal) return { kind: 'withdrawal_reversal', isBack: true };
  return { kind, isBack: isReversal || kind === 'deposit_refund' || kind === 'withdrawal_reversal' };
}

/** What Wave gives back with a movement that is undone is a negative fee, however Wave writes it. */
function signed(amountXof: number, isBack: boolean): number {
  const size = Math.abs(amountXof);
  return isBack && size > 0 ? -size : size;
}

/** Some write true, some "true", some the amount that Wave pays. */
function isTaxPaidByWave(value: unknown): boolean {
  return value === true || value === 'true' || (readXof(value) ?? 0) > 0;
}
