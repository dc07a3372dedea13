/** A command on its way to its market's batch, and the answers it can get. */
import type { Static } from 'typebox';
import type { AcceptedView, CancelledView, PlacedView } from '#core/api/offers.ts';
import type { Command } from '#core/book.ts';
import type { Refusal } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import { hashOperation } from '../operations/operation.ts';

export interface BetCommand {
  readonly operationId: string;
  readonly inputHash: Buffer;
  readonly playerId: string;
  readonly pseudonym: string;
  readonly accountId: number;
  readonly command: Command;
}

export type Placed = Static<typeof PlacedView>;
export type Accepted = Static<typeof AcceptedView>;
export type Cancelled = Static<typeof CancelledView>;

export type BetAnswer = Placed | Accepted | Cancelled | Refusal;

/** Binds a command to its operation id and to the player who sends it. */
export function betCommand(
  operationId: string,
  player: PlayerIdentity,
  marketId: number,
  command: Command,
): BetCommand {
  const { kind, ...input } = command;
  const inputHash = hashOperation({
    id: operationId,
    kind: `${kind}-offer`,
    actorId: player.playerId,
    input: { ...input, marketId },
  });
  const { playerId, pseudonym, accountId } = player;
  return { operationId, inputHash, playerId, pseudonym, accountId, command };
}
