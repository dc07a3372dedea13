import type { PlayerIdentity } from '../http.ts';
import { betCommand, type Cancelled } from './bet-command.ts';
import type { BetDesk } from './desk.ts';

export interface CancelOffer {
  readonly operationId: string;
  readonly marketId: number;
  readonly offerId: string;
}

/** Takes back the open part of an own offer, until the close. A duel is final. Refusals are thrown. */
export async function cancelOffer(
  desk: BetDesk,
  player: PlayerIdentity,
  cancel: CancelOffer,
): Promise<Cancelled> {
  const door = await desk.enter(cancel.marketId, player);
  const { operationId, offerId, marketId } = cancel;
  const command = { kind: 'cancel', playerId: player.playerId, offerId } as const;
  return desk.submit<Cancelled>(door, betCommand(operationId, player, marketId, command));
}
