/**
 * Shuts betting and deposits to a player, in the transaction of what found out why. He can take his money out. Every
 * bet of his takes the lock of his balance and looks at him afterwards: it comes before this, or is refused. The job
 * gives his open offers back.
 */
import type { Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { lockBalances } from '../ledger/post.ts';
import { recordBarred } from './queries.ts';

export async function barPlayer(tx: Tx, jobs: Jobs, playerId: string): Promise<void> {
  const { accountId } = await recordBarred(tx, playerId);
  await lockBalances(tx, [accountId]);
  await jobs.send(tx, 'cancel-offers', { playerId });
}
