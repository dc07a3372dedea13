import type { StaffRole } from '#core/api/contract.ts';
import { type Db, first, one, type Tx } from '../db.ts';

/** A code serves for what it was sent for. */
export type CodePurpose =
  | 'player_log_in'
  | 'staff_log_in'
  | 'change_phone'
  | 'account_case'
  | 'staff_invitation';

/** Times are the database's, in milliseconds; `nowMs` is its clock after the row was locked. */
export interface CodeRow {
  readonly codeHash: Buffer | null;
  readonly sentAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly sendCount: number;
  readonly failureCount: number;
  readonly failedAtMs: number | null;
  readonly blockedUntilMs: number | null;
  readonly nowMs: number;
}

const MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** Locks the code of this phone and purpose, so that tries of one phone come one after the other. */
export async function lockCode(tx: Tx, phone: string, purpose: CodePurpose): Promise<CodeRow> {
  await tx.query('INSERT INTO one_time_code (phone, purpose) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    phone,
    purpose,
  ]);
  await tx.query('SELECT 1 FROM one_time_code WHERE phone = $1 AND purpose = $2 FOR UPDATE', [
    phone,
    purpose,
  ]);
  return one(
    await tx.query<CodeRow>(
      `SELECT code_hash AS "codeHash", ${MS('sent_at')} AS "sentAtMs", ${MS('expires_at')} AS "expiresAtMs",
              send_count AS "sendCount", failure_count AS "failureCount", ${MS('failed_at')} AS "failedAtMs",
              ${MS('blocked_until')} AS "blockedUntilMs", ${MS('clock_timestamp()')} AS "nowMs"
       FROM one_time_code WHERE phone = $1 AND purpose = $2`,
      [phone, purpose],
    ),
  );
}

/** When the new code expires. */
export async function replaceCode(
  tx: Tx,
  code: {
    readonly phone: string;
    readonly purpose: CodePurpose;
    readonly codeHash: Buffer;
    readonly validityMs: number;
  },
): Promise<Date> {
  const rows = await tx.query<{ expiresAt: Date }>(
    `UPDATE one_time_code
     SET code_hash = $3, sent_at = clock_timestamp(), send_count = least(send_count + 1, 1000),
         expires_at = clock_timestamp() + $4 * interval '1 millisecond'
     WHERE phone = $1 AND purpose = $2 RETURNING expires_at AS "expiresAt"`,
    [code.phone, code.purpose, code.codeHash, code.validityMs],
  );
  return one(rows).expiresAt;
}

/** A code is used once. With it, failures and sends are forgotten. */
export async function recordCodeUse(tx: Tx, phone: string, purpose: CodePurpose): Promise<void> {
  await tx.query(
    `UPDATE one_time_code
     SET code_hash = NULL, send_count = 0, failure_count = 0, failed_at = NULL, blocked_until = NULL
     WHERE phone = $1 AND purpose = $2`,
    [phone, purpose],
  );
}

/** With `blockMs`, the phone waits and its code serves no more. */
export async function recordCodeFailure(
  tx: Tx,
  failure: {
    readonly phone: string;
    readonly purpose: CodePurpose;
    readonly failureCount: number;
    readonly blockMs: number;
  },
): Promise<void> {
  await tx.query(
    `UPDATE one_time_code
     SET failure_count = least($3, 1000), failed_at = clock_timestamp(),
         code_hash = CASE WHEN $4 > 0 THEN NULL ELSE code_hash END,
         blocked_until = CASE WHEN $4 > 0 THEN clock_timestamp() + $4 * interval '1 millisecond' END
     WHERE phone = $1 AND purpose = $2`,
    [failure.phone, failure.purpose, failure.failureCount, failure.blockMs],
  );
}

/** Whose sessions: one person's. */
export type SessionsOf = { readonly playerId: string } | { readonly staffId: string };

export interface SessionRow {
  /** Of the token that was shown. */
  readonly tokenHash: Buffer;
  readonly playerId: string | null;
  readonly pseudonym: string | null;
  readonly accountId: number | null;
  readonly isTest: boolean | null;
  readonly staffId: string | null;
  readonly staffName: string | null;
  readonly role: StaffRole | null;
  readonly sessionId: string;
  readonly deviceId: string | null;
  readonly isSteppedUp: boolean;
  /** A token whose time is over: it opens nothing, and somebody shows it all the same. */
  readonly isReplayed: boolean;
  readonly isRotationDue: boolean;
  readonly isProgram: boolean;
  /** Its last use is to be recorded. */
  readonly isUseDue: boolean;
  readonly place: string | null;
}

/** What the limits of a session are, from the settings. */
export interface SessionTimes {
  readonly stepUpValidityMs: number;
  readonly playerSessionIdleMs: number;
  readonly staffSessionIdleMs: number;
  readonly playerSessionMaxMs: number;
  readonly staffSessionMaxMs: number;
  readonly playerSessionRotateMs: number;
  readonly staffSessionRotateMs: number;
}

/** A last use is recorded once a minute. */
const USE_EVERY = `interval '1 minute'`;
/** A new token that nobody has used for this long did not arrive: the one before may ask for another. */
const ROTATION_LOST = `interval '1 minute'`;
const ms = (value: string) => `${value} * interval '1 millisecond'`;

/**
 * The living sessions of these tokens, with who they belong to; of a token that was replaced, the session too, with
 * whether its time is over. Limits are judged here, on the database's clock.
 */
export async function findLivingSessions(
  db: Db,
  tokenHashes: readonly Buffer[],
  times: SessionTimes,
): Promise<SessionRow[]> {
  return db.run<SessionRow>({
    name: 'session_find_living',
    text: `SELECT s.shown AS "tokenHash", p.id AS "playerId", p.pseudonym, p.available_account_id AS "accountId",
             p.is_test AS "isTest", t.id AS "staffId", t.name AS "staffName", t.role, s.id AS "sessionId",
             s.device_id AS "deviceId", s.place, s.via = 'program' AS "isProgram",
             s.stepped_up_at > n.at - ${ms('$6')} AND (s.is_current OR s.stepped_up_at < s.rotated_at) AS "isSteppedUp",
             NOT s.is_current AND s.previous_until <= n.at AS "isReplayed",
             s.via = 'browser' AND CASE WHEN s.is_current THEN s.rotated_at <= n.at - ${ms("CASE s.kind WHEN 'player' THEN $7::float8 ELSE $8 END")}
               ELSE s.previous_until IS NULL AND s.rotated_at <= n.at - ${ROTATION_LOST} END AS "isRotationDue",
             s.last_used_at <= n.at - ${USE_EVERY} OR s.place IS NULL
               OR (s.is_current AND s.previous_token_hash IS NOT NULL AND s.previous_until IS NULL) AS "isUseDue"
           FROM (SELECT clock_timestamp() AS at) n,
             (SELECT *, token_hash AS shown, true AS is_current FROM session WHERE token_hash = ANY ($1)
              UNION ALL
              SELECT *, previous_token_hash, false FROM session WHERE previous_token_hash = ANY ($1)) s
           LEFT JOIN player p ON p.id = s.player_id AND p.state <> 'closed'
           LEFT JOIN staff t ON t.id = s.staff_id AND t.state = 'active'
           WHERE ${LIVING} AND num_nonnulls(p.id, t.id) = 1`,
    values: [
      tokenHashes,
      ...limitsOf(times),
      times.stepUpValidityMs,
      times.playerSessionRotateMs,
      times.staffSessionRotateMs,
    ],
  });
}

/** Neither ended, nor idle for too long, nor too old: by what was so at its start, and by what is so now. */
const LIVING = `s.ended_at IS NULL AND s.expires_at > n.at
  AND s.last_used_at > n.at - ${ms("CASE s.kind WHEN 'player' THEN $2::float8 ELSE $3 END")}
  AND s.started_at > n.at - ${ms("CASE s.kind WHEN 'player' THEN $4::float8 ELSE $5 END")}`;

function limitsOf(times: SessionTimes): number[] {
  return [
    times.playerSessionIdleMs,
    times.staffSessionIdleMs,
    times.playerSessionMaxMs,
    times.staffSessionMaxMs,
  ];
}

export async function insertSession(
  tx: Tx,
  session: {
    readonly tokenHash: Buffer;
    readonly kind: 'player' | 'staff';
    readonly personId: string;
    readonly deviceId?: string | null;
    readonly validityMs: number;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO session (token_hash, kind, player_id, staff_id, expires_at, device_id)
     VALUES ($1, $2, CASE WHEN $2 = 'player' THEN $3::uuid END, CASE WHEN $2 = 'staff' THEN $3::uuid END,
       clock_timestamp() + $4 * interval '1 millisecond', $5)`,
    [session.tokenHash, session.kind, session.personId, session.validityMs, session.deviceId ?? null],
  );
}

/** Log-ins of one person come one after the other, so that his sessions can be counted. */
export async function lockPerson(tx: Tx, kind: 'player' | 'staff', personId: string): Promise<void> {
  await tx.query(`SELECT 1 FROM ${kind} WHERE id = $1 FOR NO KEY UPDATE`, [personId]);
}

export async function isStaff(tx: Tx, staffId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM staff WHERE id = $1', [staffId])).length > 0;
}

/** It can be stepped up by nobody: it starts, and stays, without a second factor. */
export async function insertProgramSession(
  tx: Tx,
  session: {
    readonly sessionId: string;
    readonly tokenHash: Buffer;
    readonly playerId: string;
    readonly label: string;
    readonly validityMs: number;
  },
): Promise<Date> {
  const rows = await tx.query<{ expiresAt: Date }>(
    `INSERT INTO session (id, token_hash, kind, via, player_id, agent, stepped_up_at, expires_at)
     VALUES ($1, $2, 'player', 'program', $3, $4, 'epoch', clock_timestamp() + $5 * interval '1 millisecond')
     RETURNING expires_at AS "expiresAt"`,
    [session.sessionId, session.tokenHash, session.playerId, session.label, session.validityMs],
  );
  return one(rows).expiresAt;
}

/** Leaves the newest sessions of a person alone, and ends the others of the same kind. */
export async function endOldestSessions(
  tx: Tx,
  of: SessionsOf,
  via: 'browser' | 'program',
  keep: number,
): Promise<void> {
  const { column, id } = columnOf(of);
  await tx.query(
    `UPDATE session SET ended_at = clock_timestamp() WHERE id IN (
       SELECT id FROM session WHERE ${column} = $1 AND via = $3 AND ended_at IS NULL AND expires_at > clock_timestamp()
       ORDER BY started_at DESC, id DESC OFFSET $2)`,
    [id, keep, via],
  );
}

/** By the token of now or, while that lives, the one before. */
export async function endSessionRow(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query(
    `UPDATE session SET ended_at = clock_timestamp() WHERE ended_at IS NULL AND (token_hash = $1
       OR previous_token_hash = $1 AND (previous_until IS NULL OR previous_until > clock_timestamp()))`,
    [tokenHash],
  );
}

export interface SessionUse {
  readonly sessionId: string;
  readonly tokenHash: Buffer;
  readonly place: string;
  readonly agent: string;
}

/** The first use of a new token starts the last seconds of the one before. */
export async function recordUses(db: Db, uses: readonly SessionUse[], graceMs: number): Promise<void> {
  await db.query(
    `WITH used AS (
       SELECT s.id, u.place, u.agent, u.token_hash = s.token_hash AS is_current
       FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[]) AS u (id, token_hash, place, agent)
       JOIN session s ON s.id = u.id WHERE s.ended_at IS NULL
       ORDER BY s.id FOR NO KEY UPDATE OF s SKIP LOCKED)
     UPDATE session s SET last_used_at = clock_timestamp(), place = u.place,
       agent = CASE WHEN s.via = 'program' THEN s.agent ELSE u.agent END,
       previous_until = CASE WHEN u.is_current AND s.previous_token_hash IS NOT NULL
         THEN coalesce(s.previous_until, clock_timestamp() + $5 * interval '1 millisecond') ELSE s.previous_until END
     FROM used u WHERE s.id = u.id`,
    [
      uses.map(({ sessionId }) => sessionId),
      uses.map(({ tokenHash }) => tokenHash),
      uses.map(({ place }) => place),
      uses.map(({ agent }) => agent),
      graceMs,
    ],
  );
}

export interface Rotation {
  readonly shownHash: Buffer;
  readonly newHash: Buffer;
  readonly playerSessionRotateMs: number;
  readonly staffSessionRotateMs: number;
}

/** Gives the session that is shown a new token, when it is due; of many who ask at once one is told. */
export async function rotateDueSession(
  db: Db,
  rotation: Rotation,
): Promise<{ kind: 'player' | 'staff'; personId: string; leftMs: number } | null> {
  const rows = await db.query<{ kind: 'player' | 'staff'; personId: string; leftMs: number }>(
    `UPDATE session SET token_hash = $2, previous_token_hash = $1, previous_until = NULL, rotated_at = clock_timestamp()
     WHERE ended_at IS NULL AND (
       token_hash = $1 AND rotated_at <= clock_timestamp() - ${ms("CASE kind WHEN 'player' THEN $3::float8 ELSE $4 END")}
       OR previous_token_hash = $1 AND previous_until IS NULL AND rotated_at <= clock_timestamp() - ${ROTATION_LOST})
     RETURNING kind, coalesce(player_id, staff_id) AS "personId",
       (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::bigint AS "leftMs"`,
    [rotation.shownHash, rotation.newHash, rotation.playerSessionRotateMs, rotation.staffSessionRotateMs],
  );
  return first(rows);
}

/** A second factor was shown: a new token, and the one before has seconds to live and stays without the factor. */
export async function rotateSteppedUp(
  tx: Tx,
  step: { readonly sessionId: string; readonly newHash: Buffer; readonly graceMs: number },
): Promise<{ leftMs: number } | null> {
  const rows = await tx.query<{ leftMs: number }>(
    `UPDATE session SET previous_token_hash = token_hash, token_hash = $2, rotated_at = n.at, stepped_up_at = n.at,
       previous_until = n.at + $3 * interval '1 millisecond'
     FROM (SELECT clock_timestamp() AS at) n WHERE id = $1 AND via = 'browser' AND ended_at IS NULL
     RETURNING (extract(epoch FROM expires_at - n.at) * 1000)::bigint AS "leftMs"`,
    [step.sessionId, step.newHash, step.graceMs],
  );
  return first(rows);
}

/** Ends the sessions of a person, `except` one; the ids of those that lived. */
export async function endSessionRows(tx: Tx, of: SessionsOf, except: string | null): Promise<string[]> {
  const { column, id } = columnOf(of);
  const rows = await tx.query<{ id: string }>(
    `UPDATE session SET ended_at = clock_timestamp()
     WHERE ${column} = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid RETURNING id`,
    [id, except],
  );
  return rows.map((row) => row.id);
}

/** Ends one session of this person; false when he never had it. */
export async function endOneSession(tx: Tx, of: SessionsOf, sessionId: string): Promise<boolean> {
  const { column, id } = columnOf(of);
  const rows = await tx.query(
    `UPDATE session SET ended_at = coalesce(ended_at, clock_timestamp()) WHERE id = $1 AND ${column} = $2 RETURNING id`,
    [sessionId, id],
  );
  return rows.length > 0;
}

export interface ListedSession {
  readonly sessionId: string;
  readonly via: 'browser' | 'program';
  readonly agent: string | null;
  readonly place: string | null;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
}

/** The living sessions of a person, last used first. */
export async function findSessionsOf(db: Db, of: SessionsOf, times: SessionTimes): Promise<ListedSession[]> {
  const { column, id } = columnOf(of);
  return db.query<ListedSession>(
    `SELECT s.id AS "sessionId", s.via, s.agent, s.place, s.started_at AS "startedAt", s.last_used_at AS "lastUsedAt"
     FROM session s, (SELECT clock_timestamp() AS at) n WHERE s.${column} = $1 AND ${LIVING}
     ORDER BY s.last_used_at DESC, s.id LIMIT 100`,
    [id, ...limitsOf(times)],
  );
}

function columnOf(of: SessionsOf): { readonly column: 'player_id' | 'staff_id'; readonly id: string } {
  return 'playerId' in of ? { column: 'player_id', id: of.playerId } : { column: 'staff_id', id: of.staffId };
}

export async function endSessionRowsOfDevice(tx: Tx, deviceId: string): Promise<void> {
  await tx.query(
    'UPDATE session SET ended_at = clock_timestamp() WHERE device_id = $1 AND ended_at IS NULL',
    [deviceId],
  );
}
