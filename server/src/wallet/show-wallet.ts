import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { showRoom } from './judge-movements.ts';
import { findMovements, findWallet } from './queries.ts';

const POSTINGS_A_PAGE = 50;

export async function showWallet(db: Db, player: PlayerIdentity) {
  const { depositRefusal: _, ...room } = await showRoom(db, player);
  return { ...(await findWallet(db, player)), isTest: player.isTest, room };
}

/** One page of the statement, newest first: `before` is null, or the `next` of the page before. */
export async function showStatement(db: Db, player: PlayerIdentity, before: string | null) {
  const rows = await findMovements(db, player.accountId, before, POSTINGS_A_PAGE);
  const oldest = rows.at(-1);
  return {
    movements: rows.map(({ transferId, kind, amountXof, balanceAfterXof, at }) => ({
      transferId,
      kind,
      amountXof,
      balanceAfterXof,
      at: at.toISOString(),
    })),
    next: oldest?.hasMore === true ? oldest.exactAt : null,
  };
}
