import { type Db, first, type Tx } from '../db.ts';
import type { Sms } from './sms.ts';

/** The id of its row; null when it may not go out: `service` messages leave who has excluded himself in peace. */
export async function insertSms(
  tx: Tx,
  sms: Sms & { readonly state: 'kept' | 'queued' },
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `INSERT INTO sms (phone, body, kind, useful_until, state)
     SELECT $1, $2, $3, clock_timestamp() + $4::bigint * interval '1 millisecond', $5
     WHERE $3 <> 'service' OR NOT EXISTS (SELECT FROM player WHERE phone = $1 AND state <> 'active')
     RETURNING id`,
    [sms.phone, sms.body, sms.kind, sms.usefulMs ?? null, sms.state],
  );
  return first(rows)?.id ?? null;
}

export async function findLastBody(db: Db, phone: string): Promise<string | null> {
  const rows = await db.query<{ body: string | null }>(
    'SELECT body FROM sms WHERE phone = $1 ORDER BY id DESC LIMIT 1',
    [phone],
  );
  return first(rows)?.body ?? null;
}

export interface SmsRow {
  readonly smsId: number;
  readonly phone: string;
  readonly body: string | null;
  readonly kind: Sms['kind'];
  readonly state: string;
  readonly attemptCount: number;
  readonly isExpired: boolean;
}

export async function lockSms(tx: Tx, smsId: number): Promise<SmsRow | null> {
  return first(
    await tx.query<SmsRow>(
      `SELECT id AS "smsId", phone, body, kind, state, attempt_count AS "attemptCount",
         coalesce(useful_until <= clock_timestamp(), false) AS "isExpired"
       FROM sms WHERE id = $1 FOR UPDATE`,
      [smsId],
    ),
  );
}

export async function recordSending(tx: Tx, smsId: number): Promise<void> {
  await tx.query(`UPDATE sms SET state = 'sending', attempt_count = attempt_count + 1 WHERE id = $1`, [
    smsId,
  ]);
}

export async function requeueSms(tx: Tx, smsId: number): Promise<void> {
  await tx.query(`UPDATE sms SET state = 'queued' WHERE id = $1`, [smsId]);
}

export async function endSms(
  tx: Tx,
  smsId: number,
  state: 'sent' | 'refused' | 'unknown' | 'expired',
  reference: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE sms SET state = $2, body = NULL, ended_at = clock_timestamp(), gateway_reference = $3 WHERE id = $1`,
    [smsId, state, reference],
  );
}

export async function blankExpired(tx: Tx): Promise<void> {
  await tx.query(
    `UPDATE sms SET state = CASE state WHEN 'queued' THEN 'expired' ELSE 'unknown' END, body = NULL,
       ended_at = clock_timestamp()
     WHERE state IN ('queued', 'sending') AND useful_until < clock_timestamp() - interval '1 minute'`,
  );
}
