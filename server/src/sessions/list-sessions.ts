import type { Db } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import type { Settings } from '../settings/open-settings.ts';
import { findSessionsOf, type SessionsOf } from './queries.ts';

export function sessionsOf(person: PlayerIdentity | StaffIdentity): SessionsOf {
  return person.kind === 'player' ? { playerId: person.playerId } : { staffId: person.staffId };
}

/** Where this person is logged in, the session he asks from among them. */
export async function listSessions(
  { db, settings }: { readonly db: Db; readonly settings: Settings },
  person: PlayerIdentity | StaffIdentity,
) {
  const sessions = await findSessionsOf(db, sessionsOf(person), settings.current());
  return sessions.map(({ sessionId, via, agent, place, startedAt, lastUsedAt }) => ({
    sessionId,
    via,
    device: agent,
    place,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    isCurrent: sessionId === person.session.sessionId,
  }));
}
