/**
 * What a bout's whistle does to the pools with a leg on it. It belongs to the whistle's own transaction: pools are
 * locked after the markets, in id order, and closed at the instant that was read when every lock was held.
 */
import type { CloseCause } from '#core/market.ts';
import { type Db, one, type Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';

/** Locks the pools that still take tickets and have a leg on this bout; their ids. No ticket is decided meanwhile. */
export async function lockPoolsOfBout(tx: Tx, boutId: number): Promise<number[]> {
  const rows = await tx.query<{ id: number; state: string }>(
    `SELECT p.id, p.state FROM pool p WHERE p.id IN (SELECT l.pool_id FROM pool_leg l WHERE l.bout_id = $1)
     ORDER BY p.id FOR NO KEY UPDATE OF p`,
    [boutId],
  );
  return rows.filter(({ state }) => state === 'open' || state === 'suspended').map(({ id }) => id);
}

/** Closes pools that this transaction has locked, and has their roots published. `nowAt` as the database writes it. */
export async function closePools(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  poolIds: readonly number[],
  at: { readonly nowAt: string; readonly cause: CloseCause },
): Promise<void> {
  if (poolIds.length === 0) return;
  await tx.query(
    `UPDATE pool SET state = 'closed', closed_at = $2, close_cause = $3 WHERE id = ANY ($1)
       AND state IN ('open', 'suspended')`,
    [poolIds, at.nowAt, at.cause],
  );
  for (const poolId of poolIds) await jobs.send(tx, 'settle-pool', { poolId });
}

/** A bout of theirs has a result: closed pools look whether every leg is decided now, settled ones whether one changed. */
export async function wakePoolsOfBout(tx: Tx, jobs: Pick<Jobs, 'send'>, boutId: number): Promise<void> {
  const rows = await tx.query<{ poolId: number }>(
    `SELECT DISTINCT p.id AS "poolId" FROM pool p JOIN pool_leg l ON l.pool_id = p.id
     WHERE l.bout_id = $1 AND p.state IN ('closed', 'settling', 'settled') ORDER BY p.id`,
    [boutId],
  );
  for (const { poolId } of rows) await jobs.send(tx, 'settle-pool', { poolId });
}

/** Closes every pool whose own hard stop has passed. */
export async function closePoolsPastHardStops(deps: { readonly db: Db; readonly jobs: Jobs }): Promise<void> {
  const due = await deps.db.query<{ id: number }>(
    `SELECT id FROM pool WHERE state IN ('open', 'suspended') AND hard_stop_at <= clock_timestamp()
     ORDER BY hard_stop_at, id LIMIT 100`,
  );
  for (const { id } of due) {
    await deps.db.transaction(async (tx) => {
      await tx.query('SELECT FROM pool WHERE id = $1 FOR NO KEY UPDATE', [id]);
      const { isDue, nowAt } = one(
        await tx.query<{ isDue: boolean; nowAt: string }>(
          `SELECT p.state IN ('open', 'suspended') AND p.hard_stop_at <= c.now AS "isDue", c.now::text AS "nowAt"
           FROM (SELECT clock_timestamp() AS now OFFSET 0) c, pool p WHERE p.id = $1`,
          [id],
        ),
      );
      // Someone else was faster, or the hard stop was moved while this waited for the lock.
      if (isDue) await closePools(tx, deps.jobs, [id], { nowAt, cause: 'hard_stop' });
    });
  }
}
