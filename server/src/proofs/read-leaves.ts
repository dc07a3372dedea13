import { leafBytes, type RootKind, ticketLeafBytes } from '#core/proof.ts';
import type { Db, Tx } from '../db.ts';
import { findLeafRows, type LeafRow } from './queries.ts';
import { findTicketLeafRows, type TicketLeafRow } from './ticket-queries.ts';

/** The bytes of every bet of a closed market or pool, in order of arrival. */
export async function readLeaves(db: Db | Tx, kind: RootKind, subjectId: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for await (const part of readInParts(db, kind, subjectId)) for (const leaf of part) leaves.push(leaf);
  return leaves;
}

/** The same a few thousand at a time: others have their turn in between. */
export async function* readInParts(
  db: Db | Tx,
  kind: RootKind,
  subjectId: number,
): AsyncGenerator<readonly Uint8Array[]> {
  for (let after = 0; ; ) {
    const { leaves, last } =
      kind === 'market'
        ? partOf(await findLeafRows(db, subjectId, after), leafOf)
        : partOf(await findTicketLeafRows(db, subjectId, after), ticketLeafOf);
    if (last === null) return;
    yield leaves;
    after = last;
  }
}

function partOf<Row extends { readonly seq: number }>(
  rows: readonly Row[],
  bytesOf: (row: Row) => Uint8Array,
) {
  return { leaves: rows.map(bytesOf), last: rows.at(-1)?.seq ?? null };
}

export function leafOf(row: LeafRow): Uint8Array {
  return leafBytes({ ...row, id: idBytes(row.id) });
}

export function ticketLeafOf(row: TicketLeafRow): Uint8Array {
  return ticketLeafBytes({ ...row, id: idBytes(row.id) });
}

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
