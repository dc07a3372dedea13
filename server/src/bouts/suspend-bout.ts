import { fail } from '#core/errors.ts';
import type { MarketState } from '#core/market.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { lockBoutFor, requireBeforeHardStop } from './lock-market.ts';
import type { MarketChanged } from './market-command.ts';

export interface BoutCommand {
  readonly operationId: string;
  readonly boutId: number;
}

/** Takes no bets on a bout for a while: every market of it that is open, at one instant. Offers stay. */
export function suspendBout(db: Db, staff: StaffIdentity, asked: BoutCommand): Promise<MarketChanged> {
  return turn(db, staff, asked, { from: 'open', to: 'suspended' });
}

/** Takes bets again in every market of the bout that is suspended. */
export function resumeBout(db: Db, staff: StaffIdentity, asked: BoutCommand): Promise<MarketChanged> {
  return turn(db, staff, asked, { from: 'suspended', to: 'open' });
}

function turn(
  db: Db,
  staff: StaffIdentity,
  { operationId, boutId }: BoutCommand,
  { from, to }: { readonly from: MarketState; readonly to: 'open' | 'suspended' },
): Promise<MarketChanged> {
  const name = to === 'open' ? 'resume-bout' : 'suspend-bout';
  const command = { operationId, command: name, target: `bout ${boutId}`, input: {} };
  return runStaffCommand(db, staff, command, async (tx) => {
    const { markets } = await lockBoutFor(tx, staff, boutId);
    const turned = markets.filter(({ state }) => state === from);
    const [market] = turned;
    if (market === undefined) return fail('market_state_forbids', { state: markets[0]?.state ?? 'draft' });
    // The bout's: every market of it that is not closed has the same.
    requireBeforeHardStop(market);
    await tx.query('UPDATE market SET state = $2 WHERE id = ANY ($1)', [turned.map(({ id }) => id), to]);
    return { operationId, state: to, at: market.now.toISOString() };
  });
}
