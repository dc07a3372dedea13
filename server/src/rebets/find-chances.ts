/** Which of a player's bets and offers that are over can be bet again. */
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { type Chance, findChances } from './queries.ts';

export type { Chance } from './queries.ts';

/** Null: nothing like it takes bets now. */
export async function findChance(db: Db, player: PlayerIdentity, pastId: string): Promise<Chance | null> {
  const [chance = null] = await findChances(db, player.playerId, [pastId]);
  return chance;
}

/** Those of a list that can be bet again. */
export async function listChances(
  db: Db,
  player: PlayerIdentity,
  pastIds: readonly string[],
): Promise<string[]> {
  if (pastIds.length === 0) return [];
  const chances = await findChances(db, player.playerId, pastIds);
  return chances.map(({ pastId }) => pastId);
}
