import type { JournalEntryShown } from '#core/api/audit.ts';
import type { Db } from '../db.ts';
import type { JournalAsked, Reach } from './list-commands.ts';
import { tellOutcome } from './tell-outcome.ts';

export interface AuditEntry {
  readonly at: string;
  readonly staff: string;
  readonly command: string;
  readonly target: string;
  readonly outcome: string;
  readonly sentence: string | null;
}

const WHO = `coalesce(s.name, CASE e.actor_kind WHEN 'system' THEN 'système' WHEN 'player' THEN 'joueur' WHEN 'nobody' THEN 'inconnu' ELSE 'ligne de commande' END) AS staff`;
const ENTRY = `SELECT e.at, ${WHO}, e.command, e.target, e.outcome
  FROM audit_entry e LEFT JOIN staff s ON s.id = e.actor_id`;

const SAID_YES = `CASE coalesce(e.input->'approves', e.input->'confirms') WHEN 'true' THEN true WHEN 'false' THEN false END AS "saidYes"`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Newest first; each condition is left out when nothing is asked about it. */
export async function findJournal(
  db: Db,
  asked: JournalAsked & { readonly reach: Reach; readonly staffId: string; readonly limit: number },
): Promise<JournalEntryShown[]> {
  const person = asked.person?.trim() ?? '';
  const isId = UUID.test(person);
  const values: unknown[] = [asked.limit];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [
    asked.reach === 'own' ? `e.actor_id = ${value(asked.staffId)}` : null,
    asked.reach === 'galas'
      ? `(e.actor_id = ${value(asked.staffId)} OR e.target ~ '^(gala|bout|market) [0-9]+$')`
      : null,
    isId ? `e.actor_id = ${value(person)}` : null,
    !isId && person !== ''
      ? `e.actor_id IN (SELECT id FROM staff WHERE strpos(lower(name), lower(${value(person)})) > 0)`
      : null,
    asked.command === undefined ? null : `e.command = ${value(asked.command)}`,
    asked.target === undefined ? null : `e.target = ${value(asked.target)}`,
    asked.day === undefined
      ? null
      : `e.at >= ${value(asked.day)}::date AND e.at < ${value(asked.day)}::date + 1`,
    asked.before === undefined ? null : `e.id < ${value(asked.before)}`,
  ].filter((condition) => condition !== null);
  const rows = await db.query<Omit<JournalEntryShown, 'at' | 'sentence'> & { readonly at: Date }>(
    `SELECT e.id, e.at, ${WHO}, e.command, e.target, e.outcome, ${SAID_YES}, e.address
     FROM audit_entry e LEFT JOIN staff s ON s.id = e.actor_id
     ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
     ORDER BY e.id DESC LIMIT $1`,
    values,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), sentence: tellOutcome(row.outcome) }));
}

/** The last 30 on these targets, newest first. */
export async function findAuditEntriesOn(db: Db, targets: readonly string[]): Promise<AuditEntry[]> {
  const rows = await db.query<Omit<AuditEntry, 'at' | 'sentence'> & { readonly at: Date }>(
    `${ENTRY} WHERE e.target = ANY ($1) ORDER BY e.id DESC LIMIT 30`,
    [targets],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), sentence: tellOutcome(row.outcome) }));
}
