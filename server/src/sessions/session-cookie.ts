import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Site } from '../http.ts';
import { cookieFlags, cookieName } from '../session-of-request.ts';
import type { StartedSession } from './start-session.ts';

export function setSessionCookie(reply: FastifyReply, started: StartedSession, isProduction: boolean): void {
  const maxAge = Math.floor(started.maxAgeMs / 1000);
  reply.setCookie(cookieName(siteOfKind(started.kind), isProduction), started.token, {
    ...cookieFlags(isProduction),
    maxAge,
  });
}

export function clearSessionCookie(reply: FastifyReply, site: Site, isProduction: boolean): void {
  reply.setCookie(cookieName(site, isProduction), '', { ...cookieFlags(isProduction), maxAge: 0 });
}

/** The token that this browser sent for the site, whether or not it still opens anything. */
export function sessionCookieOf(request: FastifyRequest, site: Site, isProduction: boolean): string | null {
  return request.cookies[cookieName(site, isProduction)] ?? null;
}

function siteOfKind(kind: StartedSession['kind']): Site {
  return kind === 'player' ? 'player' : 'office';
}
