/**
 * The audit chain. The hash of an entry is SHA-256 over the hash before it and the entry's own text: whoever changes,
 * removes, swaps or slips in an entry would have to make all later hashes anew, and those are copied off the database.
 */
import { createHash } from 'node:crypto';
import type { Db, Tx } from '../db.ts';

export interface ChainLink {
  readonly entryId: number;
  /** The entry as it is hashed: a JSON array of its columns, as the database writes it. */
  readonly text: string;
}

export const firstHash = Buffer.alloc(32);

export function hashLink(before: Buffer, text: string): Buffer {
  return createHash('sha256').update(before).update(text).digest();
}

/** Every column that tells what happened, in an order that never changes. `jsonb` writes the same value the same way. */
export const LINK_TEXT = `jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  e.actor_kind, e.actor_id, e.command, e.target, e.input, e.outcome, e.operation_id, e.address, e.request_id)::text`;

export interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

export async function findHead(db: Db | Tx): Promise<ChainHead> {
  const [head] = await db.query<ChainHead>('SELECT seq, hash FROM audit_head');
  if (head === undefined) throw new Error('the audit log has no head');
  return head;
}
