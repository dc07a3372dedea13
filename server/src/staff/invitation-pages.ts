/**
 * An invitation in one page that goes on by itself: the phone's code, then the app. What the browser has shown so far is
 * in a short-lived cookie of this path alone.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toString as drawQr } from 'qrcode';
import { RefusalError } from '#core/errors.ts';
import { originOf } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import type { StaffDeps } from './staff-deps.ts';
import {
  type Enrolment,
  lastInvitationMessage,
  sendInvitationCode,
  showEnrolment,
  showInvitation,
  showInvitedPhone,
  takeInvitation,
} from './take-invitation.ts';
import { totpCodeAfter } from './totp.ts';

const COOKIE = 'mb_invitation';
const SENT = 'envoye';

export function registerInvitationPages(site: OfficePages, deps: StaffDeps): void {
  const pathOf = (token: string) => `/invitation/${token}`;

  const invitationPage = async (request: FastifyRequest, token: string) => {
    const { name, role, invitedBy, maskedPhone } = await showInvitation(deps, token);
    const shown = request.cookies[COOKIE] ?? '';
    const enrolment = await findEnrolment(deps, token, shown);
    return {
      page: 'invitation' as const,
      view: {
        path: pathOf(token),
        name,
        role,
        invitedBy,
        maskedPhone,
        isCodeSent: shown !== '',
        enrolment:
          enrolment === null ? null : { ...enrolment, qr: await drawQr(enrolment.uri, { type: 'svg' }) },
        hint: deps.isProduction ? null : await hintFor(deps, token, shown !== '', enrolment),
      },
    };
  };
  site.page('GET /invitation/:token', ({ request, params }) => invitationPage(request, params.token));

  site.form('POST /invitation/:token/code', {
    act: async ({ request, reply, params: { token } }) => {
      await sendInvitationCode(deps, { token, origin: originOf(request) });
      keep(reply, deps, token, SENT);
      return { seeOther: pathOf(token) };
    },
    again: ({ request, params }) => invitationPage(request, params.token),
  });
  site.form('POST /invitation/:token/telephone', {
    act: async ({ request, reply, params: { token }, form: { code } }) => {
      const { enrolToken } = await showInvitedPhone(deps, { token, code, origin: originOf(request) });
      keep(reply, deps, token, enrolToken);
      return { seeOther: pathOf(token) };
    },
    again: ({ request, params }) => invitationPage(request, params.token),
  });
  site.form('POST /invitation/:token/application', {
    act: async ({ request, reply, params: { token }, form: { totp } }) => {
      const { session } = await takeInvitation(deps, {
        token,
        totp,
        enrolToken: request.cookies[COOKIE] ?? '',
        replaces: sessionCookieOf(request, 'office', deps.isProduction),
        origin: originOf(request),
      });
      setSessionCookie(reply, session, deps.isProduction);
      keep(reply, deps, token, '');
      return { seeOther: '/' };
    },
    again: ({ request, params }) => invitationPage(request, params.token),
  });
}

/** Null when this browser has not shown the phone, or too long ago. */
async function findEnrolment(deps: StaffDeps, token: string, shown: string): Promise<Enrolment | null> {
  if (shown === '' || shown === SENT) return null;
  try {
    return await showEnrolment(deps, { token, enrolToken: shown });
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'sign_up_expired') return null;
    throw error;
  }
}

/** The sandbox has no phones: the page says what they would show. */
async function hintFor(deps: StaffDeps, token: string, isCodeSent: boolean, enrolment: Enrolment | null) {
  const message = isCodeSent && enrolment === null ? await lastInvitationMessage(deps, token) : null;
  return { message, totp: enrolment === null ? null : totpCodeAfter(enrolment.secret, 0, Date.now()) };
}

function keep(reply: FastifyReply, { isProduction }: StaffDeps, token: string, shown: string): void {
  reply.setCookie(COOKIE, shown, {
    path: `/invitation/${token}`,
    httpOnly: true,
    sameSite: 'lax',
    secure: isProduction,
    maxAge: shown === '' ? 0 : 30 * 60,
  });
}
