/**
 * Publishes a root: it gets the next number, and a place in the chain that holds every root before it. In the
 * transaction that makes the root, under the market's or the pool's lock; the chain's own lock comes after it.
 */
import { chainValue, type RootKind } from '#core/proof.ts';
import { one, type Tx } from '../db.ts';
import { sha256 } from './sha256.ts';

export interface NewRoot {
  readonly kind: RootKind;
  /** The market or the pool. */
  readonly subjectId: number;
  readonly leafCount: number;
  readonly root: Uint8Array;
}

export interface PublishedRoot {
  readonly number: number;
  /** To the microsecond, as the database writes it: for what is stored. */
  readonly publishedAt: string;
}

/** Once for each market or pool: a second root of it is refused by the database. */
export async function publishRoot(tx: Tx, asked: NewRoot): Promise<PublishedRoot> {
  const { kind, subjectId, leafCount, root } = asked;
  const head = one(
    await tx.query<{ number: number; value: Buffer }>(
      'SELECT number, value FROM root_chain_head FOR NO KEY UPDATE',
    ),
  );
  const { at, atMs } = one(
    await tx.query<{ at: string; atMs: number }>(
      `SELECT c.at::text AS at, floor(extract(epoch FROM c.at) * 1000)::bigint AS "atMs"
       FROM (SELECT clock_timestamp() AS at OFFSET 0) c`,
    ),
  );
  const number = head.number + 1;
  const value = chainValue(head.value, { number, publishedAtMs: atMs, ...asked }, sha256);
  await tx.query(
    `INSERT INTO root_chain (number, kind, subject_id, leaf_count, root, published_at, value)
     VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $7)`,
    [number, kind, subjectId, leafCount, Buffer.from(root), at, Buffer.from(value)],
  );
  await tx.query('UPDATE root_chain_head SET number = $1, value = $2', [number, Buffer.from(value)]);
  return { number, publishedAt: at };
}
