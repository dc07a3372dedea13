/**
 * Is the service in maintenance? This node's copy, read anew every second: a request at the door asks no database. While
 * the database is away the last word stands.
 */
import type { Db } from '../db.ts';
import type { Log } from '../log.ts';
import { findMaintenance } from './queries.ts';

export interface Maintenance {
  isOn(): boolean;
  close(): void;
}

const REFRESH_EVERY_MS = 1_000;

export async function openMaintenance(deps: { readonly db: Db; readonly log: Log }): Promise<Maintenance> {
  const { db, log } = deps;
  let since: Date | null = null;
  const refresh = async () => {
    try {
      since = await findMaintenance(db);
    } catch (error) {
      log.warn({ err: error }, 'maintenance: not read');
    }
  };
  await refresh();
  const timer = setInterval(() => void refresh(), REFRESH_EVERY_MS).unref();
  return { isOn: () => since !== null, close: () => clearInterval(timer) };
}
