import type { StaffRole } from '#core/api/contract.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { SessionsOf as Person } from '../sessions/end-sessions.ts';

export interface PasskeyRow {
  readonly passkeyId: string;
  readonly playerId: string | null;
  readonly staffId: string | null;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const COLUMNS = `id AS "passkeyId", player_id AS "playerId", staff_id AS "staffId", credential_id AS "credentialId",
  public_key AS "publicKey", counter, transports, label, created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

function columnOf(person: Person): readonly ['player_id' | 'staff_id', string] {
  return 'playerId' in person ? ['player_id', person.playerId] : ['staff_id', person.staffId];
}

export async function findPasskeysOf(db: Db | Tx, person: Person): Promise<PasskeyRow[]> {
  const [column, id] = columnOf(person);
  return db.query<PasskeyRow>(
    `SELECT ${COLUMNS} FROM passkey WHERE ${column} = $1 AND removed_at IS NULL ORDER BY created_at, id`,
    [id],
  );
}

export async function findPasskey(db: Db, credentialId: string): Promise<PasskeyRow | null> {
  return first(
    await db.query<PasskeyRow>(
      `SELECT ${COLUMNS} FROM passkey WHERE credential_id = $1 AND removed_at IS NULL`,
      [credentialId],
    ),
  );
}

export async function insertPasskey(
  tx: Tx,
  passkey: Pick<PasskeyRow, 'passkeyId' | 'credentialId' | 'counter' | 'transports' | 'label'> & {
    readonly person: Person;
    readonly publicKey: Uint8Array;
  },
): Promise<PasskeyRow | null> {
  const [column, id] = columnOf(passkey.person);
  return first(
    await tx.query<PasskeyRow>(
      `INSERT INTO passkey (id, ${column}, credential_id, public_key, counter, transports, label)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING RETURNING ${COLUMNS}`,
      [
        passkey.passkeyId,
        id,
        passkey.credentialId,
        Buffer.from(passkey.publicKey),
        passkey.counter,
        passkey.transports,
        passkey.label,
      ],
    ),
  );
}

/** The counter goes forward only: of two that show the same one, or a copy that lags behind, one is refused. */
export async function recordPasskeyUse(tx: Tx, passkeyId: string, counter: number): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE passkey SET counter = $2, last_used_at = clock_timestamp()
     WHERE id = $1 AND removed_at IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id`,
    [passkeyId, counter],
  );
  return rows.length > 0;
}

export async function renamePasskeyRow(
  tx: Tx,
  person: Person,
  passkeyId: string,
  label: string,
): Promise<PasskeyRow | null> {
  const [column, id] = columnOf(person);
  return first(
    await tx.query<PasskeyRow>(
      `UPDATE passkey SET label = $3 WHERE id = $1 AND ${column} = $2 AND removed_at IS NULL RETURNING ${COLUMNS}`,
      [passkeyId, id, label],
    ),
  );
}

/** False when it never was this person's. */
export async function removePasskeyRow(tx: Tx, person: Person, passkeyId: string): Promise<boolean> {
  const [column, id] = columnOf(person);
  const rows = await tx.query(
    `UPDATE passkey SET removed_at = coalesce(removed_at, clock_timestamp()) WHERE id = $1 AND ${column} = $2 RETURNING id`,
    [passkeyId, id],
  );
  return rows.length > 0;
}

export type ChallengePurpose = 'register' | 'log_in' | 'step_up';

export interface ChallengeOf {
  readonly browserHash: Buffer;
  readonly purpose: ChallengePurpose;
  /** The session that asks; null for a log-in. */
  readonly sessionId: string | null;
}

export async function insertChallenge(
  db: Db,
  made: ChallengeOf & { readonly challenge: string; readonly validityMs: number },
): Promise<void> {
  await db.query(
    `WITH gone AS (DELETE FROM passkey_challenge WHERE browser_hash IN (
       SELECT browser_hash FROM passkey_challenge WHERE expires_at <= clock_timestamp()
       ORDER BY expires_at LIMIT 100))
     INSERT INTO passkey_challenge (browser_hash, purpose, session_id, challenge, expires_at)
     VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
    [made.browserHash, made.purpose, made.sessionId, made.challenge, made.validityMs],
  );
}

/** Takes a challenge away, whatever comes of it: it serves once. */
export async function takeChallengeRow(db: Db, of: ChallengeOf): Promise<string | null> {
  const rows = await db.query<{ challenge: string; isFresh: boolean }>(
    `DELETE FROM passkey_challenge WHERE browser_hash = $1 AND purpose = $2 AND session_id IS NOT DISTINCT FROM $3::uuid
     RETURNING challenge, expires_at > clock_timestamp() AS "isFresh"`,
    [of.browserHash, of.purpose, of.sessionId],
  );
  const row = first(rows);
  return row?.isFresh === true ? row.challenge : null;
}

export interface PasskeyPlayerRow {
  readonly playerId: string;
  readonly pseudonym: string;
  readonly phone: string;
  readonly isTest: boolean;
  readonly isClosed: boolean;
}

export async function findPasskeyPlayer(tx: Tx, playerId: string): Promise<PasskeyPlayerRow | null> {
  return first(
    await tx.query<PasskeyPlayerRow>(
      `SELECT id AS "playerId", pseudonym, phone, is_test AS "isTest", state = 'closed' AS "isClosed"
       FROM player WHERE id = $1`,
      [playerId],
    ),
  );
}

export interface PasskeyStaffRow {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** Null for who has left. */
export async function findPasskeyStaff(tx: Tx, staffId: string): Promise<PasskeyStaffRow | null> {
  return first(
    await tx.query<PasskeyStaffRow>(
      `SELECT id AS "staffId", name, role FROM staff WHERE id = $1 AND state = 'active'`,
      [staffId],
    ),
  );
}
