import type { Static } from 'typebox';
import type { RootView } from '#core/api/proofs.ts';
import type { RootKind } from '#core/proof.ts';
import type { Db } from '../db.ts';
import { findRoot, findRootsBefore, findRootsBetween, type RootRow } from './queries.ts';

export type Root = Static<typeof RootView>;

const ROOTS_PER_PAGE = 50;

/** The chain, newest first; `next` is the `before` of the following page. */
export async function listRoots(
  db: Db,
  before: number | null,
): Promise<{ readonly roots: Root[]; readonly next: number | null }> {
  const rows = await findRootsBefore(db, before, ROOTS_PER_PAGE);
  const last = rows.at(-1)?.number ?? 1;
  return { roots: rows.map(rootOf), next: last > 1 ? last : null };
}

/** The published root of a market or a pool; null before it is published. */
export async function readRoot(db: Db, kind: RootKind, subjectId: number): Promise<Root | null> {
  const row = await findRoot(db, kind, subjectId);
  return row === null ? null : rootOf(row);
}

/** The chain from the root after a number up to another. */
export async function readChain(db: Db, after: number, last: number): Promise<Root[]> {
  return (await findRootsBetween(db, after, last)).map(rootOf);
}

function rootOf(row: RootRow): Root {
  return {
    ...row,
    root: row.root.toString('hex'),
    publishedAt: row.publishedAt.toISOString(),
    value: row.value.toString('hex'),
  };
}
