import type { StaffRole } from '#core/api/contract.ts';
import { type Db, first, one, type Tx } from '../db.ts';

export interface StaffRow {
  readonly staffId: string;
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
  /** Encrypted; null: to be enrolled anew. */
  readonly totpSecret: string | null;
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

export type NewStaffRow = StaffRow & { readonly totpSecret: string };

export async function insertStaff(tx: Tx, staff: NewStaffRow): Promise<StaffRole> {
  await tx.query(
    'INSERT INTO staff (id, phone, name, role, totp_secret, totp_last_step) VALUES ($1, $2, $3, $4, $5, $6)',
    [staff.staffId, staff.phone, staff.name, staff.role, staff.totpSecret, staff.totpLastStep],
  );
  return staff.role;
}

/** A member comes back in the role of his invitation, or has enrolled anew and keeps the role he has now. */
export async function recordReturn(tx: Tx, staff: NewStaffRow): Promise<StaffRole> {
  const rows = await tx.query<{ role: StaffRole }>(
    `UPDATE staff SET state = 'active', left_at = NULL, role = CASE WHEN state = 'left' THEN $2 ELSE role END,
       totp_secret = $3, totp_last_step = $4
     WHERE id = $1 RETURNING role`,
    [staff.staffId, staff.role, staff.totpSecret, staff.totpLastStep],
  );
  return one(rows).role;
}

export async function recordTotpSecret(tx: Tx, staffId: string, totpSecret: string): Promise<void> {
  await tx.query('UPDATE staff SET totp_secret = $2 WHERE id = $1', [staffId, totpSecret]);
}

/** Raises `staff_last_administrator` when there would be none left; so does `recordLeft`. */
export async function recordRole(tx: Tx, staffId: string, role: StaffRole): Promise<void> {
  await tx.query('UPDATE staff SET role = $2 WHERE id = $1', [staffId, role]);
}

export async function recordLeft(tx: Tx, staffId: string): Promise<void> {
  await tx.query(`UPDATE staff SET state = 'left', left_at = clock_timestamp() WHERE id = $1`, [staffId]);
}

export async function clearSecondFactors(tx: Tx, staffId: string): Promise<void> {
  await tx.query('UPDATE staff SET totp_secret = NULL WHERE id = $1', [staffId]);
  await tx.query(
    'UPDATE passkey SET removed_at = clock_timestamp() WHERE staff_id = $1 AND removed_at IS NULL',
    [staffId],
  );
}

export interface MemberRow {
  readonly staffId: string;
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly isActive: boolean;
  readonly hasTotp: boolean;
  readonly passkeyCount: number;
  readonly joinedAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Who is in first, then who has left; the house is small. */
export async function findAllMembers(db: Db): Promise<MemberRow[]> {
  return db.query<MemberRow>(
    `SELECT t.id AS "staffId", t.phone, t.name, t.role, t.state = 'active' AS "isActive",
       t.totp_secret IS NOT NULL AS "hasTotp", t.joined_at AS "joinedAt",
       (SELECT count(*) FROM passkey k WHERE k.staff_id = t.id AND k.removed_at IS NULL) AS "passkeyCount",
       (SELECT max(s.last_used_at) FROM session s WHERE s.staff_id = t.id) AS "lastUsedAt"
     FROM staff t ORDER BY t.state, t.name, t.id LIMIT 500`,
  );
}

export async function findStaffByPhone(
  tx: Tx,
  phone: string,
): Promise<{ readonly staffId: string; readonly state: 'active' | 'left' } | null> {
  return first(await tx.query('SELECT id AS "staffId", state FROM staff WHERE phone = $1', [phone]));
}

export async function isPlayerPhone(tx: Tx, phone: string): Promise<boolean> {
  return (await tx.query('SELECT FROM player WHERE phone = $1', [phone])).length > 0;
}

export interface InvitationRow {
  readonly invitationId: string;
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly staffId: string | null;
  readonly invitedBy: string;
  readonly expiresAt: Date;
  readonly totpSecret: string | null;
  /** Neither used, nor withdrawn, nor late. */
  readonly isLiving: boolean;
  readonly nowMs: number;
}

const INVITATION = `SELECT i.id AS "invitationId", i.phone, i.name, i.role, i.staff_id AS "staffId",
    b.name AS "invitedBy", i.expires_at AS "expiresAt", i.totp_secret AS "totpSecret",
    i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > clock_timestamp() AS "isLiving",
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"
  FROM staff_invitation i JOIN staff b ON b.id = i.invited_by`;

export async function findInvitation(db: Db, invitationId: string): Promise<InvitationRow | null> {
  return first(await db.query<InvitationRow>(`${INVITATION} WHERE i.id = $1`, [invitationId]));
}

export async function lockInvitation(tx: Tx, invitationId: string): Promise<InvitationRow | null> {
  return first(
    await tx.query<InvitationRow>(`${INVITATION} WHERE i.id = $1 FOR NO KEY UPDATE OF i`, [invitationId]),
  );
}

export async function findLivingInvitations(
  db: Db,
): Promise<Pick<InvitationRow, 'invitationId' | 'phone' | 'name' | 'role' | 'invitedBy' | 'expiresAt'>[]> {
  return db.query(
    `SELECT i.id AS "invitationId", i.phone, i.name, i.role, b.name AS "invitedBy", i.expires_at AS "expiresAt"
     FROM staff_invitation i JOIN staff b ON b.id = i.invited_by
     WHERE i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > clock_timestamp()
     ORDER BY i.invited_at DESC LIMIT 100`,
  );
}

export async function withdrawLivingInvitations(tx: Tx, phone: string): Promise<void> {
  await tx.query(
    `UPDATE staff_invitation SET withdrawn_at = clock_timestamp()
     WHERE phone = $1 AND used_at IS NULL AND withdrawn_at IS NULL`,
    [phone],
  );
}

export async function insertInvitation(
  tx: Tx,
  invitation: {
    readonly invitationId: string;
    readonly phone: string;
    readonly name: string;
    readonly role: StaffRole;
    readonly staffId: string | null;
    readonly invitedBy: string;
    readonly validityMs: number;
  },
): Promise<{ readonly expiresAt: Date }> {
  const { invitationId, phone, name, role, staffId, invitedBy, validityMs } = invitation;
  return one(
    await tx.query<{ expiresAt: Date }>(
      `INSERT INTO staff_invitation (id, phone, name, role, staff_id, invited_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 millisecond')
       RETURNING expires_at AS "expiresAt"`,
      [invitationId, phone, name, role, staffId, invitedBy, validityMs],
    ),
  );
}

export async function recordInvitationWithdrawn(tx: Tx, invitationId: string): Promise<void> {
  await tx.query('UPDATE staff_invitation SET withdrawn_at = clock_timestamp() WHERE id = $1', [
    invitationId,
  ]);
}

/** The database's now, in milliseconds. */
export async function recordInvitationSecret(tx: Tx, invitationId: string, secret: string): Promise<number> {
  const { nowMs } = one(
    await tx.query<{ nowMs: number }>(
      `UPDATE staff_invitation SET totp_secret = $2 WHERE id = $1
       RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"`,
      [invitationId, secret],
    ),
  );
  return nowMs;
}

/** The secret has moved to the member's own row. */
export async function recordInvitationUsed(tx: Tx, invitationId: string): Promise<void> {
  await tx.query(
    'UPDATE staff_invitation SET used_at = clock_timestamp(), totp_secret = NULL WHERE id = $1',
    [invitationId],
  );
}

/** Has staff at this phone: asked in the code's own transaction. */
export async function isActiveStaffPhone(tx: Tx, phone: string): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM staff WHERE phone = $1 AND state = 'active'`, [phone]);
  return rows.length > 0;
}
