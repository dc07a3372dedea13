import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionValidityMs } from '#core/settings.ts';
import { cookieName, type Site } from '../http.ts';
import type { StartedSession } from './start-session.ts';

export function setSessionCookie(reply: FastifyReply, started: StartedSession, isProduction: boolean): void {
  const maxAge = sessionValidityMs[started.kind] / 1000;
  reply.setCookie(cookieName(siteOfKind(started.kind), isProduction), started.token, {
    ...flags(isProduction),
    maxAge,
  });
}

export function clearSessionCookie(reply: FastifyReply, site: Site, isProduction: boolean): void {
  reply.setCookie(cookieName(site, isProduction), '', { ...flags(isProduction), maxAge: 0 });
}

/** The token that this browser sent for the site, whether or not it still opens anything. */
export function sessionCookieOf(request: FastifyRequest, site: Site, isProduction: boolean): string | null {
  return request.cookies[cookieName(site, isProduction)] ?? null;
}

function siteOfKind(kind: StartedSession['kind']): Site {
  return kind === 'player' ? 'player' : 'office';
}

/** Scripts never see it, other sites' forms never send it; `__Host-` names need Secure and the whole path. */
function flags(isProduction: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isProduction } as const;
}
