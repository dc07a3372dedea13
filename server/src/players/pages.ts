/**
 * Log-in and sign-up in three pages. Between them the browser keeps what was typed in short-lived cookies of its own
 * (never in an address): the phone, the way back, the token of a checked phone.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { BackPath } from '#core/api/pages.ts';
import { refusal } from '#core/errors.ts';
import { oneTimeCode, signUpValidityMs, termsVersion } from '#core/settings.ts';
import { FieldRefusalError } from '../forms.ts';
import type { PlayerPages } from '../player-pages.ts';
import { findLastCodeMessage } from '../sessions/last-code-message.ts';
import { logOut } from '../sessions/log-out.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { logInPlayer, sendPlayerCode } from './log-in-player.ts';
import { showProfile } from './show-profile.ts';
import { signUp } from './sign-up.ts';

/** What is on its way through the log-in. */
interface Pending {
  readonly phone?: string;
  readonly suite?: string;
  readonly signUpToken?: string;
}

const backPath = Compile(BackPath);

export function registerPeoplePages(site: PlayerPages, deps: PeopleDeps): void {
  registerLogIn(site, deps);
  registerSignUp(site, deps);

  site.page('GET /moi', async ({ caller }) => ({ page: 'me', view: await showProfile(deps.db, caller) }));

  site.form('POST /deconnexion', {
    whereIs: () => '/moi',
    act: async ({ request, reply }) => {
      await logOut(deps, sessionCookieOf(request, 'player', deps.isProduction));
      clearSessionCookie(reply, 'player', deps.isProduction);
      return { seeOther: '/' };
    },
    again: async ({ caller }) => ({ page: 'me', view: await showProfile(deps.db, caller) }),
  });

  site.page('GET /conditions', async () => ({ page: 'terms', view: { version: termsVersion } }));
}

function registerLogIn(site: PlayerPages, deps: PeopleDeps): void {
  const { isProduction } = deps;

  site.page('GET /connexion', async ({ caller, query }) =>
    caller === null
      ? { page: 'phone', view: { back: query.suite ?? null } }
      : { seeOther: query.suite ?? '/' },
  );
  site.form('POST /connexion', {
    act: async ({ form, reply }) => {
      const { phone, suite } = form;
      await sendPlayerCode(deps, { phone });
      keepPending(reply, deps, { phone, ...(suite === undefined ? {} : { suite }) });
      return { seeOther: '/connexion/code' };
    },
    again: async (_call, problem) => ({ page: 'phone', view: { back: problem.typed['suite'] ?? null } }),
  });

  const codePage = async (pending: Pending) => ({
    page: 'code' as const,
    view: {
      phone: pending.phone ?? '',
      message: isProduction ? null : await findLastCodeMessage(deps.db, pending.phone ?? ''),
    },
  });
  site.page('GET /connexion/code', async ({ request }) => {
    const pending = readPending(request, deps);
    return pending.phone === undefined ? { seeOther: '/connexion' } : codePage(pending);
  });
  site.form('POST /connexion/code', {
    act: async ({ form, request, reply }) => {
      const { phone, suite = '/' } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/connexion' };
      const replaces = sessionCookieOf(request, 'player', isProduction);
      const outcome = await logInPlayer(deps, { phone, code: form.code, replaces });
      if (outcome.kind === 'sign_up') {
        keepPending(reply, deps, { signUpToken: outcome.signUpToken, suite });
        return { seeOther: '/inscription' };
      }
      setSessionCookie(reply, outcome.session, isProduction);
      dropPending(reply, deps);
      return { seeOther: suite };
    },
    again: async ({ request }) => {
      const pending = readPending(request, deps);
      return pending.phone === undefined ? { seeOther: '/connexion' } : codePage(pending);
    },
  });
}

function registerSignUp(site: PlayerPages, deps: PeopleDeps): void {
  const page = (request: FastifyRequest) => ({
    page: 'signUp' as const,
    view: { canSignUp: readPending(request, deps).signUpToken !== undefined },
  });
  site.page('GET /inscription', async ({ request }) => page(request));
  site.form('POST /inscription', {
    act: async ({ form, request, reply }) => {
      const { signUpToken, suite = '/' } = readPending(request, deps);
      if (signUpToken === undefined) return { seeOther: '/inscription' };
      const { pseudonym, birthDay, birthMonth, birthYear } = form;
      const birthDate = dateOf(birthYear, birthMonth, birthDay);
      const replaces = sessionCookieOf(request, 'player', deps.isProduction);
      const { session } = await signUp(deps, { signUpToken, pseudonym, birthDate, termsVersion, replaces });
      setSessionCookie(reply, session, deps.isProduction);
      dropPending(reply, deps);
      return { seeOther: suite };
    },
    again: async ({ request }) => page(request),
  });
}

/** The day as YYYY-MM-DD; a 31 February is refused. */
function dateOf(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1) throw new FieldRefusalError('birthDay', refusal('field_invalid'));
  return date.toISOString().slice(0, 10);
}

function keepPending(reply: FastifyReply, deps: PeopleDeps, pending: Pending): void {
  const maxAge = Math.max(oneTimeCode.validityMs, signUpValidityMs) / 1000;
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url');
  reply.setCookie(cookieNameOf(deps), value, { ...flags(deps), maxAge });
}

function dropPending(reply: FastifyReply, deps: PeopleDeps): void {
  reply.setCookie(cookieNameOf(deps), '', { ...flags(deps), maxAge: 0 });
}

function cookieNameOf({ isProduction }: PeopleDeps): string {
  return isProduction ? '__Host-mb_entree' : 'mb_entree';
}

function flags({ isProduction }: PeopleDeps) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isProduction } as const;
}

/** What this browser says it typed: believed no more than the same text in a form. */
function readPending(request: FastifyRequest, deps: PeopleDeps): Pending {
  try {
    const said: unknown = JSON.parse(
      Buffer.from(request.cookies[cookieNameOf(deps)] ?? '', 'base64url').toString(),
    );
    if (typeof said !== 'object' || said === null) return {};
    const text = (name: string) => {
      const value: unknown = Reflect.get(said, name);
      return typeof value === 'string' ? value : undefined;
    };
    const [phone, suite, signUpToken] = [text('phone'), text('suite'), text('signUpToken')];
    return {
      ...(phone === undefined ? {} : { phone }),
      ...(suite !== undefined && backPath.Check(suite) ? { suite } : {}),
      ...(signUpToken === undefined ? {} : { signUpToken }),
    };
  } catch {
    return {};
  }
}
