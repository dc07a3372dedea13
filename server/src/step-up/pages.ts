/** "Is it still you?": who comes back to something that needs a fresh second factor shows one, and goes on where he was. */
import { originOf, type PlayerIdentity, type StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { listPasskeys } from '../passkeys/manage-passkeys.ts';
import type { PasskeyDeps } from '../passkeys/passkey-deps.ts';
import type { PlayerPages } from '../player-pages.ts';
import { setSessionCookie } from '../sessions/session-cookie.ts';
import { confirmTotp } from '../staff/confirm-totp.ts';
import { listStaffWithCodes } from '../staff/list-staff-codes.ts';
import { confirmPin } from './confirm-pin.ts';

export function registerPlayerStepUpPages(site: PlayerPages, deps: PasskeyDeps): void {
  const page = async (caller: PlayerIdentity, back: string) => ({
    page: 'confirm' as const,
    view: { back, hasPasskey: (await listPasskeys(deps.db, caller)).length > 0 },
  });
  site.page('GET /confirmer', async ({ caller, query }) => {
    const back = query.suite ?? '/moi';
    return caller.session.isSteppedUp ? { seeOther: back } : page(caller, back);
  });
  site.form('POST /confirmer', {
    whereIs: () => '/confirmer',
    act: async ({ caller, form, request, reply }) => {
      const session = await confirmPin(deps, caller, { pin: form.pin, origin: originOf(request) });
      setSessionCookie(reply, session, deps.isProduction);
      return { seeOther: form.suite ?? '/moi' };
    },
    again: ({ caller }, problem) => page(caller, problem.typed['suite'] ?? '/moi'),
  });
}

export function registerOfficeStepUpPages(site: OfficePages, deps: PasskeyDeps): void {
  const page = async (caller: StaffIdentity, back: string) => ({
    page: 'confirm' as const,
    view: {
      back,
      hasPasskey: (await listPasskeys(deps.db, caller)).length > 0,
      totp: deps.isProduction ? null : await sandboxTotp(deps, caller),
    },
  });
  site.page('GET /confirmer', async ({ caller, query }) => {
    const back = query.suite ?? '/';
    return caller.session.isSteppedUp ? { seeOther: back } : page(caller, back);
  });
  site.form('POST /confirmer', {
    whereIs: () => '/confirmer',
    act: async ({ caller, form, request, reply }) => {
      const session = await confirmTotp(deps, caller, { totp: form.totp, origin: originOf(request) });
      setSessionCookie(reply, session, deps.isProduction);
      return { seeOther: form.suite ?? '/' };
    },
    again: ({ caller }, problem) => page(caller, problem.typed['suite'] ?? '/'),
  });
}

/** The sandbox has no phones with apps: the page says what one would show. */
async function sandboxTotp(deps: PasskeyDeps, { name }: StaffIdentity): Promise<string | null> {
  return (await listStaffWithCodes(deps)).find((one) => one.name === name)?.totp ?? null;
}
