/** Locks a pool for a staff command and reads what the command decides on. */
import { fail } from '#core/errors.ts';
import { type MarketState, mayBecome } from '#core/market.ts';
import { type GalaAccess, requireMayRun } from '../bouts/access.ts';
import { first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';

export interface LockedPool extends GalaAccess {
  readonly id: number;
  readonly state: MarketState;
  readonly authority: string;
  readonly hardStopAt: Date;
  readonly decidedBy: Date;
  readonly closedAt: Date | null;
  readonly hasRoot: boolean;
  /** The database's clock, read after the lock. */
  readonly now: Date;
  /** The same to the microsecond, as the database writes it: for what is stored. */
  readonly nowAt: string;
}

const POOL = `SELECT p.id, p.state, g.authority, g.visibility, p.is_test AS "isTest", p.hard_stop_at AS "hardStopAt",
    p.decided_by AS "decidedBy", p.closed_at AS "closedAt", p.root IS NOT NULL AS "hasRoot", c.now, c.now::text AS "nowAt"
  FROM (SELECT clock_timestamp() AS now OFFSET 0) c, pool p JOIN gala g ON g.id = p.gala_id WHERE p.id = $1`;

/** Exclusive until the transaction ends: no ticket of this pool is decided meanwhile. */
export async function lockPool(tx: Tx, poolId: number): Promise<LockedPool | null> {
  await tx.query('SELECT 1 FROM pool WHERE id = $1 FOR NO KEY UPDATE', [poolId]);
  return first(await tx.query<LockedPool>(POOL, [poolId]));
}

export async function lockPoolFor(tx: Tx, staff: StaffIdentity, poolId: number): Promise<LockedPool> {
  const pool = (await lockPool(tx, poolId)) ?? fail('not_found');
  requireMayRun(staff, pool);
  return pool;
}

export function requireMayBecome(pool: LockedPool, state: MarketState): void {
  if (!mayBecome(pool.state, state)) fail('pool_state_forbids', { state: pool.state });
}

export function requireBeforeHardStop(pool: LockedPool): void {
  if (pool.now >= pool.hardStopAt) fail('hard_stop_passed');
}
