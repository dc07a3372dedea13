/** Shows a passkey again, in a session that lives: the session is stepped up, under a new token. */
import type { ShownCredential } from '#core/api/passkeys.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { sessionsOf } from '../sessions/list-sessions.ts';
import type { StartedSession } from '../sessions/start-session.ts';
import { stepUp } from '../sessions/step-up.ts';
import { checkPasskey, usePasskey } from './check-passkey.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { siteOf } from './person.ts';

export async function stepUpWithPasskey(
  deps: PasskeyDeps,
  person: PlayerIdentity | StaffIdentity,
  asked: { readonly credential: ShownCredential; readonly challenge: string; readonly origin: Origin },
): Promise<StartedSession> {
  const checked = await checkPasskey(deps, siteOf(person), asked);
  const session = await deps.db.transaction(async (tx) => {
    await usePasskey(tx, checked, sessionsOf(person));
    return stepUp(tx, person, { factor: 'passkey', origin: asked.origin });
  });
  deps.sessions.refresh(sessionsOf(person));
  return session;
}
