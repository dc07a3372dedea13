import type { Db, Tx } from '../db.ts';

/**
 * Of each name the approved value whose time has come last, at one instant for all of them: changes that take effect
 * together are seen together. `at` as the database writes it; null: now.
 */
export async function findSettingsInForce(
  db: Db | Tx,
  at: string | null,
): Promise<{ readonly name: string; readonly value: unknown }[]> {
  return db.query(
    `SELECT DISTINCT ON (name) name, value FROM setting_change
     WHERE decision = 'approved' AND withdrawn_at IS NULL AND effective_at <= coalesce($1::timestamptz, statement_timestamp())
     ORDER BY name, effective_at DESC, decided_at DESC`,
    [at],
  );
}
