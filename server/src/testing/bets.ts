/** The betting commands as a phone sends them, for tests through HTTP. */
import { randomUUID } from 'node:crypto';
import type { Side } from '#core/market.ts';
import type { Answer, House } from './house.ts';
import type { SeededPlayer, SeededStaff } from './seed.ts';

export interface Terms {
  readonly side: Side;
  readonly stakeXof: number;
  readonly askXof?: number;
  readonly expiresAt?: string;
  readonly invitedPhone?: string;
  readonly byLink?: boolean;
  readonly answersOfferId?: string;
  readonly answersKey?: string;
}

/** Places an offer; the ask is the stake unless said. */
export function place(
  house: House,
  player: SeededPlayer,
  marketId: number,
  terms: Terms,
  operationId: string = randomUUID(),
): Promise<Answer> {
  const { askXof = terms.stakeXof } = terms;
  return house.post(`/markets/${marketId}/offers`, player.cookie, { operationId, ...terms, askXof });
}

export function accept(
  house: House,
  player: SeededPlayer,
  marketId: number,
  offerId: string,
  amount: {
    readonly stakeXof: number;
    readonly partial?: boolean;
    readonly challengeKey?: string;
    readonly cancelsOfferId?: string;
  },
  operationId: string = randomUUID(),
): Promise<Answer> {
  const path = `/markets/${marketId}/offers/${offerId}/accept`;
  return house.post(path, player.cookie, { operationId, ...amount });
}

export function cancel(
  house: House,
  player: SeededPlayer,
  marketId: number,
  offerId: string,
  operationId: string = randomUUID(),
): Promise<Answer> {
  return house.post(`/markets/${marketId}/offers/${offerId}/cancel`, player.cookie, { operationId });
}

/** A command of staff on a market or bout, by its path. */
export function command(
  house: House,
  staff: SeededStaff,
  path: string,
  input: object = {},
  operationId: string = randomUUID(),
): Promise<Answer> {
  return house.post(`/staff${path}`, staff.cookie, { operationId, ...input });
}

export function whistle(house: House, staff: SeededStaff, marketId: number): Promise<Answer> {
  return command(house, staff, `/markets/${marketId}/whistle`);
}

/** What a player can spend now, in francs. */
export async function availableXof(house: House, player: SeededPlayer): Promise<number> {
  const rows = await house.owner.query<{ amount: number }>(
    'SELECT amount_xof AS amount FROM ledger.balance WHERE account_id = $1',
    [player.accountId],
  );
  return rows[0]?.amount ?? 0;
}
