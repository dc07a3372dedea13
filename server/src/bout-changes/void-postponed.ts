/**
 * The job that ends a bout which was moved and did not meet in time: a result of the ending `postponed`, made by
 * nobody, that gives every stake back. It never speaks while people have proposed a result, and anyone can run it at
 * any time: each bout is looked at again under its lock.
 */
import { closeBout } from '../bouts/close-market.ts';
import { lockBout } from '../bouts/lock-market.ts';
import type { Db, Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { tellBettorsOf } from '../players/notices.ts';
import { findPoolsWithoutRoot } from '../pool-whistle/require-pool-roots.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { endPostponed, openedMarkets } from '../settlement/propose-result.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { startSettlements } from '../settlement/start-settlements.ts';
import { findBoutsToVoid, findLastMove, isToVoid } from './queries.ts';

export interface VoidDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'send'>;
  readonly onBoutChanged: (boutId: number) => void;
}

/** Voids every bout whose time is over; the bouts it voided. */
export async function voidPostponed(deps: VoidDeps): Promise<number[]> {
  const voided: number[] = [];
  for (const boutId of await findBoutsToVoid(deps.db)) {
    // The roots are published before any result, this one included.
    const { marketIds, poolIds } = await stopBets(deps, boutId);
    for (const marketId of marketIds) await sealMarket(deps.db, marketId);
    for (const poolId of poolIds) await sealPool(deps.db, poolId);
    if (!(await deps.db.transaction((tx) => voidBout(tx, deps.jobs, boutId)))) continue;
    deps.onBoutChanged(boutId);
    voided.push(boutId);
  }
  return voided;
}

/** Closes what still takes bets; what has to have its root published. */
function stopBets(
  { db, jobs }: VoidDeps,
  boutId: number,
): Promise<{ readonly marketIds: readonly number[]; readonly poolIds: readonly number[] }> {
  return db.transaction(async (tx) => {
    const bout = await lockBout(tx, boutId);
    if (bout === null || !(await isToVoid(tx, boutId))) return { marketIds: [], poolIds: [] };
    await closeBout(tx, jobs, bout, 'cancelled');
    return {
      marketIds: openedMarkets(bout).map(({ id }) => id),
      poolIds: await findPoolsWithoutRoot(tx, boutId),
    };
  });
}

async function voidBout(tx: Tx, jobs: Pick<Jobs, 'send'>, boutId: number): Promise<boolean> {
  const bout = await lockBout(tx, boutId);
  if (bout === null || !(await isToVoid(tx, boutId))) return false;
  if (openedMarkets(bout).some(({ hasRoot }) => !hasRoot)) return false;
  if ((await findPoolsWithoutRoot(tx, boutId)).length > 0) return false;
  const last = await findLastMove(tx, boutId);
  // A move to a date that is too late has told it already.
  if (!last.isTooLate) await tellBettorsOf(tx, boutId, 'bout_postponed', 'void');
  await startSettlements(tx, jobs, bout, await endPostponed(tx, boutId, last.source));
  return true;
}
