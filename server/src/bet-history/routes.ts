import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { showHistory, showHistoryTotals } from './show-history.ts';
import { showStory } from './show-story.ts';
import { showTicketStory } from './show-ticket-story.ts';

export function registerBetHistory(implement: Implement, { db }: { readonly db: Db }): void {
  implement('GET /bets/:betId/story', async ({ caller, params }) => ({
    steps:
      (await showStory(db, caller, params.betId)) ??
      (await showTicketStory(db, caller, params.betId)) ??
      fail('not_found'),
  }));
  implement('GET /bet-history', ({ caller, query }) => showHistory(db, caller, query));
  implement('GET /bet-history/totals', ({ caller, query }) => showHistoryTotals(db, caller, query));
}
