/**
 * Gives back every open part of one player's offers, market by market in order of their ids, each in a transaction of
 * its own under that market's lock. Safe to run any number of times; what a killed process left is found again by it.
 */
import { createHash } from 'node:crypto';
import { offerReturned } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import { lockMarket } from '../bouts/lock-market.ts';
import type { Db } from '../db.ts';
import { postTransfers, type Transfer } from '../ledger/post.ts';
import { offerReturnedId } from '../ledger/transfer-ids.ts';
import { findMarketsWithOpenOffers, findOpenPartsOfPlayer, returnWhole } from './queries.ts';

export interface CancelDeps {
  readonly db: Db;
  readonly onBoutChanged: (boutId: number) => void;
}

export async function cancelOffersOf(deps: CancelDeps, playerId: string): Promise<void> {
  for (const marketId of await findMarketsWithOpenOffers(deps.db, playerId)) {
    const boutId = await deps.db.transaction(async (tx) => {
      const market = await lockMarket(tx, marketId);
      if (market === null) throw new Error(`market ${marketId} has vanished`);
      const parts = await findOpenPartsOfPlayer(tx, playerId, marketId);
      await returnWhole(
        tx,
        parts.map(({ offerId }) => offerId),
      );
      const transfers = parts.map(({ offerId, openXof, accountId, escrowAccountId }): Transfer => {
        const id = offerReturnedId(offerId);
        const postings = offerReturned({
          player: accountId,
          escrow: escrowAccountId,
          returnedXof: xof(openXof),
        });
        const inputHash = createHash('sha256').update(`${id}:${openXof}`).digest();
        return { id, kind: 'offer_cancelled', inputHash, postings };
      });
      await postTransfers(tx, transfers);
      return market.boutId;
    });
    deps.onBoutChanged(boutId);
  }
}
