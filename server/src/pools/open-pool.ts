import { createHash } from 'node:crypto';
import type { MarketState } from '#core/market.ts';
import { makePoolCard } from '#core/pool-card.ts';
import { canonicalJson } from '#core/rule-card.ts';
import { poolLimitsOf, poolRatesOf } from '#core/settings.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { requireAnnounced } from './create-pool.ts';
import { lockPoolFor, requireBeforeHardStop, requireMayBecome } from './lock-pool.ts';
import { findLegs } from './queries.ts';

export interface PoolCommand {
  readonly operationId: string;
  readonly poolId: number;
}

export interface PoolChanged {
  readonly operationId: string;
  readonly state: MarketState;
  /** ISO 8601: the database's clock, read under the pool's lock. */
  readonly at: string;
}

/** Opens a pool in draft: its rule card is frozen from the settings of now. None of its bouts has been whistled. */
export function openPool(db: Db, staff: StaffIdentity, asked: PoolCommand): Promise<PoolChanged> {
  const { operationId, poolId } = asked;
  const command = { operationId, command: 'open-pool', target: `pool ${poolId}`, input: {} };
  return runStaffCommand(db, staff, command, async (tx) => {
    const pool = await lockPoolFor(tx, staff, poolId);
    if (pool.state !== 'draft') requireMayBecome(pool, 'draft');
    requireBeforeHardStop(pool);
    const legs = await findLegs(tx, poolId);
    // A whistle locks this pool before it changes its bout: what is read here stands until the pool is open.
    await requireAnnounced(
      tx,
      legs.map(({ boutId }) => boutId),
      null,
    );
    const settings = await readSettings(tx);
    const card = makePoolCard({
      legs,
      rates: poolRatesOf(settings),
      limits: poolLimitsOf(settings),
      authority: pool.authority,
      decidedBy: pool.decidedBy.toISOString(),
    });
    const hash = createHash('sha256').update(canonicalJson(card)).digest();
    await tx.query(
      `UPDATE pool SET state = 'open', rule_card = $2, rule_card_hash = $3, opened_at = $4 WHERE id = $1`,
      [poolId, card, hash, pool.nowAt],
    );
    return { operationId, state: 'open', at: pool.now.toISOString() };
  });
}

/** Takes no tickets for a while. */
export function suspendPool(db: Db, staff: StaffIdentity, asked: PoolCommand): Promise<PoolChanged> {
  return turn(db, staff, asked, 'suspended');
}

/** Takes tickets again. */
export function resumePool(db: Db, staff: StaffIdentity, asked: PoolCommand): Promise<PoolChanged> {
  return turn(db, staff, asked, 'open');
}

function turn(
  db: Db,
  staff: StaffIdentity,
  { operationId, poolId }: PoolCommand,
  state: 'open' | 'suspended',
): Promise<PoolChanged> {
  const name = state === 'open' ? 'resume-pool' : 'suspend-pool';
  const command = { operationId, command: name, target: `pool ${poolId}`, input: {} };
  return runStaffCommand(db, staff, command, async (tx) => {
    const pool = await lockPoolFor(tx, staff, poolId);
    // Opening a draft freezes its rule card: another command.
    if (pool.state === 'draft') requireMayBecome(pool, 'suspended');
    requireMayBecome(pool, state);
    requireBeforeHardStop(pool);
    await tx.query('UPDATE pool SET state = $2 WHERE id = $1', [poolId, state]);
    return { operationId, state, at: pool.now.toISOString() };
  });
}
