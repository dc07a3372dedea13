/**
 * The trees of closed markets and pools, made from the bets as they are stored. Made once for everybody who asks in the same half
 * minute: after a big bout thousands open their proof at once.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { leafHash, levelAbove, type RootKind, rootOfLevels, type TreeLevels } from '#core/proof.ts';
import type { Db } from '../db.ts';
import { readInParts } from './read-leaves.ts';
import { sha256 } from './sha256.ts';

export interface Tree {
  readonly levels: TreeLevels;
  readonly leafCount: number;
  readonly root: Uint8Array;
}

export interface Trees {
  treeOf(kind: RootKind, subjectId: number): Promise<Tree>;
}

interface Kept {
  readonly tree: Promise<Tree>;
  readonly untilMs: number;
}

const KEPT_MS = 30_000;
const TREES_MAX = 50;
/** A bigger one is made anew for each question: it would weigh on the memory. */
const LEAVES_MAX = 200_000;

export function openTrees(
  db: Db,
  {
    keptMs = KEPT_MS,
    now = () => performance.now(),
  }: { readonly keptMs?: number; readonly now?: () => number } = {},
): Trees {
  const kept = new Map<string, Kept>();
  return {
    treeOf: (kind, subjectId) => {
      const name = `${kind} ${subjectId}`;
      const known = kept.get(name);
      if (known !== undefined && now() < known.untilMs) return known.tree;
      const entry = { tree: growTree(db, kind, subjectId), untilMs: now() + keptMs };
      kept.delete(name);
      kept.set(name, entry);
      const forget = () => kept.get(name) === entry && kept.delete(name);
      entry.tree.then(({ leafCount }) => leafCount > LEAVES_MAX && forget(), forget);
      for (const oldest of kept.keys()) {
        if (kept.size <= TREES_MAX) break;
        kept.delete(oldest);
      }
      return entry.tree;
    },
  };
}

/** Reads every bet of a market or pool and joins them, level by level; bets being placed have their turn in between. */
export async function growTree(db: Db, kind: RootKind, subjectId: number): Promise<Tree> {
  const leaves: Uint8Array[] = [];
  for await (const part of readInParts(db, kind, subjectId))
    for (const leaf of part) leaves.push(leafHash(leaf, sha256));
  const levels: Uint8Array[][] = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    await nextTurn();
    level = levelAbove(level, sha256);
  }
  return { levels, leafCount: leaves.length, root: rootOfLevels(levels, sha256) };
}
