import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { showEngagements } from './show-engagements.ts';

export function registerEngagementPages(site: OfficePages, { db }: { readonly db: Db }): void {
  site.page('GET /engagements', async () => ({
    page: 'engagements',
    view: { galas: await showEngagements(db) },
  }));
}
