import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { findAllOfficialBoutsByWrestler, findWrestlerById, searchWrestlers } from './queries.ts';

export function registerWrestlers(implement: Implement, deps: { readonly db: Db }): void {
  implement('GET /wrestlers', async ({ query }) => ({
    wrestlers: await searchWrestlers(deps.db, query.search ?? ''),
  }));

  implement('GET /wrestlers/:wrestlerId', async ({ params }) => {
    const id = Number(params.wrestlerId);
    const wrestler = await findWrestlerById(deps.db, id);
    if (wrestler === null) return fail('not_found');
    return { ...wrestler, bouts: await findAllOfficialBoutsByWrestler(deps.db, id) };
  });
}
