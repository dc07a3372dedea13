import type { Db } from '../db.ts';
import type { CountAsk } from './shared-counts.ts';

export async function takeRateCounts(
  db: Db,
  asks: readonly CountAsk[],
): Promise<{ readonly key: string; readonly granted: number; readonly endsInMs: number }[]> {
  return db.run({
    name: 'rate_take',
    text: `SELECT key, granted, ends_in_ms AS "endsInMs" FROM take_rate_counts($1, $2, $3, $4)`,
    values: [
      asks.map((ask) => ask.key),
      asks.map((ask) => ask.ceiling),
      asks.map((ask) => ask.windowMs),
      asks.map((ask) => ask.wanted),
    ],
  });
}

/** Removes windows that ended a while ago; those that are being counted now wait for the next time. */
export async function deleteEndedRateCounts(db: Db): Promise<void> {
  await db.query(
    `DELETE FROM rate_count WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM rate_count WHERE ends_at < clock_timestamp() - interval '10 seconds'
       LIMIT 50000 FOR UPDATE SKIP LOCKED))`,
  );
}

/** Tells everybody who listens on this channel. */
export async function notify(db: Db, channel: string, texts: readonly string[]): Promise<void> {
  await db.query('SELECT pg_notify($1, said) FROM unnest($2::text[]) AS said', [channel, texts]);
}
