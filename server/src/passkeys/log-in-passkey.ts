/**
 * A player logs in with a passkey: something he has, opened by something he knows or is. It is two factors in one, so
 * it also makes the browser a bound device; a new one has the same consequences as with a code and a PIN.
 */
import type { ShownCredential } from '#core/api/passkeys.ts';
import { fail } from '#core/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { admitPlayer } from '../players/admit-player.ts';
import type { Door, LoggedIn } from '../players/door.ts';
import { checkPasskey, usePasskey } from './check-passkey.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { findPasskeyPlayer } from './queries.ts';

export async function logInPasskey(
  deps: PasskeyDeps,
  asked: { readonly credential: ShownCredential; readonly challenge: string; readonly door: Door },
): Promise<LoggedIn> {
  const { door } = asked;
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
      origin: door.origin,
    });
    return { player, ...(await admitPlayer(tx, deps, player, door)) };
  });
  if (door.replaces !== null) deps.sessions.forget(door.replaces);
  return loggedIn;
}
