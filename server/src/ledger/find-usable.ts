import { type Xof, ZERO_XOF } from '#core/money.ts';
import { type Db, first } from '../db.ts';

/** What a player can stake now on what everybody can take: his available francs and his bonus money. */
export async function findUsable(db: Db, playerId: string): Promise<Xof> {
  const row = first(
    await db.query<{ usableXof: Xof }>(
      `SELECT sum(b.amount_xof)::bigint AS "usableXof" FROM player p
       JOIN ledger.balance b ON b.account_id IN (p.available_account_id, p.bonus_account_id) WHERE p.id = $1`,
      [playerId],
    ),
  );
  return row?.usableXof ?? ZERO_XOF;
}
