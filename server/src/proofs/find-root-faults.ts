/** Whether the bets as they are stored still give the roots that were published: every root made again. */
import type { Db } from '../db.ts';
import type { LedgerFault } from '../ledger/check-ledger.ts';
import { growTree } from './open-trees.ts';
import { findRootsAfter } from './queries.ts';

/** Makes the roots after a number again, as many as about `leavesMax` bets allow. `next` is null when there
 * was none. */
export async function findRootFaults(
  db: Db,
  after: number,
  leavesMax: number,
): Promise<{ readonly faults: LedgerFault[]; readonly checkedCount: number; readonly next: number | null }> {
  const faults: LedgerFault[] = [];
  let [leaves, checkedCount] = [0, 0];
  const roots = await findRootsAfter(db, after);
  for (const { number, kind, subjectId, leafCount, root } of roots) {
    const tree = await growTree(db, kind, subjectId);
    if (tree.leafCount !== leafCount || !root.equals(tree.root)) {
      const [published, found] = [root, Buffer.from(tree.root)].map((hash) =>
        hash.toString('hex').slice(0, 16),
      );
      const detail = `${kind} ${subjectId} was published with ${leafCount} bets as ${published}…, its ${tree.leafCount} bets give ${found}…`;
      faults.push({ fault: 'root_differs', detail });
    }
    checkedCount += 1;
    leaves += tree.leafCount;
    if (leaves >= leavesMax) return { faults, checkedCount, next: number };
  }
  return { faults, checkedCount, next: roots.at(-1)?.number ?? null };
}
