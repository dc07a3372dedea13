import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findBonus } from '../ledger/find-available.ts';
import { showRoom } from './judge-movements.ts';
import { findAutomaticPayout, findOpenWithdrawals, findWallet } from './queries.ts';

export async function showWallet(db: Db, player: PlayerIdentity) {
  const { depositRefusal: _, ...room } = await showRoom(db, player);
  const bonusXof = await findBonus(db, player.playerId);
  return { ...(await findWallet(db, player)), bonusXof, isTest: player.isTest, room };
}

/** Do his winnings go out by themselves, and why the last ones did not. */
export async function showAutomaticPayout(db: Db, player: Pick<PlayerIdentity, 'playerId'>) {
  const row = await findAutomaticPayout(db, player.playerId);
  return { ...row, refusedAt: row.refusedAt?.toISOString() ?? null };
}

/** Money on its way out. */
export async function showOnTheWay(db: Db, player: Pick<PlayerIdentity, 'playerId'>) {
  const rows = await findOpenWithdrawals(db, player.playerId);
  return rows.map((row) => ({ ...row, requestedAt: row.requestedAt.toISOString() }));
}
