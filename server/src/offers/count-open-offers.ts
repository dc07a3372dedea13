import type { Db } from '../db.ts';
import { findOpenOffersByPlayer } from './queries.ts';

/** How many offers of a player wait for a taker; at most 200 are counted. */
export async function countOpenOffers(db: Db, playerId: string): Promise<number> {
  return (await findOpenOffersByPlayer(db, playerId)).length;
}
