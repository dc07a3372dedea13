/** A player's bets over months: page by page, added up, and whole for a file. */
import type { HistoryEntry, HistoryTotals } from '#core/api/bet-history-pages.ts';
import type { HistoryKind, HistoryState } from '#core/bet-history.ts';
import { fail } from '#core/errors.ts';
import { boundsOf } from '#core/statement.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findEntries, type HistoryFilter, sumEntries } from './queries.ts';

const ENTRIES_A_PAGE = 50;
const ENTRIES_IN_FILE_MAX = 20_000;

/** As an address has it. */
export interface HistoryQuery {
  readonly from?: string;
  readonly to?: string;
  readonly state?: HistoryState;
  readonly kind?: HistoryKind;
  readonly galaId?: string;
}

export async function showHistory(
  db: Db,
  player: PlayerIdentity,
  query: HistoryQuery & { readonly before?: string },
): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  const filter = { ...filterOf(query), beforeId: query.before ?? null };
  const rows = await findEntries(db, player.playerId, filter, ENTRIES_A_PAGE + 1);
  const entries = rows.slice(0, ENTRIES_A_PAGE);
  return { entries, next: rows.length > ENTRIES_A_PAGE ? (entries.at(-1)?.id ?? null) : null };
}

export async function showHistoryTotals(
  db: Db,
  player: PlayerIdentity,
  query: HistoryQuery,
): Promise<HistoryTotals> {
  const sums = await sumEntries(db, player.playerId, filterOf(query));
  return { ...sums, netXof: sums.wonXof + sums.returnedXof - (sums.stakedXof - sums.engagedXof) };
}

/** All of them; who has more than a file holds is told so, and gets no part that looks like the whole. */
export async function listHistory(
  db: Db,
  player: PlayerIdentity,
  query: HistoryQuery,
): Promise<HistoryEntry[]> {
  const filter = { ...filterOf(query), beforeId: null };
  const entries = await findEntries(db, player.playerId, filter, ENTRIES_IN_FILE_MAX + 1);
  if (entries.length > ENTRIES_IN_FILE_MAX) fail('statement_too_long', { max: String(ENTRIES_IN_FILE_MAX) });
  return entries;
}

function filterOf({ from, to, state, kind, galaId }: HistoryQuery): HistoryFilter {
  if (from !== undefined && to !== undefined && from > to) fail('period_reversed');
  return {
    ...boundsOf({ from: from ?? null, to: to ?? null }),
    state: state ?? null,
    kind: kind ?? null,
    galaId: galaId === undefined ? null : Number(galaId),
  };
}
