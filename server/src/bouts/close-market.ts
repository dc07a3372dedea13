/**
 * Closing: the whistle or the hard stop. It takes the market's lock exclusively and changes one row; the instant is
 * the database's clock read after the lock. What follows (refund of open parts, the root) is a job, enqueued in the
 * same transaction.
 */
import type { CloseCause } from '#core/market.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type LockedMarket, lockMarket, lockMarketFor, requireMayBecome } from './lock-market.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';

export interface CloseDeps {
  readonly db: Db;
  readonly jobs: Jobs;
}

/** The whistle. Pressed twice, or by two people at once, it is one whistle: the second press gets the same instant. */
export function blowWhistle(
  deps: CloseDeps,
  staff: StaffIdentity,
  asked: MarketCommand,
): Promise<MarketChanged> {
  const { operationId, marketId } = asked;
  const command = {
    operationId,
    command: 'close-market',
    target: `market ${marketId}`,
    input: { cause: 'whistle' },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const market = await lockMarketFor(tx, staff, marketId);
    if (market.closedAt !== null) {
      return { operationId, state: market.state, at: market.closedAt.toISOString() };
    }
    if (market.state === 'draft') requireMayBecome(market, 'suspended');
    await close(tx, deps.jobs, market, 'whistle');
    return { operationId, state: 'closed', at: market.now.toISOString() };
  });
}

/** Closes every market whose hard stop has passed; returns the bouts it closed. */
export async function closePastHardStops(deps: CloseDeps): Promise<number[]> {
  const due = await deps.db.query<{ id: number }>(
    `SELECT id FROM market WHERE state IN ('open', 'suspended') AND hard_stop_at <= clock_timestamp()
     ORDER BY hard_stop_at, id LIMIT 100`,
  );
  const closed: number[] = [];
  for (const { id } of due) {
    const boutId = await deps.db.transaction(async (tx) => {
      const market = await lockMarket(tx, id);
      // Someone else was faster, or the hard stop was moved while this waited for the lock.
      if (market === null || !['open', 'suspended'].includes(market.state) || market.now < market.hardStopAt)
        return null;
      await close(tx, deps.jobs, market, 'hard_stop');
      return market.boutId;
    });
    if (boutId !== null) closed.push(boutId);
  }
  return closed;
}

async function close(tx: Tx, jobs: Jobs, market: LockedMarket, cause: CloseCause): Promise<void> {
  await tx.query(`UPDATE market SET state = 'closed', closed_at = $2, close_cause = $3 WHERE id = $1`, [
    market.id,
    market.nowAt,
    cause,
  ]);
  await tx.query(`UPDATE bout SET state = 'whistled' WHERE id = $1 AND state = 'announced'`, [market.boutId]);
  await jobs.send(tx, 'seal-market', { marketId: market.id });
}
