/** The way from a ticket to the published root of its pool. */
import type { Static } from 'typebox';
import type { TicketProofView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { PROOF_FORMAT, TICKET_LEAF_VERSION } from '#core/proof.ts';
import type { PlayerIdentity } from '../http.ts';
import { findWay } from './find-way.ts';
import { ticketLeafOf } from './read-leaves.ts';
import type { ProofReads } from './show-market-proof.ts';
import { findOwnTicket } from './ticket-queries.ts';

export type TicketProof = Static<typeof TicketProofView>;

export async function showTicketProof(
  reads: ProofReads,
  player: PlayerIdentity,
  ticketId: string,
): Promise<TicketProof> {
  const row = (await findOwnTicket(reads.db, player.playerId, ticketId)) ?? fail('not_found');
  const { index, chainNumber, poolId, seq, picks, stakeXof } = row;
  const subject = { kind: 'pool', subjectId: poolId } as const;
  const way = await findWay(reads, subject, { index, leaf: ticketLeafOf(row), chainNumber });
  return {
    format: PROOF_FORMAT,
    leaf: {
      version: TICKET_LEAF_VERSION,
      poolId,
      seq,
      betId: ticketId,
      stakeXof,
      madeAt: new Date(row.madeAtMs).toISOString(),
      salt: row.salt.toString('hex'),
      picks,
    },
    ...way,
  };
}
