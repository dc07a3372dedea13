/**
 * What follows the close of a market: the root of its bets is published, then the open parts of its offers go back.
 * Each step is its own short transaction and can be run again: a killed worker's work is taken up where it stopped.
 */
import { merkleRoot } from '#core/proof.ts';
import { lockMarket } from '../bouts/lock-market.ts';
import type { Db } from '../db.ts';
import { RETURNED_PER_TRANSACTION, returnOpenParts } from '../offers/return-open-parts.ts';
import { publishRoot } from '../proofs/publish-root.ts';
import { readLeaves } from '../proofs/read-leaves.ts';
import { sha256 } from '../proofs/sha256.ts';

/** Publishes the root of a closed market and returns every open part. Safe to run any number of times. */
export async function sealMarket(db: Db, marketId: number): Promise<void> {
  await publishMarketRoot(db, marketId);
  while ((await returnLeftOver(db, marketId)) === RETURNED_PER_TRANSACTION);
}

async function publishMarketRoot(db: Db, marketId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const market = await lockMarket(tx, marketId);
    if (market === null || market.closedAt === null || market.hasRoot) return;
    const leaves = await readLeaves(tx, 'market', marketId);
    const root = merkleRoot(leaves, sha256);
    const made = { kind: 'market', subjectId: marketId, leafCount: leaves.length, root } as const;
    const { publishedAt } = await publishRoot(tx, made);
    await tx.query(
      'UPDATE market SET root = $2, root_duel_count = $3, root_published_at = $4::timestamptz WHERE id = $1',
      [marketId, Buffer.from(root), leaves.length, publishedAt],
    );
  });
}

/** Returns the open parts of some offers of a closed market; how many. */
async function returnLeftOver(db: Db, marketId: number): Promise<number> {
  return db.transaction(async (tx) => {
    const market = await lockMarket(tx, marketId);
    return market === null || market.closedAt === null ? 0 : returnOpenParts(tx, { marketId, of: 'all' });
  });
}
