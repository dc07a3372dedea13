/** The office's door: log-in in two pages, and log-out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { BackPath } from '#core/api/pages.ts';
import { addressOf } from '../count-requests.ts';
import { originOf } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { logOut } from '../sessions/log-out.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { findLastMessage } from '../sms/last-message.ts';
import { registerInvitationPages } from './invitation-pages.ts';
import { listStaffWithCodes } from './list-staff-codes.ts';
import { logInStaff, sendStaffCode } from './log-in-staff.ts';
import { registerMemberPages } from './member-pages.ts';
import type { StaffDeps } from './staff-deps.ts';

/** What is on its way through the log-in: in a short-lived cookie, never in an address. */
interface Pending {
  readonly phone: string;
  readonly suite: string;
}

const COOKIE = 'mb_bureau_entree';
const backPath = Compile(BackPath);

export function registerStaffPages(site: OfficePages, deps: StaffDeps): void {
  const { isProduction } = deps;
  registerLogIn(site, deps);
  registerInvitationPages(site, deps);
  registerMemberPages(site, deps);

  site.form('POST /deconnexion', {
    act: async ({ request, reply }) => {
      await logOut(deps, sessionCookieOf(request, 'office', isProduction));
      clearSessionCookie(reply, 'office', isProduction);
      return { seeOther: '/connexion' };
    },
    again: async () => ({ seeOther: '/' }),
  });
}

function registerLogIn(site: OfficePages, deps: PeopleDeps): void {
  const { isProduction } = deps;
  site.page('GET /connexion', async ({ query }) => ({ page: 'phone', view: { back: query.suite ?? null } }));
  site.form('POST /connexion', {
    act: async ({ form, request, reply }) => {
      await sendStaffCode(deps, { phone: form.phone, address: addressOf(request) });
      keepPending(reply, deps, { phone: readPhone(form.phone), suite: form.suite ?? '/' });
      return { seeOther: '/connexion/code' };
    },
    again: async (_call, problem) => ({ page: 'phone', view: { back: problem.typed['suite'] ?? null } }),
  });

  const codePage = async (request: FastifyRequest) => {
    const pending = readPending(request);
    if (pending === null) return { seeOther: '/connexion' };
    const hint = isProduction ? null : await hintFor(deps, pending.phone);
    return { page: 'code' as const, view: { phone: pending.phone, hint } };
  };
  site.page('GET /connexion/code', ({ request }) => codePage(request));
  site.form('POST /connexion/code', {
    act: async ({ form, request, reply }) => {
      const pending = readPending(request);
      if (pending === null) return { seeOther: '/connexion' };
      const { phone, suite } = pending;
      const replaces = sessionCookieOf(request, 'office', isProduction);
      const { session } = await logInStaff(deps, {
        ...form,
        phone,
        replaces,
        origin: originOf(request),
      });
      setSessionCookie(reply, session, isProduction);
      reply.setCookie(COOKIE, '', { ...flags(isProduction), maxAge: 0 });
      return { seeOther: suite };
    },
    again: ({ request }) => codePage(request),
  });
}

/** The sandbox has no phones: the page says what they would show. */
async function hintFor(deps: PeopleDeps, phone: string) {
  const staff = (await listStaffWithCodes(deps)).find((one) => one.phone === phone);
  return { message: await findLastMessage(deps.db, phone), totp: staff?.totp ?? null };
}

function keepPending(reply: FastifyReply, deps: PeopleDeps, pending: Pending): void {
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url');
  reply.setCookie(COOKIE, value, {
    ...flags(deps.isProduction),
    maxAge: deps.settings.current().codeValidityMs / 1000,
  });
}

function flags(isProduction: boolean) {
  return { path: '/connexion', httpOnly: true, sameSite: 'lax', secure: isProduction } as const;
}

/** What this browser says it typed: believed no more than the same text in a form. */
function readPending(request: FastifyRequest): Pending | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(request.cookies[COOKIE] ?? '', 'base64url').toString());
    if (typeof said !== 'object' || said === null || !('phone' in said) || !('suite' in said)) return null;
    const { phone, suite } = said;
    if (typeof phone !== 'string' || typeof suite !== 'string' || !backPath.Check(suite)) return null;
    return { phone: readPhone(phone), suite };
  } catch {
    return null;
  }
}
