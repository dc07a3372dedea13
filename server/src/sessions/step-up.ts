/** A second factor was shown again: written down, and the session goes on under a new token. */
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { stepUpSession } from './rotate-session.ts';
import type { StartedSession } from './start-session.ts';

/** After the commit the caller says so with `sessions.refresh`, and sets the cookie. */
export async function stepUp(
  tx: Tx,
  person: PlayerIdentity | StaffIdentity,
  shown: { readonly factor: 'pin' | 'totp' | 'passkey'; readonly origin: Origin },
): Promise<StartedSession> {
  const { kind, session } = person;
  const stepped = await stepUpSession(tx, { kind, sessionId: session.sessionId });
  if (stepped === null) return fail('log_in_required');
  await recordAudit(tx, {
    actor: { kind, id: person.kind === 'player' ? person.playerId : person.staffId },
    command: 'step-up',
    target: `session ${session.sessionId}`,
    input: { factor: shown.factor },
    outcome: 'done',
    operationId: null,
    origin: shown.origin,
  });
  return stepped;
}
