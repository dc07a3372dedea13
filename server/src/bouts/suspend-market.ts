import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { lockMarketFor, requireBeforeHardStop, requireMayBecome } from './lock-market.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';

/** Takes no bets for a while: offers stay, their players may cancel them. */
export function suspendMarket(db: Db, staff: StaffIdentity, asked: MarketCommand): Promise<MarketChanged> {
  return turn(db, staff, asked, 'suspended');
}

/** Takes bets again. */
export function resumeMarket(db: Db, staff: StaffIdentity, asked: MarketCommand): Promise<MarketChanged> {
  return turn(db, staff, asked, 'open');
}

function turn(
  db: Db,
  staff: StaffIdentity,
  { operationId, marketId }: MarketCommand,
  state: 'open' | 'suspended',
): Promise<MarketChanged> {
  const name = state === 'open' ? 'resume-market' : 'suspend-market';
  const command = { operationId, command: name, target: `market ${marketId}`, input: {} };
  return runStaffCommand(db, staff, command, async (tx) => {
    const market = await lockMarketFor(tx, staff, marketId);
    // Opening a draft freezes its rule card: another command.
    if (market.state === 'draft') requireMayBecome(market, 'suspended');
    requireMayBecome(market, state);
    requireBeforeHardStop(market);
    await tx.query('UPDATE market SET state = $2 WHERE id = $1', [marketId, state]);
    return { operationId, state, at: market.now.toISOString() };
  });
}
