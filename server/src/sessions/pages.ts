/** "Where I am logged in", on both sites. */
import type { OfficePages } from '../office-pages.ts';
import type { PlayerPages } from '../player-pages.ts';
import { listSessions } from './list-sessions.ts';
import { endOne, endOthers, type SessionRoutesDeps } from './routes.ts';

export function registerPlayerSessionPages(site: PlayerPages, deps: SessionRoutesDeps): void {
  const page = async (caller: Parameters<typeof listSessions>[1], news: 'fin' | 'autres' | null) => ({
    page: 'sessions' as const,
    view: { sessions: await listSessions(deps, caller), news },
  });
  site.page('GET /moi/sessions', ({ caller, query }) => page(caller, query.fait ?? null));
  site.form('POST /moi/sessions/:sessionId/fin', {
    whereIs: () => '/moi/sessions',
    act: async ({ caller, params, request }) => {
      await endOne(deps, caller, params.sessionId, request);
      return { seeOther: '/moi/sessions?fait=fin' };
    },
    again: ({ caller }) => page(caller, null),
  });
  site.form('POST /moi/sessions/fin', {
    whereIs: () => '/moi/sessions',
    act: async ({ caller, request }) => {
      await endOthers(deps, caller, request);
      return { seeOther: '/moi/sessions?fait=autres' };
    },
    again: ({ caller }) => page(caller, null),
  });
}

export function registerOfficeSessionPages(site: OfficePages, deps: SessionRoutesDeps): void {
  const page = async (caller: Parameters<typeof listSessions>[1], news: 'fin' | 'autres' | null) => ({
    page: 'sessions' as const,
    view: { sessions: await listSessions(deps, caller), news },
  });
  site.page('GET /sessions', ({ caller, query }) => page(caller, query.fait ?? null));
  site.form('POST /sessions/:sessionId/fin', {
    whereIs: () => '/sessions',
    act: async ({ caller, params, request }) => {
      await endOne(deps, caller, params.sessionId, request);
      return { seeOther: '/sessions?fait=fin' };
    },
    again: ({ caller }) => page(caller, null),
  });
  site.form('POST /sessions/fin', {
    whereIs: () => '/sessions',
    act: async ({ caller, request }) => {
      await endOthers(deps, caller, request);
      return { seeOther: '/sessions?fait=autres' };
    },
    again: ({ caller }) => page(caller, null),
  });
}
