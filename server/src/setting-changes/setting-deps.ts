import type { Db } from '../db.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/open-settings.ts';

export interface SettingDeps {
  readonly db: Db;
  readonly log: Log;
  readonly settings: Settings;
}

/** After the commit: this node and the others read anew. They would within a second by themselves. */
export async function tellChanged({ settings, log }: SettingDeps): Promise<void> {
  await settings.refresh().catch((error: unknown) => log.warn({ err: error }, 'settings: not read'));
}
