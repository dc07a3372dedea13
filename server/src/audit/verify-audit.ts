/** Goes through the whole audit chain and names the first thing that is wrong with it. Works while the house is open. */
import type { Db } from '../db.ts';
import { findHead, firstHash, hashLink, LINK_TEXT } from './chain.ts';

export interface AuditReport {
  readonly sealedCount: number;
  /** Hex of the last hash that is right, and its number. */
  readonly headSeq: number;
  readonly headHash: string;
  /** Written, and not sealed yet: the worker comes every second. */
  readonly waitingCount: number;
  /** Null when the chain is whole. */
  readonly fault: string | null;
}

interface SealRow {
  readonly seq: number;
  readonly entryId: number;
  readonly hash: Buffer;
  /** Null when the entry is gone. */
  readonly text: string | null;
}

const BATCH = 5_000;

/** `expected`: a head that was noted elsewhere, in hex. It has to be in the chain. */
export async function verifyAudit(db: Db, expected: string | null = null): Promise<AuditReport> {
  const head = await findHead(db);
  let seq = 0;
  let hash: Buffer = firstHash;
  let isExpectedSeen = expected === null || expected === firstHash.toString('hex');
  const report = async (fault: string | null): Promise<AuditReport> => ({
    sealedCount: seq,
    headSeq: seq,
    headHash: hash.toString('hex'),
    waitingCount: await countWaiting(db),
    fault,
  });
  while (seq < head.seq) {
    const rows = await findSeals(db, seq, Math.min(BATCH, head.seq - seq));
    if (rows.length === 0) return report(`seal ${seq + 1} is missing: the chain ends before its head`);
    for (const row of rows) {
      const fault = judge(row, seq, hash);
      if (fault !== null) return report(fault);
      seq = row.seq;
      hash = row.hash;
      isExpectedSeen ||= hash.toString('hex') === expected;
    }
  }
  if (!hash.equals(head.hash)) return report(`seal ${seq} is not the head that was kept apart`);
  const slippedIn = await findSlippedIn(db);
  if (slippedIn !== null) return report(`entry ${slippedIn} was slipped in among entries that are sealed`);
  return report(isExpectedSeen ? null : `the head ${expected} is not in the chain`);
}

function judge(row: SealRow, seqBefore: number, hashBefore: Buffer): string | null {
  if (row.seq !== seqBefore + 1) return `seal ${seqBefore + 1} is missing`;
  if (row.text === null) return `entry ${row.entryId} (seal ${row.seq}) is missing`;
  return hashLink(hashBefore, row.text).equals(row.hash)
    ? null
    : `entry ${row.entryId} (seal ${row.seq}) is not what was sealed`;
}

function findSeals(db: Db, after: number, limit: number): Promise<SealRow[]> {
  return db.query(
    `SELECT s.seq, s.entry_id AS "entryId", s.hash, CASE WHEN e.id IS NOT NULL THEN ${LINK_TEXT} END AS text
     FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
     WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`,
    [after, limit],
  );
}

async function findSlippedIn(db: Db): Promise<number | null> {
  const [row] = await db.query<{ id: number }>(
    `SELECT e.id FROM audit_entry e
     WHERE e.written_by < (SELECT sealed_below FROM audit_head)
       AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
     ORDER BY e.id LIMIT 1`,
  );
  return row?.id ?? null;
}

async function countWaiting(db: Db): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `SELECT count(*) FROM audit_entry e
     WHERE e.written_by >= (SELECT sealed_below FROM audit_head)
       AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)`,
  );
  return row?.count ?? 0;
}
