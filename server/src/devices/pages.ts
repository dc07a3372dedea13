/** /moi/appareils: the devices of a player, each with a button that takes it away. */
import { originOf, type PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { listDevices } from './list-devices.ts';
import { removeDevice } from './remove-device.ts';

export function registerDevicePages(site: PlayerPages, deps: PeopleDeps): void {
  const page = async (caller: PlayerIdentity, isRemoved: boolean) => ({
    page: 'devices' as const,
    view: { devices: await listDevices(deps.db, caller), isRemoved },
  });
  site.page('GET /moi/appareils', ({ caller, query }) => page(caller, query.fait === 'retire'));
  site.form('POST /moi/appareils/:deviceId/retirer', {
    whereIs: () => '/moi/appareils',
    act: async ({ caller, params, request }) => {
      await removeDevice(deps, caller, { deviceId: params.deviceId, origin: originOf(request) });
      return { seeOther: '/moi/appareils?fait=retire' };
    },
    again: ({ caller }) => page(caller, false),
  });
}
