/** A command on its way to its market's batch, and the answers it can get. */
import type { Static } from 'typebox';
import type { AcceptedView, CancelledView, PlacedView } from '#core/api/offers.ts';
import type { Command, NewChallenge } from '#core/book.ts';
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
  const { kind } = command;
  const inputHash = hashOperation({
    id: operationId,
    kind: `${kind}-offer`,
    actorId: player.playerId,
    input: { ...inputOf(command), marketId },
  });
  const { playerId, pseudonym, accountId } = player;
  return { operationId, inputHash, playerId, pseudonym, accountId, command };
}

/**
 * What makes a command this one and no other: what its player said, not what the server found out. What is absent is
 * left out, so that a command which knows no such thing keeps the hash it always had.
 */
function inputOf(command: Command): Readonly<Record<string, unknown>> {
  switch (command.kind) {
    case 'place': {
      const { kind: _, challenge, expiresAtMs, ...input } = command;
      return {
        ...input,
        ...(challenge !== null && { challenge: saidOf(challenge) }),
        ...(expiresAtMs !== null && { expiresAtMs }),
      };
    }
    case 'accept': {
      const { kind: _, hasLink, cancelsOfferId, ...input } = command;
      return { ...input, ...(hasLink && { hasLink }), ...(cancelsOfferId !== null && { cancelsOfferId }) };
    }
    case 'cancel': {
      const { kind: _, ...input } = command;
      return input;
    }
  }
}

function saidOf(challenge: NewChallenge): string {
  switch (challenge.by) {
    case 'phone':
      return `phone ${challenge.phone}`;
    case 'answer':
      return `answer ${challenge.offerId}`;
    case 'link':
      return 'link';
  }
}
