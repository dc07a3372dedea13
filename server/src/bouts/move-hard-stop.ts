import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { findBoutOfMarket, type LockedMarket, lockBoutFor, requireBeforeHardStop } from './lock-market.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';

/** Moves the hard stop, until it has passed: the bout's, of every market that is not closed. */
export function moveHardStop(
  db: Db,
  staff: StaffIdentity,
  asked: MarketCommand & { readonly hardStopAt: string },
): Promise<MarketChanged> {
  const { operationId, marketId, hardStopAt } = asked;
  const command = {
    operationId,
    command: 'move-hard-stop',
    target: `market ${marketId}`,
    input: { hardStopAt },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const bout = await lockBoutFor(tx, staff, await findBoutOfMarket(tx, marketId));
    const market = bout.markets.find(({ id }) => id === marketId) ?? fail('not_found');
    if (!isMovable(market)) fail('market_state_forbids', { state: market.state });
    requireBeforeHardStop(market);
    if (Date.parse(hardStopAt) <= market.now.getTime()) fail('date_in_past');
    await tx.query('UPDATE market SET hard_stop_at = $2 WHERE id = ANY ($1)', [
      bout.markets.filter(isMovable).map(({ id }) => id),
      hardStopAt,
    ]);
    return { operationId, state: market.state, at: market.now.toISOString() };
  });
}

function isMovable({ state }: LockedMarket): boolean {
  return state === 'draft' || state === 'open' || state === 'suspended';
}
