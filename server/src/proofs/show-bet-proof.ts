/** The way from a bet to the published root of its market: what its player checks without believing us. */
import type { Static } from 'typebox';
import type { BetProofView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { LEAF_VERSION, PROOF_FORMAT } from '#core/proof.ts';
import type { PlayerIdentity } from '../http.ts';
import { findWay } from './find-way.ts';
import { findOwnLeaf } from './queries.ts';
import { leafOf } from './read-leaves.ts';
import type { ProofReads } from './show-market-proof.ts';

export type BetProof = Static<typeof BetProofView>;

export async function showBetProof(
  reads: ProofReads,
  player: PlayerIdentity,
  betId: string,
): Promise<BetProof> {
  const row = (await findOwnLeaf(reads.db, player.playerId, betId)) ?? fail('not_found');
  const { index, chainNumber, marketId, seq, makerSide, stakeAXof, stakeBXof } = row;
  const subject = { kind: 'market', subjectId: marketId } as const;
  const way = await findWay(reads, subject, { index, leaf: leafOf(row), chainNumber });
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
    ...way,
  };
}
