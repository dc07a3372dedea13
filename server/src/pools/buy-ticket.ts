import type { Xof } from '#core/money.ts';
import { type Picks, picksText } from '#core/pool.ts';
import type { PlayerIdentity } from '../http.ts';
import { hashOperation } from '../operations/operation.ts';
import type { PoolDesk } from './pool-desk.ts';
import type { BoughtTicket } from './ticket-command.ts';

export interface BuyTicket {
  readonly operationId: string;
  readonly poolId: number;
  readonly picks: Picks;
  readonly stakeXof: Xof;
  /** ISO 8601; the slip's own end, if it has one. */
  readonly validUntil?: string | undefined;
}

/** Buys a ticket; its id is the operation's. It is final. Refusals are thrown. */
export async function buyTicket(
  desk: PoolDesk,
  player: PlayerIdentity,
  asked: BuyTicket,
): Promise<BoughtTicket> {
  const door = await desk.enter(asked.poolId, player);
  const { operationId, poolId, picks, stakeXof } = asked;
  const { playerId, accountId } = player;
  const validUntilMs = asked.validUntil === undefined ? null : Date.parse(asked.validUntil);
  const inputHash = hashOperation({
    id: operationId,
    kind: 'buy-ticket',
    actorId: playerId,
    input: { poolId, picks: picksText(picks), stakeXof, validUntilMs },
  });
  const command = { playerId, picks, stakeXof, validUntilMs };
  return desk.submit(door, { operationId, inputHash, playerId, accountId, command });
}
