/** A member of staff logs in with a passkey: with its owner present it is two factors in one, and needs no code. */
import type { ShownCredential } from '#core/api/passkeys.ts';
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { checkPasskey, usePasskey } from './check-passkey.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { findPasskeyStaff, type PasskeyStaffRow } from './queries.ts';

export async function logInStaffPasskey(
  deps: PasskeyDeps,
  asked: {
    readonly credential: ShownCredential;
    readonly challenge: string;
    readonly replaces: string | null;
    readonly origin: Origin;
  },
): Promise<{ readonly staff: PasskeyStaffRow; readonly session: StartedSession }> {
  const { replaces, origin } = asked;
  const checked = await checkPasskey(deps, 'office', asked);
  const { staffId, passkeyId } = checked.passkey;
  if (staffId === null) return fail('passkey_refused');
  const loggedIn = await deps.db.transaction(async (tx) => {
    await usePasskey(tx, checked);
    const staff = (await findPasskeyStaff(tx, staffId)) ?? fail('not_allowed');
    await recordAudit(tx, {
      actor: { kind: 'staff', id: staffId },
      command: 'log-in-passkey',
      target: `passkey ${passkeyId}`,
      input: {},
      outcome: 'done',
      operationId: null,
      origin,
    });
    return { staff, session: await startSession(tx, { kind: 'staff', personId: staffId, replaces }) };
  });
  if (replaces !== null) deps.sessions.forget(replaces);
  return loggedIn;
}
