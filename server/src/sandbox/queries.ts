import { type Db, first, type Tx } from '../db.ts';

export async function findLastSms(
  db: Db,
  phone: string,
): Promise<{ readonly body: string; readonly queuedAt: Date }[]> {
  return db.query(
    'SELECT body, queued_at AS "queuedAt" FROM sms WHERE phone = $1 ORDER BY id DESC LIMIT 20',
    [phone],
  );
}

/** The last 20 text messages to anybody, newest first. */
export async function findNewestSms(
  db: Db,
): Promise<{ readonly phone: string; readonly body: string; readonly queuedAt: Date }[]> {
  return db.query('SELECT phone, body, queued_at AS "queuedAt" FROM sms ORDER BY id DESC LIMIT 20');
}

/** How far a test gala is from starting at this instant, as PostgreSQL writes an interval; null when it is no test gala. */
export async function findClockShift(tx: Tx, galaId: number, startsAt: string): Promise<string | null> {
  const row = first(
    await tx.query<{ shift: string }>(
      `SELECT ($2::timestamptz - starts_at)::text AS shift
       FROM gala WHERE id = $1 AND is_test`,
      [galaId, startsAt],
    ),
  );
  return row?.shift ?? null;
}

/** Markets first and in id order, as everywhere. */
export async function shiftGala(tx: Tx, galaId: number, shift: string): Promise<void> {
  await tx.query(
    `SELECT m.id FROM market m JOIN bout b ON b.id = m.bout_id WHERE b.gala_id = $1
     ORDER BY m.id FOR NO KEY UPDATE OF m`,
    [galaId],
  );
  await tx.query(
    `UPDATE market SET hard_stop_at = hard_stop_at + $2::interval
     WHERE bout_id IN (SELECT id FROM bout WHERE gala_id = $1)`,
    [galaId, shift],
  );
  await tx.query(`UPDATE bout SET scheduled_at = scheduled_at + $2::interval WHERE gala_id = $1`, [
    galaId,
    shift,
  ]);
  await tx.query(`UPDATE gala SET starts_at = starts_at + $2::interval WHERE id = $1`, [galaId, shift]);
}
