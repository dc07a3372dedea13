/** The journal. */
import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import type { Providers } from '../payments/provider.ts';
import { listJournal, reachOf } from './list-commands.ts';

export function registerJournalPage(
  site: OfficePages,
  { db, providers }: { readonly db: Db; readonly providers: Providers },
): void {
  site.page('GET /journal', async ({ caller, query }) => {
    const { qui = '', quoi = '', sur = '', jour = '', avant } = query;
    const { entries, next } = await listJournal(db, caller, {
      person: query.qui,
      command: query.quoi,
      target: query.sur,
      day: query.jour,
      before: avant,
    });
    const filter = { qui, quoi, sur, jour };
    return {
      page: 'journal',
      view: {
        entries,
        filter,
        reach: reachOf(caller.role),
        providers: Object.values(providers).map(({ name, label, accounts }) => ({ name, label, accounts })),
        older: next === null ? null : olderOf(filter, next),
      },
    };
  });
}

function olderOf(filter: Readonly<Record<string, string>>, next: number): string {
  const fields = new URLSearchParams(Object.entries(filter).filter(([, text]) => text !== ''));
  fields.set('avant', String(next));
  return `/journal?${fields}`;
}
