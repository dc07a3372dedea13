/**
 * Open parts of offers that go back to their players without their asking: left over at the close, ended by
 * themselves, or of a player who may not bet any more.
 */
import { offerReturned } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import type { Tx } from '../db.ts';
import { postTransfers, type Transfer } from '../ledger/post.ts';
import { inputHashOf, offerReturnedId } from '../ledger/transfer-ids.ts';
import { findOpenParts, type OpenPartsWanted, returnWhole } from './queries.ts';

/** At most so many of one call: more wait for the next transaction. */
export const RETURNED_PER_TRANSACTION = 500;

/** Returns the open parts of some offers, under their market's lock; how many. */
export async function returnOpenParts(tx: Tx, wanted: OpenPartsWanted): Promise<number> {
  const parts = await findOpenParts(tx, wanted, RETURNED_PER_TRANSACTION);
  if (parts.length === 0) return 0;
  await returnWhole(
    tx,
    wanted.marketId,
    parts.map(({ offerId }) => offerId),
  );
  const kind = wanted.of === 'player' ? 'offer_cancelled' : 'offer_returned';
  await postTransfers(
    tx,
    parts.map((part): Transfer => {
      const id = offerReturnedId(part.offerId);
      const postings = offerReturned({
        player: part.accountId,
        bonus: part.bonusAccountId,
        escrow: part.escrowAccountId,
        returnedXof: xof(part.openXof),
        bonusXof: xof(part.bonusXof),
      });
      const inputHash = inputHashOf(id, part.openXof);
      return { id, kind, inputHash, postings };
    }),
  );
  return parts.length;
}
