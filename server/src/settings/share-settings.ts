/** A change of the settings made on one node is read at once on every node. */
import type { Log } from '../log.ts';
import type { SharedMemory } from '../memory/shared-memory.ts';
import type { OpenSettings, Settings } from './open-settings.ts';

export function shareSettings(deps: {
  readonly settings: Settings;
  readonly memory: SharedMemory;
  readonly log: Log;
}): OpenSettings {
  const { settings, memory, log } = deps;
  const endHearing = memory.subscribe('settings-changed', () => {
    settings.refresh().catch((error: unknown) => log.warn({ err: error }, 'settings: not read'));
  });
  return {
    current: settings.current,
    refresh: async () => {
      await settings.refresh();
      memory.publish('settings-changed', null);
    },
    close: endHearing,
  };
}
