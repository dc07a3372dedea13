import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { showRoom } from './judge-movements.ts';
import { findWallet } from './queries.ts';

export async function showWallet(db: Db, player: PlayerIdentity) {
  const { depositRefusal: _, ...room } = await showRoom(db, player);
  return { ...(await findWallet(db, player)), isTest: player.isTest, room };
}
