/** What Orange's side keeps: its codes, its transactions, the retailer's float. Written down before anybody hears of it. */
import { openBooks } from '../../simulator/books.ts';
import type { SimulatedQr, SimulatedTransaction } from './control.ts';

/** What a retailer's account starts with, so that a sandbox can pay out. */
const OPENING_FLOAT_XOF = 50_000_000;

type Entry =
  | { readonly kind: 'qr'; readonly qr: SimulatedQr }
  | { readonly kind: 'transaction'; readonly transaction: SimulatedTransaction }
  | { readonly kind: 'float'; readonly amountXof: number };

export interface LedgerBooks {
  readonly qrs: ReadonlyMap<string, SimulatedQr>;
  readonly transactions: ReadonlyMap<string, SimulatedTransaction>;
  floatXof(): number;
  keepQr(qr: SimulatedQr): void;
  keepTransaction(transaction: SimulatedTransaction): void;
  keepFloat(amountXof: number): void;
  close(): void;
}

export function openLedgerBooks(file: string | null): LedgerBooks {
  const books = openBooks<Entry>(file);
  const qrs = new Map<string, SimulatedQr>();
  const transactions = new Map<string, SimulatedTransaction>();
  let floatXof = OPENING_FLOAT_XOF;

  function take(entry: Entry): void {
    if (entry.kind === 'qr') qrs.set(entry.qr.qrId, entry.qr);
    else if (entry.kind === 'float') floatXof = entry.amountXof;
    else transactions.set(entry.transaction.transactionId, entry.transaction);
  }
  function keep(entry: Entry): void {
    books.write(entry);
    take(entry);
  }
  books.kept.forEach(take);

  return {
    qrs,
    transactions,
    floatXof: () => floatXof,
    keepQr: (qr) => keep({ kind: 'qr', qr }),
    keepTransaction: (transaction) => keep({ kind: 'transaction', transaction }),
    keepFloat: (amountXof) => keep({ kind: 'float', amountXof }),
    close: () => books.close(),
  };
}
