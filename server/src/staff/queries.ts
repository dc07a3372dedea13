import type { StaffRole } from '#core/api/contract.ts';
import { type Db, first, type Tx } from '../db.ts';

export interface StaffRow {
  readonly staffId: string;
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly totpSecret: string;
  readonly totpLastStep: number;
}

const COLUMNS = `id AS "staffId", phone, name, role, totp_secret AS "totpSecret", totp_last_step AS "totpLastStep"`;

export async function lockActiveStaffByPhone(tx: Tx, phone: string): Promise<StaffRow | null> {
  return first(
    await tx.query<StaffRow>(
      `SELECT ${COLUMNS} FROM staff WHERE phone = $1 AND state = 'active' FOR NO KEY UPDATE`,
      [phone],
    ),
  );
}

export async function lockActiveStaff(tx: Tx, staffId: string): Promise<StaffRow | null> {
  return first(
    await tx.query<StaffRow>(
      `SELECT ${COLUMNS} FROM staff WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE`,
      [staffId],
    ),
  );
}

export async function findAllStaff(db: Db): Promise<StaffRow[]> {
  return db.query<StaffRow>(
    `SELECT ${COLUMNS} FROM staff WHERE state = 'active' ORDER BY joined_at, id LIMIT 100`,
  );
}

export async function recordTotpStep(tx: Tx, staffId: string, step: number): Promise<void> {
  await tx.query('UPDATE staff SET totp_last_step = $2 WHERE id = $1', [staffId, step]);
}

export async function insertStaff(
  tx: Tx,
  staff: Pick<StaffRow, 'staffId' | 'phone' | 'name' | 'role' | 'totpSecret'>,
): Promise<void> {
  await tx.query('INSERT INTO staff (id, phone, name, role, totp_secret) VALUES ($1, $2, $3, $4, $5)', [
    staff.staffId,
    staff.phone,
    staff.name,
    staff.role,
    staff.totpSecret,
  ]);
}

/** Has staff at this phone: asked in the code's own transaction. */
export async function isActiveStaffPhone(tx: Tx, phone: string): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM staff WHERE phone = $1 AND state = 'active'`, [phone]);
  return rows.length > 0;
}
