import type { ClosureState } from '#core/api/data-rights.ts';
import type { Xof } from '#core/money.ts';
import { type Db, first, one, type Tx } from '../db.ts';

export interface ClosureRow {
  readonly closureId: string;
  readonly playerId: string;
  readonly accountId: number;
  readonly isTest: boolean;
  readonly pseudonym: string;
  readonly state: ClosureState;
  readonly askedAt: Date;
  readonly closedAt: Date | null;
  readonly payoutCount: number;
  readonly remainderXof: Xof | null;
  readonly eraseAt: Date | null;
  readonly erasedAt: Date | null;
  readonly heldAt: Date | null;
  readonly heldBy: string | null;
  readonly holdReason: string | null;
}

const CLOSURE = `SELECT c.id AS "closureId", c.player_id AS "playerId", p.available_account_id AS "accountId",
    p.is_test AS "isTest", p.pseudonym, c.state, c.asked_at AS "askedAt", c.closed_at AS "closedAt",
    c.payout_count AS "payoutCount", c.remainder_xof AS "remainderXof", c.erase_at AS "eraseAt",
    c.erased_at AS "erasedAt", c.held_at AS "heldAt", s.name AS "heldBy", c.hold_reason AS "holdReason"
  FROM account_closure c JOIN player p ON p.id = c.player_id LEFT JOIN staff s ON s.id = c.held_by`;

export async function findClosure(db: Db | Tx, playerId: string): Promise<ClosureRow | null> {
  return first(await db.query<ClosureRow>(`${CLOSURE} WHERE c.player_id = $1`, [playerId]));
}

export async function lockClosure(tx: Tx, playerId: string): Promise<ClosureRow | null> {
  return first(
    await tx.query<ClosureRow>(`${CLOSURE} WHERE c.player_id = $1 FOR NO KEY UPDATE OF c`, [playerId]),
  );
}

/** Those that go on or wait for their erasure, oldest first, then what was erased of late. */
export async function findClosures(db: Db): Promise<ClosureRow[]> {
  return db.query<ClosureRow>(
    `${CLOSURE} ORDER BY c.erased_at IS NOT NULL, c.erased_at DESC, c.asked_at, c.id LIMIT 200`,
  );
}

/** Before his balance, everywhere. */
export async function lockPlayer(tx: Tx, playerId: string): Promise<void> {
  await tx.query('SELECT FROM player WHERE id = $1 FOR NO KEY UPDATE', [playerId]);
}

/** Writes the request down and shuts betting and deposits. Raises `account_closure_once` the second time. */
export async function insertClosure(tx: Tx, closureId: string, playerId: string): Promise<void> {
  await tx.query(
    `INSERT INTO account_closure (id, player_id, state_before) SELECT $1, id, state FROM player WHERE id = $2`,
    [closureId, playerId],
  );
  await tx.query(`UPDATE player SET state = 'closing' WHERE id = $1`, [playerId]);
}

/**
 * Closures that can be taken a step further now: nothing of theirs is engaged or on its way. A payout that was refused
 * is tried again after an hour. A closed account that money has come to, by a correction, pays it out like the first.
 */
export async function findClosuresToAdvance(
  db: Db,
  payoutMinXof: number,
): Promise<{ readonly playerId: string }[]> {
  return db.query(
    `SELECT c.player_id AS "playerId" FROM account_closure c
       JOIN player p ON p.id = c.player_id
       JOIN ledger.balance b ON b.account_id = p.available_account_id
       LEFT JOIN withdrawal last ON last.id = c.withdrawal_id
     WHERE c.erased_at IS NULL
       AND (c.state <> 'closed' OR b.amount_xof >= $1)
       AND (last.id IS NULL OR last.state <> 'refused' OR last.ended_at < clock_timestamp() - interval '1 hour')
       AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.player_id = c.player_id AND w.ended_at IS NULL)
       AND NOT EXISTS (SELECT FROM duel d WHERE d.player_a_id = c.player_id AND d.settlement_id IS NULL)
       AND NOT EXISTS (SELECT FROM duel d WHERE d.player_b_id = c.player_id AND d.settlement_id IS NULL)
     ORDER BY c.asked_at LIMIT 200`,
    [payoutMinXof],
  );
}

export interface Engaged {
  readonly openOfferCount: number;
  readonly duelCount: number;
  readonly withdrawingXof: Xof;
  readonly availableXof: Xof;
}

/** What keeps an account from being closed at once. */
export async function findEngaged(
  db: Db | Tx,
  player: { readonly playerId: string; readonly accountId: number },
): Promise<Engaged> {
  return one(
    await db.query<Engaged>(
      `SELECT (SELECT count(*)::int FROM offer WHERE player_id = $1 AND is_open) AS "openOfferCount",
         (SELECT count(*)::int FROM duel WHERE player_a_id = $1 AND settlement_id IS NULL)
           + (SELECT count(*)::int FROM duel WHERE player_b_id = $1 AND settlement_id IS NULL) AS "duelCount",
         (SELECT coalesce(sum(amount_xof), 0)::bigint FROM withdrawal WHERE player_id = $1 AND ended_at IS NULL)
           AS "withdrawingXof",
         (SELECT amount_xof FROM ledger.balance WHERE account_id = $2) AS "availableXof"`,
      [player.playerId, player.accountId],
    ),
  );
}

export async function recordPayout(tx: Tx, playerId: string, withdrawalId: string): Promise<void> {
  await tx.query(
    `UPDATE account_closure SET withdrawal_id = $2, payout_count = payout_count + 1,
       state = CASE WHEN state = 'closed' THEN state ELSE 'paying' END WHERE player_id = $1`,
    [playerId, withdrawalId],
  );
}

export async function recordClosed(
  tx: Tx,
  playerId: string,
  of: { readonly remainderXof: Xof; readonly eraseAfterMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE account_closure SET state = 'closed', closed_at = clock_timestamp(), remainder_xof = $2,
       erase_at = clock_timestamp() + $3 * interval '1 millisecond' WHERE player_id = $1`,
    [playerId, of.remainderXof, of.eraseAfterMs],
  );
  await tx.query(`UPDATE player SET state = 'closed' WHERE id = $1`, [playerId]);
}

export async function recordHold(
  tx: Tx,
  playerId: string,
  hold: { readonly staffId: string; readonly reason: string } | null,
): Promise<void> {
  await tx.query(
    `UPDATE account_closure SET held_by = $2, hold_reason = $3,
       held_at = CASE WHEN $2::uuid IS NULL THEN NULL ELSE clock_timestamp() END WHERE player_id = $1`,
    [playerId, hold?.staffId ?? null, hold?.reason ?? null],
  );
}

/** Whose time has come. */
export async function findErasuresDue(db: Db): Promise<{ readonly playerId: string }[]> {
  return db.query(
    `SELECT player_id AS "playerId" FROM account_closure
     WHERE state = 'closed' AND erased_at IS NULL AND held_at IS NULL AND erase_at <= clock_timestamp()
     ORDER BY erase_at LIMIT 200`,
  );
}

/** False when it is not to be done, or was done before. */
export async function erase(tx: Tx, playerId: string): Promise<boolean> {
  return one(await tx.query<{ done: boolean }>('SELECT erase_player($1) AS done', [playerId])).done;
}

export interface ExportRow {
  readonly exportId: string;
  readonly playerId: string;
  readonly askedAt: Date;
  readonly readyAt: Date | null;
  readonly expiresAt: Date | null;
  /** The file can be fetched now. */
  readonly isReady: boolean;
}

const EXPORT = `SELECT id AS "exportId", player_id AS "playerId", asked_at AS "askedAt", ready_at AS "readyAt",
    expires_at AS "expiresAt", sealed IS NOT NULL AND expires_at > clock_timestamp() AS "isReady"
  FROM data_export`;

export async function insertExport(tx: Tx, exportId: string, playerId: string): Promise<void> {
  await tx.query('INSERT INTO data_export (id, player_id) VALUES ($1, $2)', [exportId, playerId]);
}

/** The last ten of a player, newest first. */
export async function findExports(db: Db, playerId: string): Promise<ExportRow[]> {
  return db.query<ExportRow>(`${EXPORT} WHERE player_id = $1 ORDER BY asked_at DESC, id LIMIT 10`, [
    playerId,
  ]);
}

export async function findExport(db: Db | Tx, exportId: string): Promise<ExportRow | null> {
  return first(await db.query<ExportRow>(`${EXPORT} WHERE id = $1`, [exportId]));
}

export async function findUnbuiltExports(db: Db): Promise<{ readonly exportId: string }[]> {
  return db.query(
    `SELECT id AS "exportId" FROM data_export WHERE ready_at IS NULL ORDER BY asked_at LIMIT 20`,
  );
}

export async function recordExport(
  tx: Tx,
  exportId: string,
  file: { readonly sealed: Buffer; readonly keptForMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE data_export SET sealed = $2, ready_at = clock_timestamp(),
       expires_at = clock_timestamp() + $3 * interval '1 millisecond' WHERE id = $1 AND ready_at IS NULL`,
    [exportId, file.sealed, file.keptForMs],
  );
}

/** The file, once more fetched; null when it has expired. */
export async function takeExportFile(tx: Tx, exportId: string): Promise<{ readonly sealed: Buffer } | null> {
  return first(
    await tx.query<{ sealed: Buffer }>(
      `UPDATE data_export SET fetched_count = fetched_count + 1
       WHERE id = $1 AND sealed IS NOT NULL AND expires_at > clock_timestamp() RETURNING sealed`,
      [exportId],
    ),
  );
}

export async function dropExpiredExports(db: Db): Promise<void> {
  await db.query(
    `UPDATE data_export SET sealed = NULL WHERE sealed IS NOT NULL AND expires_at <= clock_timestamp()`,
  );
}
