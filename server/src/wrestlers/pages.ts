import type { PlayerPages } from '../player-pages.ts';
import { recallWrestler, recallWrestlers, type WrestlerReads } from './recall-wrestlers.ts';

export function registerWrestlerPages(site: PlayerPages, reads: WrestlerReads): void {
  site.page('GET /lutteurs', async ({ query }) => {
    const search = query.q ?? '';
    return { page: 'wrestlers', view: { search, wrestlers: await recallWrestlers(reads, search) } };
  });

  site.page('GET /lutteurs/:wrestlerId', async ({ params }) => {
    return { page: 'wrestler', view: { wrestler: await recallWrestler(reads, Number(params.wrestlerId)) } };
  });
}
