/**
 * The cookie that makes a browser a bound device: 256 random bits that outlive every session. It opens nothing alone;
 * with it, the PIN does.
 */
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As long as browsers keep one. */
const MAX_AGE_S = 400 * 24 * 60 * 60;

export function setDeviceCookie(reply: FastifyReply, token: string, isProduction: boolean): void {
  reply.setCookie(cookieName(isProduction), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isProduction,
    maxAge: MAX_AGE_S,
  });
}

export function deviceCookieOf(request: FastifyRequest, isProduction: boolean): string | null {
  return request.cookies[cookieName(isProduction)] ?? null;
}

function cookieName(isProduction: boolean): string {
  return isProduction ? '__Host-mb_appareil' : 'mb_appareil';
}
