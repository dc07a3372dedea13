/**
 * Gives back every open part of one player's offers, market by market in order of their ids, each in a transaction of
 * its own under that market's lock. Safe to run any number of times; what a killed process left is found again by it.
 */
import { lockMarket } from '../bouts/lock-market.ts';
import type { Db } from '../db.ts';
import { findMarketsWithOpenOffers } from './queries.ts';
import { RETURNED_PER_TRANSACTION, returnOpenParts } from './return-open-parts.ts';

export interface CancelDeps {
  readonly db: Db;
  readonly onBoutChanged: (boutId: number) => void;
}

export async function cancelOffersOf(deps: CancelDeps, playerId: string): Promise<void> {
  for (const marketId of await findMarketsWithOpenOffers(deps.db, playerId)) {
    for (;;) {
      const done = await deps.db.transaction(async (tx) => {
        const market = await lockMarket(tx, marketId);
        if (market === null) throw new Error(`market ${marketId} has vanished`);
        const count = await returnOpenParts(tx, { marketId, of: 'player', playerId });
        return { boutId: market.boutId, count };
      });
      deps.onBoutChanged(done.boutId);
      if (done.count < RETURNED_PER_TRANSACTION) break;
    }
  }
}
