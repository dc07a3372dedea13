import { type Db, first, one, type Tx } from '../db.ts';

/** The living binding of this browser to the player with this phone. */
export async function findBinding(
  db: Db | Tx,
  tokenHash: Buffer,
  phone: string,
): Promise<{ readonly deviceId: string; readonly playerId: string } | null> {
  return first(
    await db.query<{ deviceId: string; playerId: string }>(
      `SELECT d.id AS "deviceId", d.player_id AS "playerId" FROM device d JOIN player p ON p.id = d.player_id
       WHERE d.token_hash = $1 AND d.removed_at IS NULL AND p.phone = $2 AND p.phone_released_at IS NULL
         AND p.pin_hash IS NOT NULL`,
      [tokenHash, phone],
    ),
  );
}

/** Gives every living binding of a browser its new token. */
export async function moveToken(tx: Tx, from: Buffer, to: Buffer): Promise<void> {
  await tx.query('UPDATE device SET token_hash = $2 WHERE token_hash = $1 AND removed_at IS NULL', [
    from,
    to,
  ]);
}

/** Null when the browser was not bound to this player. */
export async function touchBinding(
  tx: Tx,
  tokenHash: Buffer,
  playerId: string,
  label: string,
): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE device SET last_used_at = clock_timestamp(), label = $3, pin_failure_count = 0, pin_failed_at = NULL,
       pin_blocked_until = NULL
     WHERE token_hash = $1 AND player_id = $2 AND removed_at IS NULL RETURNING id`,
    [tokenHash, playerId, label],
  );
  return first(rows)?.id ?? null;
}

export async function touchDevice(tx: Tx, deviceId: string): Promise<void> {
  await tx.query('UPDATE device SET last_used_at = clock_timestamp() WHERE id = $1', [deviceId]);
}

export async function insertDevice(
  tx: Tx,
  device: { readonly tokenHash: Buffer; readonly playerId: string; readonly label: string },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    'INSERT INTO device (token_hash, player_id, label) VALUES ($1, $2, $3) RETURNING id',
    [device.tokenHash, device.playerId, device.label],
  );
  return one(rows).id;
}

/** Living and removed: has this player ever had another one? */
export async function countDevices(
  tx: Tx,
  playerId: string,
): Promise<{ readonly everCount: number; readonly boundCount: number }> {
  return one(
    await tx.query<{ everCount: number; boundCount: number }>(
      `SELECT count(*) AS "everCount", count(*) FILTER (WHERE removed_at IS NULL) AS "boundCount"
       FROM device WHERE player_id = $1`,
      [playerId],
    ),
  );
}

export interface DeviceRow {
  readonly deviceId: string;
  readonly label: string;
  readonly boundAt: Date;
  readonly lastUsedAt: Date;
}

export async function findDevices(db: Db, playerId: string): Promise<DeviceRow[]> {
  return db.query<DeviceRow>(
    `SELECT d.id AS "deviceId", d.label, d.bound_at AS "boundAt",
       greatest(d.last_used_at, (SELECT max(s.last_used_at) FROM session s WHERE s.device_id = d.id AND s.ended_at IS NULL))
         AS "lastUsedAt"
     FROM device d WHERE d.player_id = $1 AND d.removed_at IS NULL ORDER BY 4 DESC LIMIT 100`,
    [playerId],
  );
}

/** False when it is not his, or not bound. */
export async function removeDeviceRow(tx: Tx, playerId: string, deviceId: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE device SET removed_at = clock_timestamp() WHERE id = $2 AND player_id = $1 AND removed_at IS NULL
     RETURNING id`,
    [playerId, deviceId],
  );
  return rows.length > 0;
}

export async function removeDeviceRows(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    'UPDATE device SET removed_at = clock_timestamp() WHERE player_id = $1 AND removed_at IS NULL',
    [playerId],
  );
}
