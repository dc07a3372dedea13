/** The clock of the house is the database's: every node reads the same one. */
import { type Db, one, type Tx } from './db.ts';

export async function readClock(db: Db | Tx): Promise<Date> {
  const rows = await db.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return one(rows).now;
}
