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
