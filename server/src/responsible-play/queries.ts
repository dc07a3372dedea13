import type { Xof } from '#core/money.ts';
import type { ExclusionKind, LimitKind, Period, RealityCheckMinutes } from '#core/responsible-play.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { Exclusion } from './exclude-player.ts';
import type { LimitChange } from './set-limit.ts';

/** Which limit. */
export interface LimitSlot {
  readonly playerId: string;
  readonly kind: LimitKind;
  readonly period: Period;
}

const slotOf = ({ playerId, kind, period }: LimitSlot) => [playerId, kind, period];

export async function findLimitInForce(tx: Tx, slot: LimitSlot): Promise<Xof | null> {
  const row = first(
    await tx.query<{ limitXof: Xof | null }>(
      `SELECT limit_xof AS "limitXof" FROM play_limit
       WHERE player_id = $1 AND kind = $2 AND period = $3 AND state = 'in_force'`,
      slotOf(slot),
    ),
  );
  return row?.limitXof ?? null;
}

export async function dropPending(tx: Tx, slot: LimitSlot): Promise<void> {
  await tx.query(
    `UPDATE play_limit SET state = 'dropped', ended_at = clock_timestamp()
     WHERE player_id = $1 AND kind = $2 AND period = $3 AND state = 'pending'`,
    slotOf(slot),
  );
}

export async function endInForce(tx: Tx, slot: LimitSlot): Promise<void> {
  await tx.query(
    `UPDATE play_limit SET state = 'ended', ended_at = clock_timestamp()
     WHERE player_id = $1 AND kind = $2 AND period = $3 AND state = 'in_force'`,
    slotOf(slot),
  );
}

const CHANGE = `id AS "changeId", kind, period, limit_xof AS "limitXof", state, confirm_from AS "confirmFrom"`;

interface ChangeRow extends Omit<LimitChange, 'confirmFrom'> {
  readonly confirmFrom: Date | null;
}

function changeOf({ confirmFrom, ...change }: ChangeRow): LimitChange {
  return { ...change, confirmFrom: confirmFrom?.toISOString() ?? null };
}

/** In force at once; or, with a delay, waiting for its confirmation. */
export async function insertLimit(
  tx: Tx,
  limit: LimitSlot & { readonly id: string; readonly limitXof: Xof | null },
  delayMs: number | null,
): Promise<LimitChange> {
  const rows = await tx.query<ChangeRow>(
    `INSERT INTO play_limit (id, player_id, kind, period, limit_xof, asked_at, confirm_from, state, in_force_at)
     SELECT $4, $1, $2, $3, $5, c.now, c.now + $6 * interval '1 millisecond',
       CASE WHEN $6::bigint IS NULL THEN 'in_force' ELSE 'pending' END, CASE WHEN $6::bigint IS NULL THEN c.now END
     FROM (SELECT clock_timestamp() AS now OFFSET 0) c RETURNING ${CHANGE}`,
    [...slotOf(limit), limit.id, limit.limitXof, delayMs],
  );
  return changeOf(one(rows));
}

export interface PendingLimit {
  readonly kind: LimitKind;
  readonly period: Period;
  readonly limitXof: Xof | null;
  readonly confirmFrom: Date;
  readonly isRipe: boolean;
}

export async function findPendingLimit(tx: Tx, playerId: string, id: string): Promise<PendingLimit | null> {
  return first(
    await tx.query<PendingLimit>(
      `SELECT kind, period, limit_xof AS "limitXof", confirm_from AS "confirmFrom",
         confirm_from <= clock_timestamp() AS "isRipe"
       FROM play_limit WHERE id = $1 AND player_id = $2 AND state = 'pending'`,
      [id, playerId],
    ),
  );
}

export async function putInForce(tx: Tx, id: string): Promise<LimitChange> {
  const rows = await tx.query<ChangeRow>(
    `UPDATE play_limit SET state = 'in_force', in_force_at = clock_timestamp() WHERE id = $1 RETURNING ${CHANGE}`,
    [id],
  );
  return changeOf(one(rows));
}

export interface LimitRow {
  readonly kind: LimitKind;
  readonly period: Period;
  readonly limitXof: Xof | null;
  readonly usedXof: number;
  readonly untilAt: Date | null;
  readonly changeId: string | null;
  readonly pendingXof: Xof | null;
  readonly confirmFrom: Date | null;
  readonly isRipe: boolean;
}

/** The limits of a player with what is used of them, and the loosenings that wait. */
export function findLimits(db: Db, playerId: string): Promise<LimitRow[]> {
  return db.query<LimitRow>(
    `SELECT coalesce(l.kind, w.kind) AS kind, coalesce(l.period, w.period) AS period, l.limit_xof AS "limitXof",
       coalesce(l.used_xof, 0)::bigint AS "usedXof", l.until_at AS "untilAt", w.id AS "changeId",
       w.limit_xof AS "pendingXof", w.confirm_from AS "confirmFrom",
       coalesce(w.confirm_from <= clock_timestamp(), false) AS "isRipe"
     FROM play_limits_of(ARRAY[$1::uuid], ARRAY['deposit', 'stake', 'loss'], clock_timestamp()) l
     FULL JOIN (SELECT * FROM play_limit WHERE player_id = $1 AND state = 'pending') w
       ON w.kind = l.kind AND w.period = l.period`,
    [playerId],
  );
}

/** Of deposits. */
export function findDepositLimits(
  db: Db | Tx,
  playerId: string,
): Promise<{ period: Period; limitXof: Xof; usedXof: number; untilAt: Date | null }[]> {
  return db.query(
    `SELECT period, limit_xof AS "limitXof", used_xof AS "usedXof", until_at AS "untilAt"
     FROM play_limits_of(ARRAY[$1::uuid], ARRAY['deposit'], clock_timestamp()) ORDER BY limit_xof - used_xof`,
    [playerId],
  );
}

/** Why a player may neither bet nor deposit; no row when he may. */
export async function findWhyBarred(
  db: Db | Tx,
  playerId: string,
): Promise<{ reason: string; untilAt: Date | null } | null> {
  return first(
    await db.query<{ reason: string; untilAt: Date | null }>(
      'SELECT code AS reason, until_at AS "untilAt" FROM who_may_not_play(ARRAY[$1::uuid]) LIMIT 1',
      [playerId],
    ),
  );
}

export async function findWeekLoss(db: Db, playerId: string): Promise<number> {
  const rows = await db.query<{ usedXof: number }>(
    `SELECT used_xof AS "usedXof" FROM play_used($1, 'loss', clock_timestamp() - play_window('week'))`,
    [playerId],
  );
  return one(rows).usedXof;
}

export interface ExclusionRow {
  readonly id: string;
  readonly kind: ExclusionKind;
  readonly beganAt: Date;
  readonly endsAt: Date | null;
  readonly returnsAt: Date | null;
}

const EXCLUSION = `id, kind, began_at AS "beganAt", ends_at AS "endsAt", returns_at AS "returnsAt"`;

export function showExclusion({ id, kind, beganAt, endsAt, returnsAt }: ExclusionRow): Exclusion {
  return {
    exclusionId: id,
    kind,
    beganAt: beganAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    returnsAt: returnsAt?.toISOString() ?? null,
  };
}

export async function insertExclusion(
  tx: Tx,
  exclusion: {
    readonly id: string;
    readonly playerId: string;
    readonly kind: ExclusionKind;
    readonly days: number | null;
  },
): Promise<ExclusionRow> {
  const { id, playerId, kind, days } = exclusion;
  return one(
    await tx.query<ExclusionRow>(
      `INSERT INTO exclusion (id, player_id, kind, began_at, ends_at, returns_at)
       SELECT $1, $2, $3::text, c.now, c.now + $4 * interval '24 hours',
         CASE WHEN $3::text = 'cool_off' THEN c.now + $4 * interval '24 hours' END
       FROM (SELECT clock_timestamp() AS now OFFSET 0) c RETURNING ${EXCLUSION}`,
      [id, playerId, kind, days],
    ),
  );
}

/** Those that hold now, the longest first. */
export function findExclusionsInForce(
  db: Db | Tx,
  playerId: string,
): Promise<(ExclusionRow & { readonly isOver: boolean })[]> {
  return db.query(
    `SELECT ${EXCLUSION}, coalesce(ends_at <= clock_timestamp(), false) AS "isOver" FROM exclusion
     WHERE player_id = $1 AND (returns_at IS NULL OR returns_at > clock_timestamp())
     ORDER BY coalesce(returns_at, ends_at, 'infinity') DESC, (returns_at IS NULL) DESC`,
    [playerId],
  );
}

export async function setReturn(tx: Tx, ids: readonly string[], delayMs: number): Promise<Date> {
  const rows = await tx.query<{ returnsAt: Date }>(
    `UPDATE exclusion SET returns_at = c.at
     FROM (SELECT clock_timestamp() + $2 * interval '1 millisecond' AS at OFFSET 0) c
     WHERE id = ANY ($1) RETURNING returns_at AS "returnsAt"`,
    [ids, delayMs],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an exclusion has vanished');
  return row.returnsAt;
}

export async function putRealityCheck(
  tx: Tx,
  playerId: string,
  everyMinutes: RealityCheckMinutes,
): Promise<void> {
  if (everyMinutes === 0) {
    await tx.query('DELETE FROM reality_check WHERE player_id = $1', [playerId]);
    return;
  }
  await tx.query(
    `INSERT INTO reality_check (player_id, every_minutes, due_at)
     VALUES ($1, $2::int, clock_timestamp() + $2::int * interval '1 minute')
     ON CONFLICT (player_id) DO UPDATE SET every_minutes = EXCLUDED.every_minutes, due_at = EXCLUDED.due_at`,
    [playerId, everyMinutes],
  );
}

export async function postponeRealityCheck(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    `UPDATE reality_check SET due_at = clock_timestamp() + every_minutes * interval '1 minute' WHERE player_id = $1`,
    [playerId],
  );
}

export interface RealityCheckRow {
  readonly everyMinutes: RealityCheckMinutes;
  readonly isDue: boolean;
  readonly since: Date;
  readonly netXof: number;
}

/** The session's time, and what the bets that ended in it have brought: what is lost, less what is still at stake. */
export async function findRealityCheck(
  db: Db | Tx,
  playerId: string,
  sessionId: string,
): Promise<RealityCheckRow> {
  return one(
    await db.query<RealityCheckRow>(
      `SELECT coalesce((SELECT every_minutes FROM reality_check WHERE player_id = $1), 0) AS "everyMinutes",
         EXISTS (SELECT FROM reality_checks_due(ARRAY[$1::uuid])) AS "isDue", s.since,
         (stake.xof - u.used_xof)::bigint AS "netXof"
       FROM (SELECT coalesce((SELECT started_at FROM session WHERE id = $2), clock_timestamp()) AS since) s
       CROSS JOIN LATERAL play_used($1, 'loss', s.since) u
       CROSS JOIN (SELECT
         (SELECT coalesce(sum(open_xof), 0) FROM offer WHERE player_id = $1 AND is_open)
         + (SELECT coalesce(sum(stake_a_xof), 0) FROM duel WHERE player_a_id = $1 AND settlement_id IS NULL)
         + (SELECT coalesce(sum(stake_b_xof), 0) FROM duel WHERE player_b_id = $1 AND settlement_id IS NULL)
         AS xof) stake`,
      [playerId, sessionId],
    ),
  );
}

/** Minutes since the log-in of this session, and whether its player has to look at them. */
export async function findSessionTime(
  db: Db,
  playerId: string,
  sessionId: string,
): Promise<{ minutes: number; isCheckDue: boolean }> {
  return one(
    await db.query<{ minutes: number; isCheckDue: boolean }>(
      `SELECT coalesce(floor(extract(epoch FROM clock_timestamp()
           - (SELECT started_at FROM session WHERE id = $2)) / 60), 0)::int AS minutes,
         EXISTS (SELECT FROM reality_checks_due(ARRAY[$1::uuid])) AS "isCheckDue"`,
      [playerId, sessionId],
    ),
  );
}

/** Players who may not play and have open offers: what a killed process left over. */
export function findExcludedWithOffers(db: Db): Promise<{ playerId: string }[]> {
  return db.query(
    `SELECT DISTINCT e.player_id AS "playerId" FROM exclusion e
     WHERE (e.returns_at IS NULL OR e.returns_at > clock_timestamp())
       AND EXISTS (SELECT FROM offer o WHERE o.player_id = e.player_id AND o.is_open)`,
  );
}

export interface StaffExclusionRow extends ExclusionRow {
  readonly playerId: string;
  readonly pseudonym: string;
  readonly isInForce: boolean;
}

export function findAllExclusions(tx: Tx): Promise<StaffExclusionRow[]> {
  return tx.query(
    `SELECT e.id, e.kind, e.began_at AS "beganAt", e.ends_at AS "endsAt", e.returns_at AS "returnsAt",
       e.player_id AS "playerId", p.pseudonym,
       e.returns_at IS NULL OR e.returns_at > clock_timestamp() AS "isInForce"
     FROM exclusion e JOIN player p ON p.id = e.player_id ORDER BY e.began_at DESC, e.id LIMIT 200`,
  );
}

export interface StaffPendingRow {
  readonly changeId: string;
  readonly playerId: string;
  readonly pseudonym: string;
  readonly kind: LimitKind;
  readonly period: Period;
  readonly fromXof: Xof | null;
  readonly toXof: Xof | null;
  readonly confirmFrom: Date;
}

export function findAllPending(tx: Tx): Promise<StaffPendingRow[]> {
  return tx.query(
    `SELECT w.id AS "changeId", w.player_id AS "playerId", p.pseudonym, w.kind, w.period,
       l.limit_xof AS "fromXof", w.limit_xof AS "toXof", w.confirm_from AS "confirmFrom"
     FROM play_limit w JOIN player p ON p.id = w.player_id
     LEFT JOIN play_limit l ON l.player_id = w.player_id AND l.kind = w.kind AND l.period = w.period
       AND l.state = 'in_force'
     WHERE w.state = 'pending' ORDER BY w.confirm_from, w.id LIMIT 200`,
  );
}

/** He has never brought money, and never set a limit. */
export async function findIsNewcomer(db: Db, playerId: string): Promise<boolean> {
  const rows = await db.query<{ isNewcomer: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM deposit WHERE player_id = $1 AND state <> 'refused')
       AND NOT EXISTS (SELECT FROM play_limit WHERE player_id = $1) AS "isNewcomer"`,
    [playerId],
  );
  return one(rows).isNewcomer;
}
