import type { Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { PlayerIdentity } from '../http.ts';
import { betCommand, type Placed } from './bet-command.ts';
import type { BetDesk } from './desk.ts';

export interface PlaceOffer {
  readonly operationId: string;
  readonly marketId: number;
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  /** ISO 8601; the slip's own end, if it has one. */
  readonly validUntil?: string | undefined;
}

/** Places an offer. What crosses is filled in order; the rest waits in the book. Refusals are thrown. */
export async function placeOffer(desk: BetDesk, player: PlayerIdentity, offer: PlaceOffer): Promise<Placed> {
  const door = await desk.enter(offer.marketId, player);
  const { operationId, side, stakeXof, askXof } = offer;
  const command = {
    kind: 'place',
    playerId: player.playerId,
    offerId: operationId,
    side,
    stakeXof,
    askXof,
    validUntilMs: offer.validUntil === undefined ? null : Date.parse(offer.validUntil),
  } as const;
  return desk.submit<Placed>(door, betCommand(operationId, player, offer.marketId, command));
}
