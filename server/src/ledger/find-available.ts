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
