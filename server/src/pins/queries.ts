import { type Db, first, one, type Tx } from '../db.ts';

/** Where wrong PINs are counted: on the player after a code, on the device where one is bound. */
export type PinSeat =
  | { readonly kind: 'player'; readonly playerId: string }
  | { readonly kind: 'device'; readonly playerId: string; readonly deviceId: string };

/** Times are the database's, in milliseconds. */
export interface PinRow {
  readonly pinHash: string | null;
  readonly phone: string;
  readonly birthDate: string;
  readonly failureCount: number;
  readonly failedAtMs: number | null;
  readonly blockedUntilMs: number | null;
  readonly nowMs: number;
}

const MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

function selectPin(table: 's' | 'p'): string {
  return `SELECT p.pin_hash AS "pinHash", p.phone, to_char(p.birth_date, 'YYYY-MM-DD') AS "birthDate",
    ${table}.pin_failure_count AS "failureCount", ${MS(`${table}.pin_failed_at`)} AS "failedAtMs",
    ${MS(`${table}.pin_blocked_until`)} AS "blockedUntilMs", ${MS('clock_timestamp()')} AS "nowMs"`;
}

/** Null when the player, or his binding to the device, is not there. */
export async function findPin(db: Db | Tx, seat: PinSeat): Promise<PinRow | null> {
  if (seat.kind === 'player') {
    return first(await db.query<PinRow>(`${selectPin('p')} FROM player p WHERE p.id = $1`, [seat.playerId]));
  }
  return first(
    await db.query<PinRow>(
      `${selectPin('s')} FROM player p JOIN device s ON s.player_id = p.id
       WHERE p.id = $1 AND s.id = $2 AND s.removed_at IS NULL`,
      [seat.playerId, seat.deviceId],
    ),
  );
}

/** Locks the player, and with him every try of his PIN. */
export async function lockPin(tx: Tx, seat: PinSeat): Promise<PinRow | null> {
  await tx.query('SELECT 1 FROM player WHERE id = $1 FOR NO KEY UPDATE', [seat.playerId]);
  return findPin(tx, seat);
}

export async function recordPinFailure(
  tx: Tx,
  seat: PinSeat,
  failure: { readonly failureCount: number; readonly blockMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE ${seat.kind} SET pin_failure_count = least($2, 1000), pin_failed_at = clock_timestamp(),
       pin_blocked_until = CASE WHEN $3 > 0 THEN clock_timestamp() + $3 * interval '1 millisecond' END
     WHERE id = $1`,
    [seatId(seat), failure.failureCount, failure.blockMs],
  );
}

export async function forgetPinFailures(tx: Tx, seat: PinSeat): Promise<void> {
  await tx.query(
    `UPDATE ${seat.kind} SET pin_failure_count = 0, pin_failed_at = NULL, pin_blocked_until = NULL WHERE id = $1`,
    [seatId(seat)],
  );
}

export async function updatePinHash(tx: Tx, playerId: string, pinHash: string): Promise<void> {
  await tx.query('UPDATE player SET pin_hash = $2, pin_set_at = clock_timestamp() WHERE id = $1', [
    playerId,
    pinHash,
  ]);
}

export async function deletePinHash(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    `UPDATE player SET pin_hash = NULL, pin_set_at = NULL, pin_failure_count = 0, pin_failed_at = NULL,
       pin_blocked_until = NULL
     WHERE id = $1`,
    [playerId],
  );
}

/** Hashed anew: the same PIN, so when it was chosen stays. */
export async function replacePinHash(tx: Tx, playerId: string, pinHash: string): Promise<void> {
  await tx.query('UPDATE player SET pin_hash = $2 WHERE id = $1', [playerId, pinHash]);
}

export async function findPinOwner(
  db: Db | Tx,
  playerId: string,
): Promise<{ readonly phone: string; readonly birthDate: string; readonly hasPin: boolean }> {
  return one(
    await db.query(
      `SELECT phone, to_char(birth_date, 'YYYY-MM-DD') AS "birthDate", pin_hash IS NOT NULL AS "hasPin"
       FROM player WHERE id = $1`,
      [playerId],
    ),
  );
}

function seatId(seat: PinSeat): string {
  return seat.kind === 'player' ? seat.playerId : seat.deviceId;
}
