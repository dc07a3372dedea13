import type { Db } from '../db.ts';
import { findSettlement, type Settlement } from './queries.ts';

/** How far the payment of a market is; null before any result was confirmed. */
export function readSettlement(db: Db, marketId: number): Promise<Settlement | null> {
  return findSettlement(db, marketId);
}
