import type { HistoryChoice } from '#core/api/bet-history-pages.ts';
import { RefusalError, sentenceOf } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerPages } from '../player-pages.ts';
import { listChances } from '../rebets/find-chances.ts';
import { findGalasOfBettor } from './queries.ts';
import { listHistory, showHistory, showHistoryTotals } from './show-history.ts';
import { writeCsv } from './write-csv.ts';

export function registerBetHistoryPages(site: PlayerPages, { db }: { readonly db: Db }): void {
  site.page('GET /paris/historique', async ({ caller, query, problem }) => {
    const { from = null, to = null, state = null, kind = null, galaId = null, before } = query;
    const choice: HistoryChoice = { from, to, state, kind, galaId };
    const galas = await findGalasOfBettor(db, caller.playerId);
    const nothing = { choice, galas, entries: [], chances: [], next: null, totals: null };
    // A day that is none is no reason to show another period than the one that was meant.
    if (problem !== null)
      return { page: 'betHistory', view: { ...nothing, refusal: problem.sentence }, status: 400 };
    try {
      const { entries, next } = await showHistory(db, caller, query);
      const totals = before === undefined ? await showHistoryTotals(db, caller, query) : null;
      const over = entries.filter(({ form, state }) => form === 'duel' && state !== 'engaged');
      const chances = await listChances(
        db,
        caller,
        over.map(({ id }) => id),
      );
      return { page: 'betHistory', view: { choice, galas, entries, chances, next, totals, refusal: null } };
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      const refusal = sentenceOf(error.refusal, 'fr');
      return { page: 'betHistory', view: { ...nothing, refusal }, status: 400 };
    }
  });

  site.page('GET /paris/historique.csv', async ({ caller, query, problem, request, reply }) => {
    // Its page says what is wrong with what was asked.
    if (problem !== null) return { seeOther: `/paris/historique?${request.url.split('?')[1] ?? ''}` };
    const entries = await listHistory(db, caller, query);
    const days = [query.from, query.to].filter((day) => day !== undefined).map((day) => `-${day}`);
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="paris-mbayar${days.join('')}.csv"`)
      .header('cache-control', 'private, no-store')
      .send(writeCsv(entries));
    return { answered: true };
  });
}
