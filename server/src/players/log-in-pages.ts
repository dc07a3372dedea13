/**
 * Log-in and sign-up, one question a page: the phone; on a bound device the PIN; elsewhere the code, then the PIN, a
 * PIN to choose, or the sign-up.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusal } from '#core/errors.ts';
import { termsVersion } from '#core/settings.ts';
import { addressOf } from '../count-requests.ts';
import { findBoundDevice } from '../devices/bind-device.ts';
import { deviceCookieOf } from '../devices/device-cookie.ts';
import { FieldRefusalError } from '../forms.ts';
import type { PlayerPages } from '../player-pages.ts';
import { phonePattern } from '../sessions/phone-pattern.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { findLastMessage } from '../sms/last-message.ts';
import { doorOf, type LoggedIn, letIn } from './door.ts';
import { type LogInDeps, logInOnDevice, logInWithPin, sendPlayerCode, showCode } from './log-in-player.ts';
import { dropPending, keepPending, type Pending, readPending } from './pending.ts';
import { signUp } from './sign-up.ts';

export function registerLogInPages(site: PlayerPages, deps: LogInDeps): void {
  registerPhone(site, deps);
  registerCode(site, deps);
  registerPin(site, deps);
  registerNewPin(site, deps);
  registerSignUp(site, deps);
}

const phonePage = (back: string | null, referralCode: string | null) => ({
  page: 'phone' as const,
  view: { back, referralCode, pattern: phonePattern },
});

/** What goes with him from page to page. */
const carried = ({ suite, parrain }: Pending): Pending => ({
  ...(suite === undefined ? {} : { suite }),
  ...(parrain === undefined || parrain === '' ? {} : { parrain }),
});

function registerPhone(site: PlayerPages, deps: LogInDeps): void {
  site.page('GET /connexion', async ({ caller, query }) =>
    caller === null
      ? phonePage(query.suite ?? null, query.parrain ?? null)
      : { seeOther: query.suite ?? '/' },
  );
  site.form('POST /connexion', {
    whereIs: () => '/connexion',
    act: async ({ form, request, reply }) => {
      const { phone } = form;
      const pending = { phone, ...carried(form) };
      const deviceToken = deviceCookieOf(request, deps.isProduction);
      const bound = await findBoundDevice(deps.db, deviceToken, readPhone(phone));
      if (bound === null) return sendCodeFor(deps, { ...pending, phone }, request, reply);
      keepPending(reply, deps, pending);
      return { seeOther: '/connexion/pin' };
    },
    again: async (_call, problem) =>
      phonePage(problem.typed['suite'] ?? null, problem.typed['parrain'] ?? null),
  });
}

async function sendCodeFor(
  deps: LogInDeps,
  pending: Pending & { readonly phone: string },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  await sendPlayerCode(deps, { phone: pending.phone, address: addressOf(request) });
  keepPending(reply, deps, pending);
  return { seeOther: '/connexion/code' };
}

function registerCode(site: PlayerPages, deps: LogInDeps): void {
  const codePage = async (request: FastifyRequest) => {
    const { phone } = readPending(request, deps);
    if (phone === undefined) return { seeOther: '/connexion' };
    const message = deps.isProduction ? null : await findLastMessage(deps.db, readPhone(phone));
    return { page: 'code' as const, view: { phone, message } };
  };
  site.page('GET /connexion/code', ({ request }) => codePage(request));
  site.form('POST /connexion/code', {
    whereIs: () => '/connexion/code',
    act: async ({ form, request, reply }) => {
      const { phone, ...pending } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/connexion' };
      const door = doorOf(request, deps.isProduction);
      const shown = await showCode(deps, { phone, code: form.code, door });
      const { kind, ...token } = shown;
      keepPending(reply, deps, { phone, ...carried(pending), ...token });
      return { seeOther: pathAfterCode[kind] };
    },
    again: ({ request }) => codePage(request),
  });
  site.form('POST /connexion/code/envoyer', {
    whereIs: () => '/connexion/code',
    act: async ({ request, reply }) => {
      const { phone, ...pending } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/connexion' };
      return sendCodeFor(deps, { phone, ...carried(pending) }, request, reply);
    },
    again: ({ request }) => codePage(request),
  });
}

const pathAfterCode = {
  pin_required: '/connexion/pin',
  pin_unset: '/connexion/nouveau-pin',
  sign_up: '/inscription',
} as const;

function registerPin(site: PlayerPages, deps: LogInDeps): void {
  const pinPage = async (request: FastifyRequest) => {
    const { phone, logInToken } = readPending(request, deps);
    if (phone === undefined) return { seeOther: '/connexion' };
    return { page: 'pin' as const, view: { phone, isAfterCode: logInToken !== undefined } };
  };
  site.page('GET /connexion/pin', ({ request }) => pinPage(request));
  site.form('POST /connexion/pin', {
    whereIs: () => '/connexion/pin',
    act: async ({ form: { pin }, request, reply }) => {
      const { phone, logInToken, suite } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/connexion' };
      const door = doorOf(request, deps.isProduction);
      const loggedIn =
        logInToken === undefined
          ? await logInOnDevice(deps, { phone, pin, door })
          : await logInWithPin(deps, { logInToken, pin, door });
      return goOn(deps, reply, loggedIn, suite);
    },
    again: ({ request }) => pinPage(request),
  });
}

function registerNewPin(site: PlayerPages, deps: LogInDeps): void {
  const page = async (request: FastifyRequest) =>
    readPending(request, deps).logInToken === undefined
      ? { seeOther: '/connexion' }
      : { page: 'newPin' as const, view: {} };
  site.page('GET /connexion/nouveau-pin', ({ request }) => page(request));
  site.form('POST /connexion/nouveau-pin', {
    whereIs: () => '/connexion/nouveau-pin',
    act: async ({ form: { pin, pinAgain }, request, reply }) => {
      const { logInToken, suite } = readPending(request, deps);
      if (logInToken === undefined) return { seeOther: '/connexion' };
      refuseMismatch(pin, pinAgain);
      const door = doorOf(request, deps.isProduction);
      return goOn(deps, reply, await logInWithPin(deps, { logInToken, pin, door }), suite);
    },
    again: ({ request }) => page(request),
  });
}

function registerSignUp(site: PlayerPages, deps: LogInDeps): void {
  const page = (request: FastifyRequest) => {
    const { signUpToken, parrain } = readPending(request, deps);
    return {
      page: 'signUp' as const,
      view: { canSignUp: signUpToken !== undefined, referralCode: parrain ?? null },
    };
  };
  site.page('GET /inscription', async ({ request }) => page(request));
  site.form('POST /inscription', {
    whereIs: () => '/inscription',
    act: async ({ form, request, reply }) => {
      const { signUpToken, suite } = readPending(request, deps);
      if (signUpToken === undefined) return { seeOther: '/inscription' };
      const { pseudonym, birthDay, birthMonth, birthYear, pin, pinAgain, referralCode = '' } = form;
      refuseMismatch(pin, pinAgain);
      const birthDate = dateOf(birthYear, birthMonth, birthDay);
      const door = doorOf(request, deps.isProduction);
      const invited = referralCode === '' ? {} : { referralCode };
      const asked = { signUpToken, pseudonym, birthDate, pin, termsVersion, door, ...invited };
      return goOn(deps, reply, await signUp(deps, asked), suite);
    },
    again: async ({ request }) => page(request),
  });
}

function goOn(deps: LogInDeps, reply: FastifyReply, loggedIn: LoggedIn, suite = '/') {
  letIn(reply, loggedIn, deps.isProduction);
  dropPending(reply, deps);
  return { seeOther: suite };
}

export function refuseMismatch(pin: string, pinAgain: string): void {
  if (pin !== pinAgain) throw new FieldRefusalError('pinAgain', refusal('pin_mismatch'));
}

/** The day as YYYY-MM-DD; a 31 February is refused. */
function dateOf(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1) throw new FieldRefusalError('birthDay', refusal('date_invalid'));
  return date.toISOString().slice(0, 10);
}
