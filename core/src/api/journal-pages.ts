/** The journal: the audit log as a page of the office. What it shows is in its address. */
import { Type } from 'typebox';
import { type JournalEntryShown, journalFilter } from './audit.ts';
import { IdText, strict } from './contract.ts';
import type { PageContract } from './pages.ts';

export const officeJournalPages = {
  'GET /journal': {
    caller: 'staff',
    summary: 'The audit log, newest first, by person, command, target and day.',
    query: strict({
      qui: journalFilter.person,
      quoi: journalFilter.command,
      sur: journalFilter.target,
      jour: journalFilter.day,
      avant: Type.Optional(IdText),
    }),
  },
} as const satisfies PageContract;

export interface OfficeJournalViews {
  readonly journal: {
    readonly entries: readonly JournalEntryShown[];
    readonly filter: {
      readonly qui: string;
      readonly quoi: string;
      readonly sur: string;
      readonly jour: string;
    };
    /** How much of the log this reader sees. */
    readonly reach: 'all' | 'galas' | 'own';
    /** The address of the page before; null on the last one. */
    readonly older: string | null;
    /** What "provider orange" and "account orange_retailer" are called. */
    readonly providers: readonly {
      readonly name: string;
      readonly label: string;
      readonly accounts: { readonly deposits: string; readonly withdrawals: string };
    }[];
  };
}
