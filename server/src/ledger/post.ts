/**
 * The ledger's door: the only code that writes money. It hands sets of transfers to the database's own function
 * `ledger.post`, which inserts them and changes the players' balances together or not at all.
 */
import type { AccountKind, Posting, TransferKind } from '#core/ledger.ts';
import { one, type Tx } from '../db.ts';

export interface Transfer {
  /** The operation's id, or a UUIDv5 of (source, version) for the server's own. */
  readonly id: string;
  readonly kind: TransferKind;
  readonly inputHash: Buffer;
  readonly postings: readonly Posting[];
}

/** The arguments of `ledger.post`: arrays of transfers, then arrays of postings. */
export function postArguments(transfers: readonly Transfer[]): unknown[] {
  const [ids, seqs, debits, credits, amounts]: [string[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  for (const transfer of transfers) {
    for (const [seq, posting] of transfer.postings.entries()) {
      ids.push(transfer.id);
      seqs.push(seq);
      debits.push(posting.debit);
      credits.push(posting.credit);
      amounts.push(posting.amountXof);
    }
  }
  const hashes = transfers.map((transfer) => transfer.inputHash);
  return [
    transfers.map((t) => t.id),
    transfers.map((t) => t.kind),
    hashes,
    ids,
    seqs,
    debits,
    credits,
    amounts,
  ];
}

/** Posts a set of transfers, at the database's clock read after the balances are locked. */
export async function postTransfers(tx: Tx, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  await tx.run({
    name: 'ledger_post',
    text: `SELECT ledger.post($1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::smallint[],
             $6::bigint[], $7::bigint[], $8::bigint[])`,
    values: postArguments(transfers),
  });
}

/** Opens the account of that name, or finds it. Names: `core/ledger.ts`. */
export async function openAccount(
  tx: Tx,
  kind: AccountKind,
  subject: string,
  isTest: boolean,
): Promise<number> {
  const rows = await tx.query<{ id: number }>('SELECT ledger.open_account($1, $2, $3) AS id', [
    kind,
    subject,
    isTest,
  ]);
  return one(rows).id;
}

/** Locks the live balances of these accounts in id order; francs by account. */
export async function lockBalances(tx: Tx, accounts: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.query<{ account_id: number; amount_xof: number }>(
    'SELECT * FROM ledger.lock_balances($1)',
    [accounts],
  );
  return new Map(rows.map((row) => [row.account_id, row.amount_xof]));
}
