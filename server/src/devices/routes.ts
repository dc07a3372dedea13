import { type Implement, originOf } from '../http.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { listDevices } from './list-devices.ts';
import { removeDevice } from './remove-device.ts';

export function registerDevices(implement: Implement, deps: PeopleDeps): void {
  implement('GET /me/devices', async ({ caller }) => ({ devices: await listDevices(deps.db, caller) }));

  implement('POST /me/devices/:deviceId/remove', async ({ caller, params, request }) => {
    await removeDevice(deps, caller, { deviceId: params.deviceId, origin: originOf(request) });
    return null;
  });
}
