import { fail } from '#core/errors.ts';
import type { Tx } from '../db.ts';

/** What was bet is published before anybody can say who won: tickets too, of every pool with a leg on this bout. */
export async function requirePoolRoots(tx: Tx, boutId: number): Promise<void> {
  if ((await findPoolsWithoutRoot(tx, boutId)).length > 0) fail('root_not_published');
}

export async function findPoolsWithoutRoot(tx: Tx, boutId: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `SELECT DISTINCT p.id FROM pool p JOIN pool_leg l ON l.pool_id = p.id
     WHERE l.bout_id = $1 AND p.state <> 'draft' AND p.root IS NULL ORDER BY p.id`,
    [boutId],
  );
  return rows.map(({ id }) => id);
}
