import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findSessionTime } from './queries.ts';

/** Minutes since the log-in, and whether the player has to look at them. */
export function showSessionTime(db: Db, { playerId, session }: PlayerIdentity) {
  return findSessionTime(db, playerId, session.sessionId);
}
