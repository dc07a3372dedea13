import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerPages } from '../player-pages.ts';
import { findAllOfficialBoutsByWrestler, findWrestlerById, searchWrestlers } from './queries.ts';

export function registerWrestlerPages(site: PlayerPages, { db }: { readonly db: Db }): void {
  site.page('GET /lutteurs', async ({ query }) => {
    const search = query.q ?? '';
    return { page: 'wrestlers', view: { search, wrestlers: await searchWrestlers(db, search) } };
  });

  site.page('GET /lutteurs/:wrestlerId', async ({ params }) => {
    const id = Number(params.wrestlerId);
    const wrestler = (await findWrestlerById(db, id)) ?? fail('not_found');
    const bouts = await findAllOfficialBoutsByWrestler(db, id);
    return { page: 'wrestler', view: { wrestler: { ...wrestler, bouts } } };
  });
}
