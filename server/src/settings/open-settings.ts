/**
 * The settings in force. `current` is this node's copy, read anew every second, for what a slip shows and what the door
 * refuses; `readSettings` asks the database, on its clock, for what a transaction freezes or decides.
 */
import { defaultSettings, fitSettings, type SettingValues } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import type { Log } from '../log.ts';
import { findSettingsInForce } from './queries.ts';

export interface Settings {
  current(): SettingValues;
  /** Reads them anew at once: after a change made here. */
  refresh(): Promise<void>;
}

export interface OpenSettings extends Settings {
  close(): void;
}

const REFRESH_EVERY_MS = 1_000;

export async function openSettings(deps: { readonly db: Db; readonly log: Log }): Promise<OpenSettings> {
  let values = defaultSettings;
  let toldOf = '';
  const refresh = async () => {
    const read = await readFitted(deps.db);
    values = read.values;
    const names = read.corrected.map(({ name }) => name).join(', ');
    if (names !== toldOf && names !== '') {
      deps.log.warn(
        { settings: read.corrected },
        `settings out of this version's bounds, the nearest value counts: ${names}`,
      );
    }
    toldOf = names;
  };
  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => deps.log.warn({ err: error }, 'settings: not read'));
  }, REFRESH_EVERY_MS).unref();
  return { current: () => values, refresh, close: () => clearInterval(timer) };
}

/** The values in force now by the database's clock, or at an instant that it has given. */
export async function readSettings(db: Db | Tx, at: string | null = null): Promise<SettingValues> {
  return (await readFitted(db, at)).values;
}

/** And those that were approved within other bounds than this version's. */
export async function readFitted(
  db: Db | Tx,
  at: string | null = null,
): Promise<ReturnType<typeof fitSettings>> {
  const rows = await findSettingsInForce(db, at);
  return fitSettings(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

/** Settings that never change: for commands without a server. */
export const fixedSettings: Settings = { current: () => defaultSettings, refresh: async () => undefined };
