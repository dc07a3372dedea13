import { type Db, one, type Tx } from '../db.ts';

/** Since when the service is in maintenance; null: it is open. */
export async function findMaintenance(db: Db | Tx): Promise<Date | null> {
  const row = one(
    await db.query<{ since: Date | null }>('SELECT maintenance_since AS since FROM service_state'),
  );
  return row.since;
}

/** Keeps the first instant when it is switched on twice. */
export async function updateMaintenance(tx: Tx, isOn: boolean): Promise<void> {
  await tx.query(
    `UPDATE service_state
     SET maintenance_since = CASE WHEN $1 THEN coalesce(maintenance_since, clock_timestamp()) END`,
    [isOn],
  );
}
