/**
 * Binds a browser to a player who has shown a code and his PIN there. The browser gets a new token each time: one that
 * somebody planted in it, or copied from it, opens nothing after.
 */
import type { Tx } from '../db.ts';
import { hashSessionToken, newSessionToken } from '../sessions/session-token.ts';
import { countDevices, findBinding, insertDevice, moveToken, touchBinding, touchDevice } from './queries.ts';

export interface BoundDevice {
  readonly deviceId: string;
  readonly token: string;
  /** The player never used this browser before, or took it away. */
  readonly isNew: boolean;
  /** The first one the account ever had. */
  readonly isFirst: boolean;
  /** Other devices that are bound to him. */
  readonly otherCount: number;
}

export async function bindDevice(
  tx: Tx,
  asked: { readonly playerId: string; readonly token: string | null; readonly label: string },
): Promise<BoundDevice> {
  const { playerId, label } = asked;
  const token = newSessionToken();
  const tokenHash = hashSessionToken(token);
  if (tokenHash === null) throw new Error('a new token has no hash');
  const before = asked.token === null ? null : hashSessionToken(asked.token);
  if (before !== null) await moveToken(tx, before, tokenHash);
  const { everCount, boundCount } = await countDevices(tx, playerId);
  const known = await touchBinding(tx, tokenHash, playerId, label);
  const deviceId = known ?? (await insertDevice(tx, { tokenHash, playerId, label }));
  const isNew = known === null;
  return { deviceId, token, isNew, isFirst: everCount === 0, otherCount: boundCount - (isNew ? 0 : 1) };
}

/** Whose PIN opens on this browser for this phone; null when a code has to come first. */
export async function findBoundDevice(
  db: Parameters<typeof findBinding>[0],
  token: string | null,
  phone: string,
): Promise<{ readonly deviceId: string; readonly playerId: string } | null> {
  const tokenHash = token === null ? null : hashSessionToken(token);
  return tokenHash === null ? null : findBinding(db, tokenHash, phone);
}

export async function recordDeviceUse(tx: Tx, deviceId: string): Promise<void> {
  await touchDevice(tx, deviceId);
}
