import type { PeopleDeps } from './people-deps.ts';
import { endSession } from './start-session.ts';

/** Ends the session that this token opens: here at once, on every node within a second. */
export async function logOut(deps: Pick<PeopleDeps, 'db' | 'sessions'>, token: string | null): Promise<void> {
  if (token === null) return;
  await deps.db.transaction((tx) => endSession(tx, token));
  deps.sessions.forget(token);
}
