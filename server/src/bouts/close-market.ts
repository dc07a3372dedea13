/**
 * Closing: the whistle, the hard stop or a cancellation. It is the bout's: every market that takes bets, and every pool
 * with a leg on it, closes in one transaction, at one instant, the database's clock read when every lock is held. What
 * follows (refund of open parts, the roots) are jobs, enqueued in the same transaction. Drafts can never be opened.
 */
import { fail } from '#core/errors.ts';
import type { CloseCause } from '#core/market.ts';
import { type Db, one, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { closePools, lockPoolsOfBout } from '../pool-whistle/close-pools.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import {
  closedAtOf,
  findBoutOfMarket,
  type LockedBout,
  type LockedMarket,
  lockBout,
  lockBoutFor,
} from './lock-market.ts';
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
    const bout = await lockBoutFor(tx, staff, await findBoutOfMarket(tx, marketId));
    const pressed = bout.markets.find(({ id }) => id === marketId);
    const closedAt = pressed?.closedAt ?? closedAtOf(bout);
    if (closedAt !== null) {
      return { operationId, state: pressed?.state ?? 'closed', at: closedAt.toISOString() };
    }
    const at = await closeBout(tx, deps.jobs, bout, 'whistle');
    // Nothing of it has ever been opened.
    if (at === null) return fail('market_state_forbids', { state: 'draft' });
    return { operationId, state: 'closed', at: at.toISOString() };
  });
}

/** Closes every bout whose hard stop has passed; returns the bouts it closed. */
export async function closePastHardStops(deps: CloseDeps): Promise<number[]> {
  const due = await deps.db.query<{ id: number }>(
    `SELECT DISTINCT bout_id AS id FROM market WHERE state IN ('open', 'suspended') AND hard_stop_at <= clock_timestamp()
     ORDER BY bout_id LIMIT 100`,
  );
  const closed: number[] = [];
  for (const { id } of due) {
    const isClosed = await deps.db.transaction(async (tx) => {
      const bout = await lockBout(tx, id);
      // Someone else was faster, or the hard stop was moved while this waited for the lock.
      if (bout === null || !takingBets(bout).some(({ now, hardStopAt }) => now >= hardStopAt)) return false;
      return (await closeBout(tx, deps.jobs, bout, 'hard_stop')) !== null;
    });
    if (isClosed) closed.push(id);
  }
  return closed;
}

/**
 * Closes what still takes bets on a bout that this transaction has locked, and the pools with a leg on it; when.
 * Null: nothing took bets.
 */
export async function closeBout(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  bout: LockedBout,
  cause: CloseCause,
): Promise<Date | null> {
  const marketIds = takingBets(bout).map(({ id }) => id);
  const poolIds = await lockPoolsOfBout(tx, bout.id);
  if (marketIds.length + poolIds.length === 0) return null;
  const { now, nowAt } = one(
    await tx.query<{ now: Date; nowAt: string }>(
      'SELECT c.now, c.now::text AS "nowAt" FROM (SELECT clock_timestamp() AS now OFFSET 0) c',
    ),
  );
  await tx.query(`UPDATE market SET state = 'closed', closed_at = $2, close_cause = $3 WHERE id = ANY ($1)`, [
    marketIds,
    nowAt,
    cause,
  ]);
  await closePools(tx, jobs, poolIds, { nowAt, cause });
  // A whistle says that the two met: what they did is for people to say.
  await tx.query(
    `UPDATE bout SET state = 'whistled', void_at = CASE WHEN $2 = 'whistle' THEN NULL ELSE void_at END
     WHERE id = $1 AND state = 'announced'`,
    [bout.id, cause],
  );
  for (const marketId of marketIds) await jobs.send(tx, 'seal-market', { marketId });
  return now;
}

function takingBets(bout: LockedBout): readonly LockedMarket[] {
  return bout.markets.filter(({ state }) => state === 'open' || state === 'suspended');
}
