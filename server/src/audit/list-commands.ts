import type { Db } from '../db.ts';
import { type AuditEntry, findAuditEntries, findAuditEntriesOn } from './queries.ts';

export type { AuditEntry } from './queries.ts';

/** The last commands of everybody, or of one member of staff, newest first. */
export function listCommands(db: Db, staffId: string | null): Promise<AuditEntry[]> {
  return findAuditEntries(db, staffId);
}

/** The last commands on these targets ("market 12", "bout 7"), newest first. */
export function listCommandsOn(db: Db, targets: readonly string[]): Promise<AuditEntry[]> {
  return findAuditEntriesOn(db, targets);
}
