import type { PlayerPages } from '../player-pages.ts';
import type { BoutsDeps } from './routes.ts';
import { listGalas } from './show-bouts.ts';

export function registerBoutPages(site: PlayerPages, deps: Pick<BoutsDeps, 'db'>): void {
  site.page('GET /', async ({ caller }) => ({
    page: 'home',
    view: { galas: await listGalas(deps.db, caller) },
  }));
}
