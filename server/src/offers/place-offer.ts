import type { Static } from 'typebox';
import type { PlacedOfferView } from '#core/api/offers.ts';
import type { Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { PlayerIdentity } from '../http.ts';
import { betCommand, type Placed } from './bet-command.ts';
import type { BetDesk } from './desk.ts';
import type { ChallengeAsked } from './new-challenge.ts';

export interface PlaceOffer extends ChallengeAsked {
  readonly operationId: string;
  readonly marketId: number;
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  /** ISO 8601; the slip's own end, if it has one. */
  readonly validUntil?: string | undefined;
  /** ISO 8601; when the offer ends by itself, if it does. */
  readonly expiresAt?: string | undefined;
}

export type PlacedOffer = Static<typeof PlacedOfferView>;

/**
 * Places an offer. What crosses a public one is filled in order; the rest waits in the book. A private one waits for
 * the person it is for. Refusals are thrown.
 */
export async function placeOffer(
  desk: BetDesk,
  player: PlayerIdentity,
  offer: PlaceOffer,
): Promise<PlacedOffer> {
  const door = await desk.enter(offer.marketId, player);
  const { operationId, side, stakeXof, askXof } = offer;
  const challenge = await desk.readChallenge(player, offer);
  const command = {
    kind: 'place',
    playerId: player.playerId,
    offerId: operationId,
    side,
    stakeXof,
    askXof,
    validUntilMs: msOf(offer.validUntil),
    challenge,
    expiresAtMs: msOf(offer.expiresAt),
  } as const;
  const placed = await desk.submit<Placed>(door, betCommand(operationId, player, offer.marketId, command));
  return challenge?.by === 'link' ? { ...placed, challengeKey: desk.challengeKey(operationId) } : placed;
}

export function msOf(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
