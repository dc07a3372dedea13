/**
 * What is on its way through the log-in pages: kept by the browser in a short-lived cookie of its own, never in an
 * address. What it says is believed no more than the same text in a form.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { BackPath } from '#core/api/pages.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';

export interface Pending {
  readonly phone?: string;
  readonly suite?: string;
  /** The code of who asked him to come. */
  readonly parrain?: string;
  readonly signUpToken?: string;
  readonly logInToken?: string;
}

const backPath = Compile(BackPath);
const names = ['phone', 'suite', 'parrain', 'signUpToken', 'logInToken'] as const;

export function keepPending(reply: FastifyReply, deps: PeopleDeps, pending: Pending): void {
  const { codeValidityMs, signUpValidityMs } = deps.settings.current();
  const maxAge = Math.max(codeValidityMs, signUpValidityMs) / 1000;
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url');
  reply.setCookie(cookieNameOf(deps), value, { ...flags(deps), maxAge });
}

export function dropPending(reply: FastifyReply, deps: PeopleDeps): void {
  reply.setCookie(cookieNameOf(deps), '', { ...flags(deps), maxAge: 0 });
}

export function readPending(request: FastifyRequest, deps: PeopleDeps): Pending {
  try {
    const said: unknown = JSON.parse(
      Buffer.from(request.cookies[cookieNameOf(deps)] ?? '', 'base64url').toString(),
    );
    if (typeof said !== 'object' || said === null) return {};
    const pending: { -readonly [Name in keyof Pending]: Pending[Name] } = {};
    for (const name of names) {
      const value: unknown = Reflect.get(said, name);
      if (typeof value === 'string' && (name !== 'suite' || backPath.Check(value))) pending[name] = value;
    }
    return pending;
  } catch {
    return {};
  }
}

function cookieNameOf({ isProduction }: PeopleDeps): string {
  return isProduction ? '__Host-mb_entree' : 'mb_entree';
}

function flags({ isProduction }: PeopleDeps) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isProduction } as const;
}
