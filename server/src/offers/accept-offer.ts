import type { Xof } from '#core/money.ts';
import type { PlayerIdentity } from '../http.ts';
import { type Accepted, betCommand } from './bet-command.ts';
import type { BetDesk } from './desk.ts';
import { msOf } from './place-offer.ts';

export interface AcceptOffer {
  readonly operationId: string;
  readonly marketId: number;
  readonly offerId: string;
  /** What the taker puts. */
  readonly stakeXof: Xof;
  readonly partial?: boolean | undefined;
  readonly validUntil?: string | undefined;
  /** The key of a private offer's link. */
  readonly challengeKey?: string | undefined;
  /** His own offer that this one answers: taken back in the same decision. */
  readonly cancelsOfferId?: string | undefined;
}

/** Accepts a visible offer: all or nothing of the stake named unless `partial`. Refusals are thrown. */
export async function acceptOffer(
  desk: BetDesk,
  player: PlayerIdentity,
  acceptance: AcceptOffer,
): Promise<Accepted> {
  const door = await desk.enter(acceptance.marketId, player);
  const { operationId, offerId, stakeXof } = acceptance;
  const command = {
    kind: 'accept',
    playerId: player.playerId,
    offerId,
    stakeXof,
    partial: acceptance.partial ?? false,
    validUntilMs: msOf(acceptance.validUntil),
    hasLink: desk.isChallengeKey(offerId, acceptance.challengeKey),
    cancelsOfferId: acceptance.cancelsOfferId ?? null,
  } as const;
  return desk.submit<Accepted>(door, betCommand(operationId, player, acceptance.marketId, command));
}
