/** What an authenticator is asked to sign: random, kept by us, for one purpose and one browser, once, for five minutes. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import { hashSessionToken, newSessionToken } from '../sessions/session-token.ts';
import { type ChallengePurpose, insertChallenge, takeChallengeRow } from './queries.ts';

export interface ChallengeDeps {
  readonly db: Db;
  readonly isProduction: boolean;
}

interface Asked {
  readonly purpose: ChallengePurpose;
  readonly sessionId: string | null;
}

/** The specification's recommendation for a ceremony, and ours. */
export const challengeValidityMs = 5 * 60_000;

export async function giveChallenge(
  { db, isProduction }: ChallengeDeps,
  asked: Asked,
  reply: FastifyReply,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32));
  const token = newSessionToken();
  const browserHash = hashSessionToken(token) ?? Buffer.alloc(0);
  const text = Buffer.from(challenge).toString('base64url');
  await insertChallenge(db, { ...asked, browserHash, challenge: text, validityMs: challengeValidityMs });
  reply.setCookie(cookieName(isProduction), token, {
    ...flags(isProduction),
    maxAge: challengeValidityMs / 1000,
  });
  return challenge;
}

/** The challenge that this browser was given, as base64url; it is gone after this, whatever comes of it. */
export async function takeChallenge(
  { db, isProduction }: ChallengeDeps,
  asked: Asked,
  request: FastifyRequest,
): Promise<string> {
  const browserHash = hashSessionToken(request.cookies[cookieName(isProduction)] ?? '');
  const challenge = browserHash === null ? null : await takeChallengeRow(db, { ...asked, browserHash });
  return challenge ?? fail('passkey_expired');
}

function cookieName(isProduction: boolean): string {
  return isProduction ? '__Host-mb_cle' : 'mb_cle';
}

function flags(isProduction: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isProduction } as const;
}
