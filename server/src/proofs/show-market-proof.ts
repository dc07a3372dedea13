/** What is published of a closed market: its root, its place in the chain, the times, and what was voided as late. */
import type { Static } from 'typebox';
import type { MarketProofView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { CHAIN_START } from '#core/proof.ts';
import { findAccessOfMarket, maySee } from '../bouts/access.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { readChain, readRoot } from './list-roots.ts';
import type { Trees } from './open-trees.ts';
import { findProvenMarket } from './queries.ts';

export type MarketProof = Static<typeof MarketProofView>;

export interface ProofReads {
  readonly db: Db;
  readonly trees: Trees;
}

export async function showMarketProof(
  { db, trees }: ProofReads,
  player: PlayerIdentity | null,
  marketId: number,
): Promise<MarketProof> {
  const access = await findAccessOfMarket(db, marketId);
  if (access === null || !maySee(player, access)) fail('not_found');
  const market = (await findProvenMarket(db, marketId)) ?? fail('not_found');
  const root = await readRoot(db, 'market', marketId);
  const { boutId, question, nameA, nameB, closedAt, closeCause } = market;
  if (root === null || closedAt === null || closeCause === null) return fail('proof_not_yet');
  const [before] = await readChain(db, root.number - 2, root.number - 1);
  const tree = await trees.treeOf('market', marketId);
  const recomputed = Buffer.from(tree.root).toString('hex');
  const { trueWhistleAt, trueWhistleConfirmedAt } = market;
  return {
    marketId,
    boutId,
    boutName: `${nameA} – ${nameB}`,
    question,
    closedAt: closedAt.toISOString(),
    closeCause,
    root,
    previousValue: before?.value ?? Buffer.from(CHAIN_START).toString('hex'),
    trueWhistle:
      trueWhistleAt === null || trueWhistleConfirmedAt === null
        ? null
        : { at: trueWhistleAt.toISOString(), confirmedAt: trueWhistleConfirmedAt.toISOString() },
    late: { count: market.lateCount, stakesXof: market.lateStakesXof },
    recomputed: {
      root: recomputed,
      leafCount: tree.leafCount,
      holds: recomputed === root.root && tree.leafCount === root.leafCount,
    },
  };
}
