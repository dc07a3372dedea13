import type { Xof } from '#core/money.ts';
import { type Db, one } from '../db.ts';

/** What a player can stake or withdraw now, in francs. */
export async function findAvailable(db: Db, accountId: number): Promise<Xof> {
  const rows = await db.query<{ availableXof: Xof }>(
    'SELECT amount_xof AS "availableXof" FROM ledger.balance WHERE account_id = $1',
    [accountId],
  );
  return one(rows).availableXof;
}

/** His bonus money: he stakes it first, and never takes it out. */
export async function findBonus(db: Db, playerId: string): Promise<Xof> {
  const rows = await db.query<{ bonusXof: Xof }>(
    `SELECT coalesce((SELECT b.amount_xof FROM ledger.balance b WHERE b.account_id = p.bonus_account_id), 0) AS "bonusXof"
     FROM player p WHERE p.id = $1`,
    [playerId],
  );
  return one(rows).bonusXof;
}
