/** The session that a request shows: the cookie of its site, and what that opens. */
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '#core/errors.ts';
import {
  API_PREFIX,
  type HttpDeps,
  type PlayerIdentity,
  type Seen,
  type Site,
  type StaffIdentity,
} from './http.ts';

export function cookieName(site: Site, isProduction: boolean): string {
  return isProduction ? `__Host-mb_${site}` : `mb_${site}`;
}

/** Scripts never see it, other sites' forms never send it; `__Host-` names need Secure and the whole path. */
export function cookieFlags(isProduction: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isProduction } as const;
}

/** By the cookie; on the JSON interface by a bearer token instead. Both at once is a request of two minds. */
export async function findPlayer(request: FastifyRequest, deps: HttpDeps): Promise<PlayerIdentity | null> {
  const cookie = request.cookies[cookieName('player', deps.isProduction)];
  const bearer = request.url.startsWith(`${API_PREFIX}/`) ? bearerOf(request) : null;
  if (bearer !== null && cookie !== undefined) fail('request_invalid', { detail: 'cookie and bearer token' });
  if (bearer !== null) return deps.sessions.findBearer(bearer, seenBy(request));
  return cookie === undefined ? null : deps.sessions.findPlayer(cookie, seenBy(request));
}

/** The token of an `Authorization: Bearer …` header, or null. */
export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer +([\w.-]{1,2000})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function findStaff(request: FastifyRequest, deps: HttpDeps): Promise<StaffIdentity | null> {
  const cookie = request.cookies[cookieName('office', deps.isProduction)];
  return cookie === undefined ? Promise.resolve(null) : deps.sessions.findStaff(cookie, seenBy(request));
}

function seenBy(request: FastifyRequest): Seen {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

/** Sends the session's next token with the answer, if there is one to be had. */
export async function rotate(request: FastifyRequest, reply: FastifyReply, deps: HttpDeps): Promise<void> {
  const name = cookieName(deps.site, deps.isProduction);
  const next = await deps.sessions.rotate(request.cookies[name] ?? '');
  if (next === null) return;
  const maxAge = Math.floor(next.maxAgeMs / 1000);
  reply.setCookie(name, next.token, { ...cookieFlags(deps.isProduction), maxAge });
}
