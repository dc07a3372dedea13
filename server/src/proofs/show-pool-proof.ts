/** What is published of a closed pool: its root, its place in the chain, and what went back as late. */
import type { Static } from 'typebox';
import type { PoolProofView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { CHAIN_START } from '#core/proof.ts';
import { maySee } from '../bouts/access.ts';
import type { PlayerIdentity } from '../http.ts';
import { readChain, readRoot } from './list-roots.ts';
import type { ProofReads } from './show-market-proof.ts';
import { findProvenPool } from './ticket-queries.ts';

export type PoolProof = Static<typeof PoolProofView>;

export async function showPoolProof(
  { db, trees }: ProofReads,
  player: PlayerIdentity | null,
  poolId: number,
): Promise<PoolProof> {
  const pool = await findProvenPool(db, poolId);
  if (pool === null || !maySee(player, pool)) return fail('not_found');
  const root = await readRoot(db, 'pool', poolId);
  const { name, closedAt, lateAfter, lateXof } = pool;
  if (root === null || closedAt === null) return fail('proof_not_yet');
  const [before] = await readChain(db, root.number - 2, root.number - 1);
  const tree = await trees.treeOf('pool', poolId);
  const recomputed = Buffer.from(tree.root).toString('hex');
  return {
    poolId,
    name,
    closedAt: closedAt.toISOString(),
    root,
    previousValue: before?.value ?? Buffer.from(CHAIN_START).toString('hex'),
    late: lateAfter === null ? null : { after: lateAfter.toISOString(), stakesXof: lateXof },
    recomputed: {
      root: recomputed,
      leafCount: tree.leafCount,
      holds: recomputed === root.root && tree.leafCount === root.leafCount,
    },
  };
}
