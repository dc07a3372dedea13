/** Bouts with several markets and what is decided of them, as the staff's phones send it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { BoutEnding } from '#core/bout.ts';
import type { Side } from '#core/market.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, availableXof, command, place, whistle } from './bets.ts';
import type { Answer, House } from './house.ts';
import type { SeededPlayer, SeededStaff } from './seed.ts';

export interface Verdict {
  readonly ending: BoutEnding;
  readonly winnerSide?: Side;
  readonly wrestledSeconds?: number;
  readonly voidMarketIds?: readonly number[];
}

/** A duel of `a` on side A against `b`, each with this stake. */
export async function duel(
  house: House,
  marketId: number,
  [a, b]: readonly [SeededPlayer, SeededPlayer],
  stakeXof = 10_000,
): Promise<{ betId: string }> {
  const placed = await place(house, a, marketId, { side: 'A', stakeXof });
  assert.equal(placed.status, 201, JSON.stringify(placed.body));
  const accepted = await accept(house, b, marketId, placed.body.offerId, { stakeXof });
  assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
  return { betId: accepted.body.bet.betId };
}

/** The whistle and what follows it. */
export async function close(
  house: House,
  staff: SeededStaff,
  marketIds: readonly [number, ...number[]],
): Promise<void> {
  assert.equal((await whistle(house, staff, marketIds[0])).status, 200);
  for (const marketId of marketIds) await sealMarket(house.db, marketId);
  const pools = await house.owner.query<{ id: number }>(
    `SELECT DISTINCT l.pool_id AS id FROM pool_leg l JOIN market m ON m.bout_id = l.bout_id WHERE m.id = ANY ($1)`,
    [marketIds],
  );
  for (const { id } of pools) await sealPool(house.db, id);
}

export const proposeResult = (
  house: House,
  staff: SeededStaff,
  boutId: number,
  verdict: object,
  id: string = randomUUID(),
): Promise<Answer> =>
  command(house, staff, `/bouts/${boutId}/result`, { source: 'Feuille officielle', ...verdict }, id);

export const proposeCorrection = (
  house: House,
  staff: SeededStaff,
  boutId: number,
  verdict: object,
  id: string = randomUUID(),
): Promise<Answer> =>
  command(
    house,
    staff,
    `/bouts/${boutId}/correction`,
    { source: 'Procès-verbal de la FSL', reason: 'Vainqueur mal saisi', ...verdict },
    id,
  );

export const confirmResult = (
  house: House,
  staff: SeededStaff,
  boutId: number,
  resultId: string,
  id: string = randomUUID(),
): Promise<Answer> => command(house, staff, `/bouts/${boutId}/result/confirm`, { resultId }, id);

/** Proposed by the first and confirmed by the second; nothing is paid yet. */
export async function decide(
  house: House,
  [one, two]: readonly [SeededStaff, SeededStaff],
  boutId: number,
  verdict: Verdict,
): Promise<Answer> {
  const proposed = await proposeResult(house, one, boutId, verdict);
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
  return confirmResult(house, two, boutId, proposed.body.resultId);
}

export async function correct(
  house: House,
  [one, two]: readonly [SeededStaff, SeededStaff],
  boutId: number,
  verdict: Verdict,
): Promise<Answer> {
  const proposed = await proposeCorrection(house, one, boutId, verdict);
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
  return confirmResult(house, two, boutId, proposed.body.resultId);
}

export const settle = (house: House, marketId: number): Promise<void> =>
  settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);

export function balancesOf(house: House, players: readonly SeededPlayer[]): Promise<number[]> {
  return Promise.all(players.map((player) => availableXof(house, player)));
}

/** What an account holds, from its postings: credits less debits. */
export async function heldXof(house: House, kind: string, subject = 'house'): Promise<number> {
  const [row] = await house.owner.query<{ held: number }>(
    `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS held
     FROM ledger.account a LEFT JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
     WHERE a.kind = $1 AND a.subject = $2`,
    [kind, subject],
  );
  return row?.held ?? 0;
}

export function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}
