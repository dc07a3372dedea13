import type { JournalEntryShown } from '#core/api/audit.ts';
import type { StaffRole } from '#core/api/contract.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { type AuditEntry, findAuditEntriesOn, findJournal } from './queries.ts';

export type { AuditEntry } from './queries.ts';

const PAGE = 50;

/** How much of the log a role sees: all of it, what concerns galas and one's own, or one's own. */
export type Reach = 'all' | 'galas' | 'own';

export function reachOf(role: StaffRole): Reach {
  if (role === 'compliance' || role === 'administrator') return 'all';
  return role === 'operator' ? 'galas' : 'own';
}

export interface JournalAsked {
  readonly person?: string | undefined;
  readonly command?: string | undefined;
  readonly target?: string | undefined;
  readonly day?: string | undefined;
  readonly before?: string | undefined;
}

/** One page of the log, newest first, and where the next one begins. */
export async function listJournal(
  db: Db,
  staff: StaffIdentity,
  asked: JournalAsked,
): Promise<{ entries: JournalEntryShown[]; next: number | null }> {
  const rows = await findJournal(db, {
    ...asked,
    reach: reachOf(staff.role),
    staffId: staff.staffId,
    limit: PAGE + 1,
  });
  const entries = rows.slice(0, PAGE);
  return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
}

/** The last commands on these targets ("market 12", "bout 7"), newest first. */
export function listCommandsOn(db: Db, targets: readonly string[]): Promise<AuditEntry[]> {
  return findAuditEntriesOn(db, targets);
}
