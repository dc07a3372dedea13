import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { listPlay } from './list-play.ts';

export function registerOfficePlayPages(site: OfficePages, deps: { readonly db: Db }): void {
  site.page('GET /jeu-responsable', async ({ caller }) => ({
    page: 'play',
    view: await listPlay(deps.db, caller),
  }));
}
