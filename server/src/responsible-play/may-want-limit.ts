import type { Db } from '../db.ts';
import { findIsNewcomer } from './queries.ts';

/** Before the first deposit of who has no limit: he is asked whether he wants one. */
export function mayWantLimit(db: Db, playerId: string): Promise<boolean> {
  return findIsNewcomer(db, playerId);
}
