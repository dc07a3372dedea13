/** A player changes his PIN: he shows the one he has. His other sessions end: whoever knew the old one is out. */
import { RefusalError } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { hashChosenPin, storePin } from '../pins/set-pin.ts';
import { type PinSeat, tryPin } from '../pins/try-pin.ts';
import { endSessionsOf } from '../sessions/end-sessions.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { tellPlayer } from './notices.ts';

export async function changePin(
  deps: PeopleDeps,
  player: PlayerIdentity,
  asked: { readonly pin: string; readonly newPin: string; readonly origin: Origin },
): Promise<void> {
  const { playerId } = player;
  const pinHash = await hashChosenPin(deps, playerId, asked.newPin);
  const outcome = await tryPin(deps, seatOf(player), asked.pin, async (tx) => {
    await storePin(tx, playerId, pinHash);
    await endSessionsOf(tx, { playerId, except: player.session.sessionId });
    await tellPlayer(tx, { playerId, kind: 'pin_changed', detail: '', exceptDeviceId: player.deviceId });
    await recordAudit(tx, {
      actor: { kind: 'player', id: playerId },
      command: 'change-pin',
      target: `player ${playerId}`,
      input: {},
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
    return { isChanged: true };
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  deps.sessions.refresh({ playerId });
}

/** Where a player's wrong PINs are counted while he is logged in. */
export function seatOf({ playerId, deviceId }: PlayerIdentity): PinSeat {
  return deviceId === null ? { kind: 'player', playerId } : { kind: 'device', playerId, deviceId };
}
