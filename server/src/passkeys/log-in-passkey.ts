/** A player logs in with a passkey: something he has, opened by something he knows or is. */
import type { ShownCredential } from '#core/api/passkeys.ts';
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { checkPasskey, usePasskey } from './check-passkey.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { findPasskeyPlayer, type PasskeyPlayerRow } from './queries.ts';

export async function logInPasskey(
  deps: PasskeyDeps,
  asked: {
    readonly credential: ShownCredential;
    readonly challenge: string;
    readonly replaces: string | null;
    readonly origin: Origin;
  },
): Promise<{ readonly player: PasskeyPlayerRow; readonly session: StartedSession }> {
  const checked = await checkPasskey(deps, 'player', asked);
  const { playerId, passkeyId } = checked.passkey;
  if (playerId === null) return fail('passkey_refused');
  const loggedIn = await deps.db.transaction(async (tx) => {
    await usePasskey(tx, checked);
    const player = await findPasskeyPlayer(tx, playerId);
    if (player === null || player.isClosed) return fail('not_allowed');
    await recordAudit(tx, {
      actor: { kind: 'player', id: playerId },
      command: 'log-in-passkey',
      target: `passkey ${passkeyId}`,
      input: {},
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
    return {
      player,
      session: await startSession(tx, { kind: 'player', personId: playerId, replaces: asked.replaces }),
    };
  });
  if (asked.replaces !== null) deps.sessions.forget(asked.replaces);
  return loggedIn;
}
