/** The pages of a player's bets over months. */
import { type Static, Type } from 'typebox';
import type { HistoryKind, HistoryState } from '../bet-history.ts';
import type { StatementPeriod } from '../statement.ts';
import {
  type BetStepView,
  type HistoryEntryView,
  type HistoryTotalsView,
  historyFilter,
} from './bet-history.ts';
import { strict, Uuid } from './contract.ts';
import type { PageContract } from './pages.ts';

export const playerHistoryPages = {
  'GET /paris/historique': {
    caller: 'player',
    summary: 'My bets over months: filters, totals, list.',
    query: strict({ ...historyFilter, before: Type.Optional(Uuid) }),
  },
  'GET /paris/historique.csv': {
    caller: 'player',
    summary: 'The same as a file for a spreadsheet.',
    query: strict(historyFilter),
  },
} as const satisfies PageContract;

export type HistoryEntry = Static<typeof HistoryEntryView>;
export type BetStep = Static<typeof BetStepView>;
export type HistoryTotals = Static<typeof HistoryTotalsView>;

export interface HistoryChoice extends StatementPeriod {
  readonly state: HistoryState | null;
  readonly kind: HistoryKind | null;
  readonly galaId: string | null;
}

export interface PlayerHistoryViews {
  readonly betHistory: {
    readonly choice: HistoryChoice;
    /** Those he has bet on, newest first. */
    readonly galas: readonly { readonly id: number; readonly name: string }[];
    readonly entries: readonly HistoryEntry[];
    /** Those that can be bet again. */
    readonly chances: readonly string[];
    /** `before` of the next page. */
    readonly next: string | null;
    /** With the first page only. */
    readonly totals: HistoryTotals | null;
    /** Why there is nothing to show. */
    readonly refusal: string | null;
  };
}
