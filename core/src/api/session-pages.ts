/** Pages about sessions, of both sites: each site's contract takes its own in. */
import { type Static, Type } from 'typebox';
import { strict, Uuid } from './contract.ts';
import type { PageContract } from './pages.ts';
import type { SessionView } from './sessions.ts';

const SessionId = strict({ sessionId: Uuid });
const News = strict({ fait: Type.Optional(Type.Enum(['fin', 'autres'])) });

export const playerSessionPages = {
  'GET /moi/sessions': { caller: 'player', summary: 'Where I am logged in.', query: News },
  'POST /moi/sessions/:sessionId/fin': {
    caller: 'owner',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    form: strict({}),
  },
  'POST /moi/sessions/fin': {
    caller: 'player',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    form: strict({}),
  },
} as const satisfies PageContract;

export const officeSessionPages = {
  'GET /sessions': { caller: 'staff', summary: 'Where I am logged in.', query: News },
  'POST /sessions/:sessionId/fin': {
    caller: 'staff',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    form: strict({}),
  },
  'POST /sessions/fin': {
    caller: 'staff',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    form: strict({}),
  },
} as const satisfies PageContract;

export interface SessionsPageView {
  readonly sessions: readonly Static<typeof SessionView>[];
  readonly news: 'fin' | 'autres' | null;
}
