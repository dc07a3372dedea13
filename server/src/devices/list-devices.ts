import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findDevices } from './queries.ts';

/** The devices a player is bound to, last used first. */
export async function listDevices(db: Db, player: PlayerIdentity) {
  const devices = await findDevices(db, player.playerId);
  return devices.map(({ deviceId, label, boundAt, lastUsedAt }) => ({
    deviceId,
    label,
    boundAt: boundAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    isThisOne: deviceId === player.deviceId,
  }));
}
