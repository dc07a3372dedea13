/** Locks a market for a staff command and reads what the command decides on. */
import { fail } from '#core/errors.ts';
import { type MarketState, mayBecome } from '#core/market.ts';
import { first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { type GalaAccess, requireMayRun } from './access.ts';

export interface LockedMarket extends GalaAccess {
  readonly id: number;
  readonly boutId: number;
  readonly state: MarketState;
  readonly authority: string;
  readonly hardStopAt: Date;
  readonly closedAt: Date | null;
  readonly isTest: boolean;
  readonly hasRoot: boolean;
  /** The database's clock, read after the lock. */
  readonly now: Date;
  /** The same to the microsecond, as the database writes it: for what is stored. */
  readonly nowAt: string;
}

const MARKET = `SELECT m.id, m.bout_id AS "boutId", m.state, g.authority, g.visibility, m.is_test AS "isTest",
    m.hard_stop_at AS "hardStopAt", m.closed_at AS "closedAt", m.root IS NOT NULL AS "hasRoot", c.now, c.now::text AS "nowAt"
  FROM (SELECT clock_timestamp() AS now OFFSET 0) c, market m JOIN bout b ON b.id = m.bout_id JOIN gala g ON g.id = b.gala_id WHERE m.id = $1`;

/** Exclusive until the transaction ends: no bet of this market is decided meanwhile. Two statements, so that what is
 * read is what stands after the lock was got. */
export async function lockMarket(tx: Tx, marketId: number): Promise<LockedMarket | null> {
  await tx.query('SELECT 1 FROM market WHERE id = $1 FOR NO KEY UPDATE', [marketId]);
  return first(await tx.query<LockedMarket>(MARKET, [marketId]));
}

export async function lockMarketFor(tx: Tx, staff: StaffIdentity, marketId: number): Promise<LockedMarket> {
  const market = (await lockMarket(tx, marketId)) ?? fail('not_found');
  requireMayRun(staff, market);
  return market;
}

/** The market of a bout, locked. */
export async function lockMarketOfBout(tx: Tx, staff: StaffIdentity, boutId: number): Promise<LockedMarket> {
  const row = first(
    await tx.query<{ id: number }>(`SELECT id FROM market WHERE bout_id = $1 AND kind = 'winner'`, [boutId]),
  );
  return row === null ? fail('not_found') : lockMarketFor(tx, staff, row.id);
}

export function requireMayBecome(market: LockedMarket, state: MarketState): void {
  if (!mayBecome(market.state, state)) fail('market_state_forbids', { state: market.state });
}

export function requireBeforeHardStop(market: LockedMarket): void {
  if (market.now >= market.hardStopAt) fail('hard_stop_passed');
}
