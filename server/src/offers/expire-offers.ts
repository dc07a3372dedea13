/** Offers that end by themselves: their open parts go back within seconds of the instant that their player chose. */
import { lockMarket } from '../bouts/lock-market.ts';
import type { Db } from '../db.ts';
import { findMarketsWithExpiredOffers } from './queries.ts';
import { RETURNED_PER_TRANSACTION, returnOpenParts } from './return-open-parts.ts';

export interface ExpireDeps {
  readonly db: Db;
  readonly onBoutChanged: (boutId: number) => void;
}

/** Safe to run any number of times, on any number of nodes. */
export async function expireOffers({ db, onBoutChanged }: ExpireDeps): Promise<void> {
  for (const marketId of await findMarketsWithExpiredOffers(db)) {
    for (;;) {
      const done = await db.transaction(async (tx) => {
        const market = await lockMarket(tx, marketId);
        if (market === null) throw new Error(`market ${marketId} has vanished`);
        return { boutId: market.boutId, count: await returnOpenParts(tx, { marketId, of: 'expired' }) };
      });
      if (done.count > 0) onBoutChanged(done.boutId);
      if (done.count < RETURNED_PER_TRANSACTION) break;
    }
  }
}
