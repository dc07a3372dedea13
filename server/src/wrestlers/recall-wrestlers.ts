/** The official record, the same for everybody, from the hot catalogue: an import shows a few seconds later. */
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { Catalogue } from '../memory/catalogue.ts';
import {
  findAllOfficialBoutsByWrestler,
  findWrestlerById,
  type Summary,
  searchWrestlers,
} from './queries.ts';

export interface WrestlerReads {
  readonly db: Db;
  readonly catalogue: Catalogue;
}

const KEPT_MS = 5_000;

/** A search is what one person typed: it is not kept. */
export function recallWrestlers({ db, catalogue }: WrestlerReads, search: string): Promise<Summary[]> {
  if (search !== '') return searchWrestlers(db, search);
  return catalogue.recall('wrestlers', KEPT_MS, () => searchWrestlers(db, ''));
}

/** With the official bouts. */
export function recallWrestler({ db, catalogue }: WrestlerReads, id: number) {
  return catalogue.recall(`wrestler:${id}`, KEPT_MS, async () => {
    const wrestler = (await findWrestlerById(db, id)) ?? fail('not_found');
    return { ...wrestler, bouts: await findAllOfficialBoutsByWrestler(db, id) };
  });
}
