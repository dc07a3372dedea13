import type { Xof } from '#core/money.ts';
import type { PlayerIdentity } from '../http.ts';
import { type Accepted, betCommand } from './bet-command.ts';
import type { BetDesk } from './desk.ts';

export interface AcceptOffer {
  readonly operationId: string;
  readonly marketId: number;
  readonly offerId: string;
  /** What the taker puts. */
  readonly stakeXof: Xof;
  readonly partial?: boolean | undefined;
  readonly validUntil?: string | undefined;
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
    validUntilMs: acceptance.validUntil === undefined ? null : Date.parse(acceptance.validUntil),
  } as const;
  return desk.submit<Accepted>(door, betCommand(operationId, player, acceptance.marketId, command));
}
