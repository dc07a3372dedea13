import type { StaffRole } from '#core/api/contract.ts';
import { type Db, one, type Tx } from '../db.ts';

export type CodePurpose = 'player_log_in' | 'staff_log_in';

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

export interface SessionRow {
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
}

/** The living sessions among these, with who they belong to. An account that is closed has none. */
export async function findLivingSessions(
  db: Db,
  tokenHashes: readonly Buffer[],
  stepUpValidityMs: number,
): Promise<SessionRow[]> {
  return db.run<SessionRow>({
    name: 'session_find_living',
    text: `SELECT s.token_hash AS "tokenHash", p.id AS "playerId", p.pseudonym, p.available_account_id AS "accountId", p.is_test AS "isTest",
             t.id AS "staffId", t.name AS "staffName", t.role, s.id AS "sessionId", s.device_id AS "deviceId",
             s.stepped_up_at > clock_timestamp() - $2 * interval '1 millisecond' AS "isSteppedUp"
           FROM session s
           LEFT JOIN player p ON p.id = s.player_id AND p.state <> 'closed'
           LEFT JOIN staff t ON t.id = s.staff_id AND t.state = 'active'
           WHERE s.token_hash = ANY ($1) AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
             AND num_nonnulls(p.id, t.id) = 1`,
    values: [tokenHashes, stepUpValidityMs],
  });
}

export async function insertSession(
  tx: Tx,
  session: {
    readonly tokenHash: Buffer;
    readonly kind: 'player' | 'staff';
    readonly personId: string;
    readonly validityMs: number;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO session (token_hash, kind, player_id, staff_id, expires_at)
     VALUES ($1, $2, CASE WHEN $2 = 'player' THEN $3::uuid END, CASE WHEN $2 = 'staff' THEN $3::uuid END,
       clock_timestamp() + $4 * interval '1 millisecond')`,
    [session.tokenHash, session.kind, session.personId, session.validityMs],
  );
}

export async function endSessionRow(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query(
    'UPDATE session SET ended_at = clock_timestamp() WHERE token_hash = $1 AND ended_at IS NULL',
    [tokenHash],
  );
}
