import { type Db, first } from '../db.ts';
import { readPhone } from './read-phone.ts';

/** The last message to a phone: what the sandbox shows in place of sending it. */
export async function findLastCodeMessage(db: Db, phone: string): Promise<string | null> {
  const rows = await db.query<{ body: string }>(
    'SELECT body FROM sms WHERE phone = $1 ORDER BY id DESC LIMIT 1',
    [readPhone(phone)],
  );
  return first(rows)?.body ?? null;
}
