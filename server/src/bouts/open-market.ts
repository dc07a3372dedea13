import { winnerRuleCard } from '#core/market.ts';
import { betLimitsOf, ratesOf } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type LockedMarket, lockMarketFor, requireBeforeHardStop, requireMayBecome } from './lock-market.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';

/** Opens betting on a market in draft: its rule card is frozen from the settings of now. */
export function openMarket(db: Db, staff: StaffIdentity, asked: MarketCommand): Promise<MarketChanged> {
  const { operationId, marketId } = asked;
  const command = { operationId, command: 'open-market', target: `market ${marketId}`, input: {} };
  return runStaffCommand(db, staff, command, async (tx) => {
    const market = await lockMarketFor(tx, staff, marketId);
    if (market.state !== 'draft') requireMayBecome(market, 'draft');
    requireBeforeHardStop(market);
    await freezeAndOpen(tx, market);
    return { operationId, state: 'open', at: market.now.toISOString() };
  });
}

export async function freezeAndOpen(tx: Tx, market: LockedMarket): Promise<void> {
  const settings = await readSettings(tx);
  const ruleCard = winnerRuleCard({
    rates: ratesOf(settings),
    limits: betLimitsOf(settings),
    authority: market.authority,
  });
  await tx.query(`UPDATE market SET state = 'open', rule_card = $2, opened_at = $3 WHERE id = $1`, [
    market.id,
    ruleCard,
    market.nowAt,
  ]);
}
