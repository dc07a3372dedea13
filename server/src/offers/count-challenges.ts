import type { Db } from '../db.ts';
import { countChallengesFor } from './challenge-queries.ts';

/** How many private offers wait for this player alone. */
export function countChallenges(db: Db, playerId: string): Promise<number> {
  return countChallengesFor(db, playerId);
}
