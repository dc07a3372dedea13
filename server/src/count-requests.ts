/** Every request counts for the address it comes from and, once that is known, for the account it is of. */
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { PlayerIdentity, StaffIdentity } from './http.ts';
import type { Limiter } from './limiter/limiter.ts';

/** The address of who asks: behind a trusted proxy what that one says, when it is an address. */
export function addressOf(request: FastifyRequest): string {
  return isIP(request.ip) === 0 ? (request.socket.remoteAddress ?? request.ip) : request.ip;
}

/**
 * Counts a request for its address, before anybody looks who it is. The files of the pages are not counted, and a
 * stream counts once, when it begins.
 */
export async function countForAddress(request: FastifyRequest, limiter: Limiter): Promise<void> {
  if (request.routeOptions.config.isUncounted !== true) await limiter.take('address', addressOf(request));
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out of the rate limits. */
    readonly isUncounted?: true;
  }
}

export function countForAccount(identity: PlayerIdentity | StaffIdentity, limiter: Limiter): Promise<void> {
  const subject = identity.kind === 'player' ? `player:${identity.playerId}` : `staff:${identity.staffId}`;
  return limiter.take('account', subject);
}
