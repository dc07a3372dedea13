/** What follows the close of a pool: the root of its tickets is published, once. */
import { xof } from '#core/money.ts';
import { merkleRoot, ticketLeafBytes } from '#core/proof.ts';
import type { Db, Tx } from '../db.ts';
import { publishRoot } from '../proofs/publish-root.ts';
import { sha256 } from '../proofs/sha256.ts';
import { lockPool } from './lock-pool.ts';

const TICKETS_PER_READ = 5_000;

/** Safe to run any number of times. */
export async function sealPool(db: Db, poolId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const pool = await lockPool(tx, poolId);
    if (pool === null || pool.closedAt === null || pool.hasRoot) return;
    const leaves = await readTicketLeaves(tx, poolId);
    const root = merkleRoot(leaves, sha256);
    const made = { kind: 'pool', subjectId: poolId, leafCount: leaves.length, root } as const;
    const { publishedAt } = await publishRoot(tx, made);
    await tx.query(
      'UPDATE pool SET root = $2, root_ticket_count = $3, root_published_at = $4::timestamptz WHERE id = $1',
      [poolId, Buffer.from(root), leaves.length, publishedAt],
    );
  });
}

interface LeafRow {
  readonly id: string;
  readonly seq: number;
  readonly picks: string;
  readonly stakeXof: number;
  readonly madeAtMs: number;
  readonly salt: Buffer;
}

/** The bytes of every ticket of a closed pool, in order of arrival. */
export async function readTicketLeaves(db: Db | Tx, poolId: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const rows = await db.query<LeafRow>(
      `SELECT id, seq, picks, stake_xof AS "stakeXof", salt,
         floor(extract(epoch FROM made_at) * 1000)::bigint AS "madeAtMs"
       FROM pool_ticket WHERE pool_id = $1 AND seq > $2 ORDER BY seq LIMIT ${TICKETS_PER_READ}`,
      [poolId, after],
    );
    for (const { id, stakeXof, ...row } of rows) {
      const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
      leaves.push(ticketLeafBytes({ ...row, poolId, id: bytes, stakeXof: xof(stakeXof) }));
    }
    const last = rows.at(-1);
    if (last === undefined) return leaves;
    after = last.seq;
  }
}
