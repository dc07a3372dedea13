/**
 * Starts what a confirmed result causes: for each market of the bout that was opened, in id order, a settlement of the
 * result's version. The first pays; a later one pays the difference, unless the market ends as before.
 */
import { fail } from '#core/errors.ts';
import { type MarketOutcome, marketOutcome, waitsForHomologation } from '#core/outcome.ts';
import type { LockedBout, LockedMarket } from '../bouts/lock-market.ts';
import { first, type Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { wakePoolsOfBout } from '../pool-whistle/close-pools.ts';
import { uuidV5 } from '../uuid.ts';
import { openedMarkets } from './propose-result.ts';
import type { LivingResult } from './result-queries.ts';

/** Under the bout's lock. A market whose card waits for the homologation of a first result stays closed. */
export async function startSettlements(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  bout: LockedBout,
  result: LivingResult,
): Promise<void> {
  const markets = openedMarkets(bout);
  await requireNothingRuns(tx, bout.id);
  for (const market of markets) {
    const isHeld = result.version === 1 && waitsForHomologation(market.payoutPolicy, result.ending);
    if (market.state === 'closed' && isHeld) continue;
    await startSettlement(tx, jobs, market, result);
  }
  await wakePoolsOfBout(tx, jobs, bout.id);
  await tx.query('UPDATE bout SET state = $2 WHERE id = $1', [
    bout.id,
    result.ending === 'cancelled' ? 'cancelled' : 'decided',
  ]);
}

async function requireNothingRuns(tx: Tx, boutId: number): Promise<void> {
  const running = await tx.query(
    `SELECT 1 FROM settlement s JOIN market m ON m.id = s.market_id WHERE m.bout_id = $1 AND s.state <> 'done' LIMIT 1`,
    [boutId],
  );
  if (running.length > 0) fail('settlement_running');
}

/** How a market ends by a result: as its question says, or annulled with it. */
export function outcomeOf(
  market: Pick<LockedMarket, 'id' | 'question'>,
  result: Pick<LivingResult, 'ending' | 'winnerSide' | 'wrestledSeconds' | 'voidMarketIds'>,
): MarketOutcome {
  return result.voidMarketIds.includes(market.id) ? 'void' : marketOutcome(market.question, result);
}

/** One market's settlement by a result that stands. */
export async function startSettlement(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  market: LockedMarket,
  result: LivingResult,
): Promise<void> {
  const outcome = outcomeOf(market, result);
  const earlier = first(
    await tx.query<{ outcome: MarketOutcome }>(
      'SELECT outcome FROM settlement WHERE market_id = $1 ORDER BY version DESC LIMIT 1',
      [market.id],
    ),
  );
  const isAsBefore = earlier?.outcome === outcome;
  const id = uuidV5(`settlement:${market.id}`, result.version);
  await tx.query(
    `INSERT INTO settlement (id, market_id, version, result_id, outcome, duel_count, paid_count, state, finished_at)
     SELECT $1, $2, $3, $4, $5, count(*), CASE WHEN $6 THEN count(*) ELSE 0 END,
       CASE WHEN $6 THEN 'done' ELSE 'paying' END, CASE WHEN $6 THEN clock_timestamp() END
     FROM duel WHERE market_id = $2`,
    [id, market.id, result.version, result.id, outcome, isAsBefore],
  );
  if (isAsBefore) return;
  if (earlier === null) {
    await tx.query(`UPDATE market SET state = 'settling' WHERE id = $1`, [market.id]);
  } else {
    await tx.query(
      `INSERT INTO correction (id, market_id, version, result_id, escrow_account_id, is_test)
       SELECT $1, m.id, $3, $4, m.escrow_account_id, m.is_test FROM market m WHERE m.id = $2`,
      [id, market.id, result.version, result.id],
    );
  }
  await jobs.send(tx, 'settle-market', { marketId: market.id });
}
