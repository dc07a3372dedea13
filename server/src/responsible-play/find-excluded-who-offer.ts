import type { Db } from '../db.ts';
import { findExcludedWithOffers } from './queries.ts';

/** Whose offers still wait to be taken back: what a process that died in between left over. */
export async function findExcludedWhoOffer(db: Db): Promise<string[]> {
  return (await findExcludedWithOffers(db)).map(({ playerId }) => playerId);
}
