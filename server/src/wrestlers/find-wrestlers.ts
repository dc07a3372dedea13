/** Wrestlers for those who make bouts: the published ones. */
import type { Db } from '../db.ts';
import { findWrestlerById, type Summary, searchWrestlers } from './queries.ts';

export type { Summary } from './queries.ts';

/** Those whose name or alias matches, best first. */
export function findWrestlers(db: Db, search: string, limit: number): Promise<Summary[]> {
  return searchWrestlers(db, search, limit);
}

/** Null when there is no such wrestler, or none that is published. */
export function findWrestler(db: Db, wrestlerId: number): Promise<Summary | null> {
  return findWrestlerById(db, wrestlerId);
}
