import type { Db, Tx } from '../db.ts';

/** Of each name the approved value whose time has come last. */
export async function findSettingsInForce(
  db: Db | Tx,
): Promise<{ readonly name: string; readonly value: unknown }[]> {
  return db.query(
    `SELECT DISTINCT ON (name) name, value FROM setting_change
     WHERE decision = 'approved' AND withdrawn_at IS NULL AND effective_at <= clock_timestamp()
     ORDER BY name, effective_at DESC, decided_at DESC`,
  );
}
