import { type Db, first, one, type Tx } from '../db.ts';
import type { NoticeKind } from './notices.ts';

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

export interface PlayerAtDoor extends PlayerRow {
  readonly isClosed: boolean;
  readonly hasPin: boolean;
}

/** Whose number this is. A number that was given to somebody else names its former player no more. */
export async function findPlayerByPhone(db: Db | Tx, phone: string): Promise<PlayerAtDoor | null> {
  return first(
    await db.query<PlayerAtDoor>(
      `SELECT ${COLUMNS}, state = 'closed' AS "isClosed", pin_hash IS NOT NULL AS "hasPin"
       FROM player WHERE phone = $1 AND phone_released_at IS NULL`,
      [phone],
    ),
  );
}

/**
 * Locks who wants to come in: null when a log-in token of this phone serves no more, because its time is over, a
 * log-in came after it, or the number is his no more.
 */
export async function lockForLogIn(
  tx: Tx,
  token: { readonly playerId: string; readonly phone: string; readonly madeAtMs: number },
  validityMs: number,
): Promise<PlayerAtDoor | null> {
  return first(
    await tx.query<PlayerAtDoor>(
      `SELECT ${COLUMNS}, state = 'closed' AS "isClosed", pin_hash IS NOT NULL AS "hasPin" FROM player
       WHERE id = $1 AND phone = $2 AND phone_released_at IS NULL
         AND (logged_in_at IS NULL OR (extract(epoch FROM logged_in_at) * 1000)::bigint <= $3)
         AND (extract(epoch FROM clock_timestamp()) * 1000)::bigint < $3::bigint + $4::bigint
       FOR NO KEY UPDATE`,
      [token.playerId, token.phone, token.madeAtMs, validityMs],
    ),
  );
}

export async function recordLogIn(tx: Tx, playerId: string): Promise<void> {
  await tx.query('UPDATE player SET logged_in_at = clock_timestamp() WHERE id = $1', [playerId]);
}

export interface Payouts {
  readonly isFrozen: boolean;
  /** Null when its time is over. */
  readonly heldUntil: Date | null;
  readonly heldFor: 'device' | 'access' | null;
}

const PAYOUTS = `SELECT payout_frozen_at IS NOT NULL AS "isFrozen", payout_held_for AS "heldFor",
  CASE WHEN payout_held_until > clock_timestamp() THEN payout_held_until END AS "heldUntil" FROM player`;

/** Held against every change until the transaction ends. */
export async function lockPayouts(tx: Tx, playerId: string): Promise<Payouts> {
  return one(await tx.query<Payouts>(`${PAYOUTS} WHERE id = $1 FOR SHARE`, [playerId]));
}

/** The same for the eye, without a lock. */
export async function findPayouts(db: Db, playerId: string): Promise<Payouts> {
  return one(await db.query<Payouts>(`${PAYOUTS} WHERE id = $1`, [playerId]));
}

export async function extendPayoutHold(
  tx: Tx,
  hold: { readonly playerId: string; readonly reason: 'device' | 'access'; readonly holdMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE player SET payout_held_until = clock_timestamp() + $3 * interval '1 millisecond', payout_held_for = $2
     WHERE id = $1 AND (payout_held_until IS NULL
       OR payout_held_until < clock_timestamp() + $3 * interval '1 millisecond')`,
    [hold.playerId, hold.reason, hold.holdMs],
  );
}

export async function insertNotice(
  tx: Tx,
  notice: {
    readonly playerId: string;
    readonly kind: NoticeKind;
    readonly detail: string;
    readonly exceptDeviceId: string | null;
  },
): Promise<void> {
  await tx.query(
    'INSERT INTO player_notice (player_id, kind, detail, except_device_id) VALUES ($1, $2, $3, $4)',
    [notice.playerId, notice.kind, notice.detail, notice.exceptDeviceId],
  );
}

/** `ticketKind` is for who has a ticket of a pool with a leg on the bout. */
export async function insertNoticesOfBout(
  tx: Tx,
  notice: {
    readonly boutId: number;
    readonly kind: NoticeKind;
    readonly ticketKind: NoticeKind;
    readonly detail: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO player_notice (player_id, kind, detail)
     SELECT p.id, p.kind, (SELECT wa.ring_name || ' – ' || wb.ring_name FROM bout b
         JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id WHERE b.id = $1) || '|' || $3
     FROM (
       SELECT o.player_id AS id, $2 AS kind FROM offer o JOIN market m ON m.id = o.market_id WHERE m.bout_id = $1 AND o.is_open
       UNION
       SELECT unnest(ARRAY[d.player_a_id, d.player_b_id]), $2 FROM duel d JOIN market m ON m.id = d.market_id
       WHERE m.bout_id = $1 AND d.settlement_id IS NULL
       UNION
       SELECT t.player_id, $4 FROM pool_ticket t JOIN pool p ON p.id = t.pool_id
       WHERE p.state IN ('open', 'suspended', 'closed')
         AND p.id IN (SELECT l.pool_id FROM pool_leg l WHERE l.bout_id = $1)
     ) p`,
    [notice.boutId, notice.kind, notice.detail, notice.ticketKind],
  );
}

export async function findUnreadNotice(
  db: Db,
  playerId: string,
  deviceId: string | null,
): Promise<{
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly detail: string;
  readonly madeAt: Date;
} | null> {
  return first(
    await db.query(
      `SELECT id AS "noticeId", kind, detail, made_at AS "madeAt" FROM player_notice
       WHERE player_id = $1 AND read_at IS NULL AND (except_device_id IS NULL OR except_device_id IS DISTINCT FROM $2::uuid)
       ORDER BY made_at LIMIT 1`,
      [playerId, deviceId],
    ),
  );
}

export async function recordNoticeRead(tx: Tx, playerId: string, noticeId: string): Promise<void> {
  await tx.query(
    'UPDATE player_notice SET read_at = clock_timestamp() WHERE id = $2 AND player_id = $1 AND read_at IS NULL',
    [playerId, noticeId],
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
    readonly pinHash: string | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO player (id, phone, pseudonym, pseudonym_key, birth_date, terms_version, terms_accepted_at, is_test,
       available_account_id, pin_hash, pin_set_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8, $9, CASE WHEN $9::text IS NOT NULL THEN clock_timestamp() END)`,
    [
      player.playerId,
      player.phone,
      player.pseudonym,
      player.pseudonymKey,
      player.birthDate,
      player.termsVersion,
      player.isTest,
      player.accountId,
      player.pinHash,
    ],
  );
}

export async function setPayoutsFrozen(tx: Tx, playerId: string, isFrozen: boolean): Promise<void> {
  await tx.query(
    `UPDATE player SET payout_frozen_at = CASE WHEN $2 OR phone_released_at IS NOT NULL
       THEN coalesce(payout_frozen_at, clock_timestamp()) END
     WHERE id = $1`,
    [playerId, isFrozen],
  );
}

export async function releasePhone(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    `UPDATE player SET phone_released_at = clock_timestamp(),
       payout_frozen_at = coalesce(payout_frozen_at, clock_timestamp())
     WHERE id = $1`,
    [playerId],
  );
}

export async function updatePhone(tx: Tx, playerId: string, phone: string): Promise<void> {
  await tx.query('UPDATE player SET phone = $2, phone_released_at = NULL WHERE id = $1', [playerId, phone]);
}
