/** Lets a player in who has shown two factors: his browser becomes a bound device, and a session starts on it. */
import type { Tx } from '../db.ts';
import { type BoundDevice, bindDevice } from '../devices/bind-device.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { deviceBoundMessage } from '../sms/texts.ts';
import type { Door } from './door.ts';
import { tellPlayer } from './notices.ts';
import { holdPayouts } from './payout-hold.ts';
import { recordLogIn } from './queries.ts';

interface Admitted {
  readonly playerId: string;
  readonly phone: string;
}

export async function admitPlayer(
  tx: Tx,
  deps: PeopleDeps,
  player: Admitted,
  door: Door,
): Promise<{ readonly session: StartedSession; readonly deviceToken: string }> {
  const { playerId } = player;
  const device = await bindDevice(tx, { playerId, token: door.deviceToken, label: door.deviceLabel });
  if (device.isNew) await tellOfDevice(tx, deps, player, device, door.deviceLabel);
  await recordLogIn(tx, playerId);
  const session = await startSession(tx, {
    kind: 'player',
    personId: playerId,
    deviceId: device.deviceId,
    replaces: door.replaces,
  });
  return { session, deviceToken: device.token };
}

/** Money out waits; the devices he had before hear of it. */
async function tellOfDevice(
  tx: Tx,
  deps: PeopleDeps,
  { playerId, phone }: Admitted,
  device: BoundDevice,
  label: string,
): Promise<void> {
  if (device.isFirst) return;
  const { newDeviceHoldMs } = deps.settings.current();
  await holdPayouts(tx, { playerId, reason: 'device', holdMs: newDeviceHoldMs });
  await tellPlayer(tx, { playerId, kind: 'device_bound', detail: label, exceptDeviceId: device.deviceId });
  await deps.smsGateway?.send(tx, {
    phone,
    body: deviceBoundMessage(label, newDeviceHoldMs),
    kind: 'security',
  });
}
