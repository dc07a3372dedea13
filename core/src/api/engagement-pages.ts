/** The office's page of what is held for bets that are not settled. */
import type { GalaEngagements } from '../engagements.ts';
import type { PageContract } from './pages.ts';

export const officeEngagementPages = {
  'GET /engagements': {
    caller: ['operator', 'finance', 'administrator'],
    summary: 'What is held for bets that are not settled, by gala and market, held against the ledger.',
  },
} as const satisfies PageContract;

export interface OfficeEngagementViews {
  readonly engagements: { readonly galas: readonly GalaEngagements[] };
}
