/**
 * The settings in force. `current` is this node's copy, read anew every second, for what a slip shows and what the door
 * refuses; `readSettings` asks the database, on its clock, for what a transaction freezes or decides.
 */
import { defaultSettings, type SettingValues, settingsFrom } from '#core/settings.ts';
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
  let values = await readSettings(deps.db);
  const refresh = async () => {
    values = await readSettings(deps.db);
  };
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => deps.log.warn({ err: error }, 'settings: not read'));
  }, REFRESH_EVERY_MS).unref();
  return { current: () => values, refresh, close: () => clearInterval(timer) };
}

/** The values in force at this instant of the database's clock. */
export async function readSettings(db: Db | Tx): Promise<SettingValues> {
  const rows = await findSettingsInForce(db);
  return settingsFrom(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

/** Settings that never change: for commands without a server. */
export const fixedSettings: Settings = { current: () => defaultSettings, refresh: async () => undefined };
