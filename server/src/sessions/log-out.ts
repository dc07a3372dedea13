import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { endOwnSession } from './end-sessions.ts';
import type { PeopleDeps } from './people-deps.ts';
import { endSession } from './start-session.ts';

/** Ends the session that this token opens: here at once, on every node within a second. */
export async function logOut(deps: Pick<PeopleDeps, 'db' | 'sessions'>, token: string | null): Promise<void> {
  if (token === null) return;
  await deps.db.transaction((tx) => endSession(tx, token));
  deps.sessions.forget(token);
}

/** The same for a program, whose session has no cookie. */
export async function logOutProgram(
  deps: Pick<PeopleDeps, 'db' | 'sessions'>,
  { playerId, session }: PlayerIdentity,
  origin: Origin,
): Promise<void> {
  await endOwnSession(deps.db, { of: { playerId }, sessionId: session.sessionId, origin });
  deps.sessions.refresh({ playerId });
}
