import { type Db, first, one, type Tx } from '../db.ts';

export interface PlayerRow {
  readonly playerId: string;
  readonly phone: string;
  readonly pseudonym: string;
  readonly isTest: boolean;
}

const COLUMNS = `id AS "playerId", phone, pseudonym, is_test AS "isTest"`;

export async function findPlayerById(db: Db | Tx, playerId: string): Promise<PlayerRow | null> {
  return first(await db.query<PlayerRow>(`SELECT ${COLUMNS} FROM player WHERE id = $1`, [playerId]));
}

/** Only who may have a session: a closed account is as good as none. */
export async function findPlayerByPhone(
  db: Db | Tx,
  phone: string,
): Promise<(PlayerRow & { readonly isClosed: boolean }) | null> {
  return first(
    await db.query<PlayerRow & { readonly isClosed: boolean }>(
      `SELECT ${COLUMNS}, state = 'closed' AS "isClosed" FROM player WHERE phone = $1`,
      [phone],
    ),
  );
}

export async function isStaffPhone(db: Db | Tx, phone: string): Promise<boolean> {
  const rows = await db.query('SELECT 1 FROM staff WHERE phone = $1', [phone]);
  return rows.length > 0;
}

/** The database's today decides who is old enough, in full years. */
export async function judgeBirthDate(
  tx: Tx,
  birthDate: string,
  ageMin: number,
): Promise<{ readonly isOldEnough: boolean; readonly isPossible: boolean; readonly nowMs: number }> {
  const rows = await tx.query<{ isOldEnough: boolean; isPossible: boolean; nowMs: number }>(
    `SELECT $1::date <= current_date - make_interval(years => $2) AS "isOldEnough",
            $1::date > current_date - interval '120 years' AS "isPossible",
            (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"`,
    [birthDate, ageMin],
  );
  return one(rows);
}

export async function insertPlayer(
  tx: Tx,
  player: {
    readonly playerId: string;
    readonly phone: string;
    readonly pseudonym: string;
    readonly pseudonymKey: string;
    readonly birthDate: string;
    readonly termsVersion: string;
    readonly isTest: boolean;
    readonly accountId: number;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO player (id, phone, pseudonym, pseudonym_key, birth_date, terms_version, terms_accepted_at, is_test,
       available_account_id)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8)`,
    [
      player.playerId,
      player.phone,
      player.pseudonym,
      player.pseudonymKey,
      player.birthDate,
      player.termsVersion,
      player.isTest,
      player.accountId,
    ],
  );
}
