/** The player's statement: its page, the sheet to print, and the file. */
import type { Static } from 'typebox';
import type { StatementKind, StatementPeriod } from '../statement.ts';
import { strict } from './contract.ts';
import type { PageContract } from './pages.ts';
import { type MovementView, type StatementTotalsView, statementQuery } from './wallet.ts';

const { before: _, ...wholeQuery } = statementQuery;

export const playerStatementPages = {
  'GET /portefeuille/releve': {
    caller: 'player',
    summary: 'My statement: movements by kind and period, and what they add up to.',
    query: strict(statementQuery),
  },
  'GET /portefeuille/releve/feuille': {
    caller: 'player',
    summary: 'The same as one sheet, oldest first, to print or keep.',
    query: strict(wholeQuery),
  },
  'GET /portefeuille/releve.csv': {
    caller: 'player',
    summary: 'The same as a file for a spreadsheet.',
    query: strict(wholeQuery),
  },
} as const satisfies PageContract;

type Movement = Static<typeof MovementView>;
export type StatementTotals = Static<typeof StatementTotalsView>;

/** What a statement was asked for. */
export interface StatementChoice extends StatementPeriod {
  readonly kind: StatementKind | null;
}

export interface StatementSheetView {
  readonly choice: StatementChoice;
  readonly pseudonym: string;
  readonly maskedPhone: string;
  readonly isTest: boolean;
  readonly totals: StatementTotals;
  /** Oldest first. */
  readonly movements: readonly Movement[];
}

export interface PlayerStatementViews {
  readonly statement: {
    readonly choice: StatementChoice;
    readonly movements: readonly Movement[];
    /** `before` of the next page. */
    readonly next: string | null;
    /** With the first page only. */
    readonly totals: StatementTotals | null;
    /** Why there is nothing to show. */
    readonly refusal: string | null;
  };
  readonly statementSheet: StatementSheetView;
}
