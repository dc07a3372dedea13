/**
 * Seals what was written since the last time: one worker at a time, in batches, in the order in which transactions
 * began. Each sealed entry is handed to the stream before it is committed: after a crash a line may come twice (it has
 * its number), but none is missing.
 */
import type { Db, Tx } from '../db.ts';
import { type ChainHead, type ChainLink, hashLink, LINK_TEXT } from './chain.ts';

/** One line for each sealed entry, off the database. */
export type AuditStream = (lines: readonly SealedLine[]) => Promise<void>;

export interface SealedLine {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  /** The entry as it was hashed. */
  readonly entry: unknown;
}

const BATCH = 1_000;

/** Returns how many entries were sealed: 0 when there is nothing new, or another node is at it. */
export async function sealAudit(db: Db, stream: AuditStream): Promise<number> {
  let total = 0;
  for (;;) {
    const sealed = await db.transaction((tx) => sealBatch(tx, stream));
    total += sealed;
    if (sealed < BATCH) return total;
  }
}

async function sealBatch(tx: Tx, stream: AuditStream): Promise<number> {
  const [head] = await tx.query<ChainHead>('SELECT seq, hash FROM audit_head FOR UPDATE SKIP LOCKED');
  if (head === undefined) return 0;
  const links = await tx.query<ChainLink>(
    `SELECT e.id AS "entryId", ${LINK_TEXT} AS text FROM audit_entry e
     WHERE e.written_by >= (SELECT sealed_below FROM audit_head)
       AND e.written_by < pg_snapshot_xmin(pg_current_snapshot())
       AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
     ORDER BY e.written_by, e.id LIMIT $1`,
    [BATCH],
  );
  if (links.length === 0) return 0;
  let { seq, hash } = head;
  const sealed = links.map(({ entryId, text }) => {
    seq += 1;
    hash = hashLink(hash, text);
    return { seq, entryId, hash, text };
  });
  await tx.query(
    'INSERT INTO audit_seal (seq, entry_id, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])',
    [sealed.map((link) => link.seq), sealed.map((link) => link.entryId), sealed.map((link) => link.hash)],
  );
  // Entries of the last transaction may go on in the next batch: what is sealed of it is left out there.
  await tx.query(
    `UPDATE audit_head SET seq = $1, hash = $2,
       sealed_below = (SELECT written_by FROM audit_entry WHERE id = $3)`,
    [seq, hash, sealed.at(-1)?.entryId],
  );
  await stream(
    sealed.map((link) => ({ seq: link.seq, hash: link.hash.toString('hex'), entry: JSON.parse(link.text) })),
  );
  return sealed.length;
}
