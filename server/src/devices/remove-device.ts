/** Takes a device away: its sessions end, and a code is needed there again. */
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { endSessionsOfDevice } from '../sessions/end-sessions.ts';
import type { SessionStore } from '../sessions/open-sessions.ts';
import { removeDeviceRow, removeDeviceRows } from './queries.ts';

export async function removeDevice(
  { db, sessions }: { readonly db: Db; readonly sessions: Pick<SessionStore, 'refresh'> },
  player: PlayerIdentity,
  asked: { readonly deviceId: string; readonly origin: Origin },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await removeDeviceRow(tx, player.playerId, asked.deviceId))) fail('not_found');
    await endSessionsOfDevice(tx, asked.deviceId);
    await recordAudit(tx, {
      actor: { kind: 'player', id: player.playerId },
      command: 'remove-device',
      target: `device ${asked.deviceId}`,
      input: {},
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
  });
  sessions.refresh({ playerId: player.playerId });
}

/** All of a player's: after a change of number or a lost phone. */
export async function removeDevices(tx: Tx, playerId: string): Promise<void> {
  await removeDeviceRows(tx, playerId);
}
