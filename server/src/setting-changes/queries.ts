import type { SettingChangeShown } from '#core/api/settings.ts';
import type { SettingName } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import { first } from '../db.ts';

export interface ChangeRow {
  readonly changeId: string;
  readonly name: string;
  readonly value: number | string;
  readonly reason: string;
  readonly effectiveAt: Date;
  readonly state: SettingChangeShown['state'];
  readonly proposedBy: string;
  readonly proposerId: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
}

const CHANGE = `SELECT c.id AS "changeId", c.name, c.value, c.reason, c.effective_at AS "effectiveAt",
    p.name AS "proposedBy", c.proposed_by AS "proposerId", c.proposed_at AS "proposedAt",
    d.name AS "decidedBy", c.decided_at AS "decidedAt", w.name AS "withdrawnBy", c.withdrawn_at AS "withdrawnAt",
    CASE
      WHEN c.withdrawn_at IS NOT NULL THEN 'withdrawn'
      WHEN c.decision IS NULL THEN 'waiting'
      WHEN c.decision = 'refused' THEN 'refused'
      WHEN c.effective_at > clock_timestamp() THEN 'coming'
      WHEN c.id = (SELECT f.id FROM setting_change f
        WHERE f.name = c.name AND f.decision = 'approved' AND f.withdrawn_at IS NULL
          AND f.effective_at <= clock_timestamp()
        ORDER BY f.effective_at DESC, f.decided_at DESC LIMIT 1) THEN 'in_force'
      ELSE 'replaced'
    END AS state
  FROM setting_change c
    JOIN staff p ON p.id = c.proposed_by
    LEFT JOIN staff d ON d.id = c.decided_by
    LEFT JOIN staff w ON w.id = c.withdrawn_by`;

/** One change of settings is judged at a time: two that agree with what is there may disagree with each other. */
export async function lockSettings(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('mbayar settings', 0))`);
}

export async function findChange(db: Db | Tx, changeId: string): Promise<ChangeRow | null> {
  return first(await db.query<ChangeRow>(`${CHANGE} WHERE c.id = $1`, [changeId]));
}

/** Those that wait and those that are to come, the earliest first. */
export function findOpenChanges(db: Db | Tx): Promise<ChangeRow[]> {
  return db.query(
    `${CHANGE} WHERE c.withdrawn_at IS NULL
       AND (c.decision IS NULL OR (c.decision = 'approved' AND c.effective_at > clock_timestamp()))
     ORDER BY c.effective_at, c.decided_at, c.id`,
  );
}

/** Newest first; `before` is the last of the page before. */
export function findHistory(
  db: Db,
  page: { readonly name: SettingName | null; readonly before: string | null; readonly limit: number },
): Promise<ChangeRow[]> {
  return db.query(
    `${CHANGE} WHERE ($1::text IS NULL OR c.name = $1)
       AND ($2::uuid IS NULL
         OR (c.proposed_at, c.id) < (SELECT b.proposed_at, b.id FROM setting_change b WHERE b.id = $2))
     ORDER BY c.proposed_at DESC, c.id DESC LIMIT $3`,
    [page.name, page.before, page.limit],
  );
}

export async function findClock(tx: Tx): Promise<Date> {
  const row = first(await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now'));
  if (row === null) throw new Error('the database has no clock');
  return row.now;
}

export async function insertChange(
  tx: Tx,
  change: {
    readonly changeId: string;
    readonly name: SettingName;
    readonly value: number | string;
    readonly reason: string;
    readonly effectiveAt: string;
    readonly staffId: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO setting_change (id, name, value, reason, effective_at, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      change.changeId,
      change.name,
      JSON.stringify(change.value),
      change.reason,
      change.effectiveAt,
      change.staffId,
    ],
  );
}

/** A change that is approved after its date takes effect now: what came in between is not undone behind its back. */
export async function recordDecision(
  tx: Tx,
  changeId: string,
  staffId: string,
  decision: 'approved' | 'refused',
): Promise<void> {
  await tx.query(
    `UPDATE setting_change SET decision = $3, decided_by = $2, decided_at = t.now,
       effective_at = CASE $3 WHEN 'approved' THEN greatest(effective_at, t.now) ELSE effective_at END
     FROM (SELECT clock_timestamp() AS now) t WHERE id = $1`,
    [changeId, staffId, decision],
  );
}

export async function recordWithdrawal(tx: Tx, changeId: string, staffId: string): Promise<void> {
  await tx.query(
    'UPDATE setting_change SET withdrawn_by = $2, withdrawn_at = clock_timestamp() WHERE id = $1',
    [changeId, staffId],
  );
}
