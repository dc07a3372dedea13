/** What follows the close of a pool: the root of its tickets is published, once. */
import { merkleRoot } from '#core/proof.ts';
import type { Db } from '../db.ts';
import { publishRoot } from '../proofs/publish-root.ts';
import { readLeaves } from '../proofs/read-leaves.ts';
import { sha256 } from '../proofs/sha256.ts';
import { lockPool } from './lock-pool.ts';

/** Safe to run any number of times. */
export async function sealPool(db: Db, poolId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const pool = await lockPool(tx, poolId);
    if (pool === null || pool.closedAt === null || pool.hasRoot) return;
    const leaves = await readLeaves(tx, 'pool', poolId);
    const root = merkleRoot(leaves, sha256);
    const made = { kind: 'pool', subjectId: poolId, leafCount: leaves.length, root } as const;
    const { publishedAt } = await publishRoot(tx, made);
    await tx.query(
      'UPDATE pool SET root = $2, root_ticket_count = $3, root_published_at = $4::timestamptz WHERE id = $1',
      [poolId, Buffer.from(root), leaves.length, publishedAt],
    );
  });
}
