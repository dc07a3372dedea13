import { type LeafDuel, leafBytes } from '#core/proof.ts';
import type { Db, Tx } from '../db.ts';
import { findLeafRows, type LeafRow } from './queries.ts';

/** The bytes of every duel of a closed market, in order of arrival. */
export async function readLeaves(db: Db | Tx, marketId: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for await (const rows of readInParts(db, marketId)) for (const row of rows) leaves.push(leafOf(row));
  return leaves;
}

/** The same a few thousand at a time: others have their turn in between. */
export async function* readInParts(db: Db | Tx, marketId: number): AsyncGenerator<readonly LeafRow[]> {
  for (let after = 0; ; ) {
    const rows = await findLeafRows(db, marketId, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.seq;
  }
}

export function leafOf(row: LeafRow): Uint8Array {
  const duel: LeafDuel = { ...row, id: Buffer.from(row.id.replaceAll('-', ''), 'hex') };
  return leafBytes(duel);
}
