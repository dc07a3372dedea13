/** Pools and tickets as operators and phones send them, for tests through HTTP. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer, House } from './house.ts';
import type { SeededPlayer } from './seed.ts';

export interface TestLeg {
  readonly boutId: number;
  /** `winner` unless said. */
  readonly kind?: string;
  readonly lineSeconds?: number;
}

export async function createTestPool(
  house: House,
  operatorCookie: string,
  galaId: number,
  legs: readonly TestLeg[],
): Promise<Answer> {
  return house.post(`/staff/galas/${galaId}/pools`, operatorCookie, {
    operationId: randomUUID(),
    name: 'Mutuel du soir',
    legs: legs.map(({ kind = 'winner', ...leg }) => ({ ...leg, kind })),
  });
}

/** An open pool; its id. */
export async function openTestPool(
  house: House,
  operatorCookie: string,
  galaId: number,
  legs: readonly TestLeg[],
): Promise<number> {
  const created = await createTestPool(house, operatorCookie, galaId, legs);
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { poolId } = created.body;
  const opened = await house.post(`/staff/pools/${poolId}/open`, operatorCookie, {
    operationId: randomUUID(),
  });
  assert.equal(opened.body.state, 'open', JSON.stringify(opened.body));
  return poolId;
}

export function buy(
  house: House,
  player: SeededPlayer,
  poolId: number,
  picks: string | readonly string[],
  stakeXof: number,
  operationId: string = randomUUID(),
): Promise<Answer> {
  const body = { operationId, picks: typeof picks === 'string' ? [picks] : picks, stakeXof };
  return house.post(`/pools/${poolId}/tickets`, player.cookie, body);
}
