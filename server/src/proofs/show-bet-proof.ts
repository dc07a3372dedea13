/** The way from a bet to the published root of its market: what its player checks without believing us. */
import type { Static } from 'typebox';
import type { BetProofView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { inclusionPath, LEAF_VERSION, leafHash, PROOF_FORMAT, rootOfPath } from '#core/proof.ts';
import type { PlayerIdentity } from '../http.ts';
import { readChain, readRoot } from './list-roots.ts';
import { findOwnLeaf } from './queries.ts';
import { leafOf } from './read-leaves.ts';
import { sha256 } from './sha256.ts';
import type { ProofReads } from './show-market-proof.ts';

export type BetProof = Static<typeof BetProofView>;

export async function showBetProof(
  { db, trees }: ProofReads,
  player: PlayerIdentity,
  betId: string,
): Promise<BetProof> {
  const row = (await findOwnLeaf(db, player.playerId, betId)) ?? fail('not_found');
  const root = (await readRoot(db, 'market', row.marketId)) ?? fail('proof_not_yet');
  const { levels, leafCount } = await trees.treeOf(row.marketId);
  const { index, marketId, seq, makerSide, stakeAXof, stakeBXof } = row;
  // A bet that came after the tree was made is in none.
  const path = index < leafCount ? inclusionPath(levels, index) : [];
  const way = { leafHash: leafHash(leafOf(row), sha256), index, count: root.leafCount, path };
  const reached = rootOfPath(way, sha256);
  return {
    format: PROOF_FORMAT,
    leaf: {
      version: LEAF_VERSION,
      marketId,
      seq,
      betId,
      makerSide,
      stakeAXof,
      stakeBXof,
      madeAt: new Date(row.madeAtMs).toISOString(),
      salt: row.salt.toString('hex'),
    },
    index,
    path: path.map((hash) => Buffer.from(hash).toString('hex')),
    chain: await readChain(db, row.chainNumber, root.number),
    holds: reached !== null && Buffer.from(reached).toString('hex') === root.root,
  };
}
