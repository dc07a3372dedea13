import type { Db } from '../db.ts';

export interface AuditEntry {
  readonly at: string;
  readonly staff: string;
  readonly command: string;
  readonly target: string;
  readonly outcome: string;
}

const ENTRY = `SELECT e.at, coalesce(s.name, CASE e.actor_kind WHEN 'system' THEN 'système' WHEN 'player' THEN 'joueur' WHEN 'nobody' THEN 'inconnu' ELSE 'ligne de commande' END) AS staff, e.command, e.target, e.outcome
  FROM audit_entry e LEFT JOIN staff s ON s.id = e.actor_id`;

type EntryRow = Omit<AuditEntry, 'at'> & { readonly at: Date };

/** The last 100, newest first; of one member of staff, or of all when null. */
export async function findAuditEntries(db: Db, staffId: string | null): Promise<AuditEntry[]> {
  const rows = await db.query<EntryRow>(
    `${ENTRY} WHERE $1::uuid IS NULL OR e.actor_id = $1 ORDER BY e.id DESC LIMIT 100`,
    [staffId],
  );
  return rows.map(entryOf);
}

/** The last 30 on these targets, newest first. */
export async function findAuditEntriesOn(db: Db, targets: readonly string[]): Promise<AuditEntry[]> {
  const rows = await db.query<EntryRow>(`${ENTRY} WHERE e.target = ANY ($1) ORDER BY e.id DESC LIMIT 30`, [
    targets,
  ]);
  return rows.map(entryOf);
}

function entryOf(row: EntryRow): AuditEntry {
  return { ...row, at: row.at.toISOString() };
}
