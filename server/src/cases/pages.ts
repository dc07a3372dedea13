/** Cases as players open them: from the log-in, or from their own pages. */
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../count-requests.ts';
import type { Db } from '../db.ts';
import { originOf } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { findShownPlayer } from '../players/log-in-player.ts';
import { keepPending, type Pending, readPending } from '../players/pending.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { phonePattern } from '../sessions/phone-pattern.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { findLastMessage } from '../sms/last-message.ts';
import {
  claimNumber,
  openCaseAtDoor,
  openNumberChange,
  sendClaimCode,
  sendNewPhoneCode,
} from './open-case.ts';
import { listOwnCases } from './show-case.ts';

export function registerCasePages(site: PlayerPages, deps: PeopleDeps): void {
  site.page('GET /connexion/aide', async () => ({ page: 'accessHelp', view: {} }));
  registerDoorCase(site, deps);
  registerClaim(site, deps);
  registerNumberChange(site, deps);
  site.page('GET /moi/dossier', async ({ caller }) => ({
    page: 'ownCases',
    view: { cases: await listOwnCases(deps.db, caller) },
  }));
}

/** In the sandbox the page says what the message says. */
async function messageFor({ db, isProduction }: { db: Db; isProduction: boolean }, phone: string) {
  return isProduction ? null : findLastMessage(db, readPhone(phone));
}

function registerDoorCase(site: PlayerPages, deps: PeopleDeps): void {
  const page = async (request: FastifyRequest) => {
    const { logInToken = '' } = readPending(request, deps);
    const player = await deps.db.transaction((tx) => findShownPlayer(tx, deps, logInToken));
    if (player === null) return { seeOther: '/connexion/aide' };
    return { page: 'doorCase' as const, view: { cases: await listOwnCases(deps.db, player) } };
  };
  site.page('GET /connexion/dossier', ({ request }) => page(request));
  site.form('POST /connexion/dossier', {
    whereIs: () => '/connexion/dossier',
    act: async ({ form: { kind, statement = '' }, request }) => {
      const { logInToken = '' } = readPending(request, deps);
      await openCaseAtDoor(deps, { logInToken, kind, statement, origin: originOf(request) });
      return { seeOther: '/connexion/dossier' };
    },
    again: ({ request }) => page(request),
  });
}

function registerClaim(site: PlayerPages, deps: PeopleDeps): void {
  const phonePage = (isSent: boolean) => ({
    page: 'claimPhone' as const,
    view: { pattern: phonePattern, isSent },
  });
  site.page('GET /connexion/numero', async ({ request }) =>
    phonePage(readPending(request, deps).suite === SENT),
  );
  site.form('POST /connexion/numero', {
    whereIs: () => '/connexion/numero',
    act: async ({ form: { phone }, request, reply }) => {
      await sendClaimCode(deps, { phone, address: addressOf(request) });
      keepPending(reply, deps, { phone });
      return { seeOther: '/connexion/numero/code' };
    },
    again: async () => phonePage(false),
  });

  const codePage = async ({ phone }: Pending) =>
    phone === undefined
      ? { seeOther: '/connexion/numero' }
      : { page: 'claim' as const, view: { phone, message: await messageFor(deps, phone) } };
  site.page('GET /connexion/numero/code', ({ request }) => codePage(readPending(request, deps)));
  site.form('POST /connexion/numero/code', {
    whereIs: () => '/connexion/numero/code',
    act: async ({ form, request, reply }) => {
      const { phone } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/connexion/numero' };
      await claimNumber(deps, { ...form, phone, origin: originOf(request) });
      keepPending(reply, deps, { suite: SENT });
      return { seeOther: SENT };
    },
    again: ({ request }) => codePage(readPending(request, deps)),
  });
}

/** Where a claim that was taken leads. */
const SENT = '/connexion/numero';

function registerNumberChange(site: PlayerPages, deps: PeopleDeps): void {
  const phonePage = async () => ({ page: 'newPhone' as const, view: { pattern: phonePattern } });
  site.page('GET /moi/numero', phonePage);
  site.form('POST /moi/numero', {
    whereIs: () => '/moi/numero',
    act: async ({ caller, form: { phone, pin }, request, reply }) => {
      await sendNewPhoneCode(deps, caller, { phone, pin, address: addressOf(request) });
      keepPending(reply, deps, { phone });
      return { seeOther: '/moi/numero/code' };
    },
    again: phonePage,
  });

  const codePage = async ({ phone }: Pending) =>
    phone === undefined
      ? { seeOther: '/moi/numero' }
      : { page: 'newPhoneCode' as const, view: { phone, message: await messageFor(deps, phone) } };
  site.page('GET /moi/numero/code', ({ request }) => codePage(readPending(request, deps)));
  site.form('POST /moi/numero/code', {
    whereIs: () => '/moi/numero',
    act: async ({ caller, form: { code }, request }) => {
      const { phone } = readPending(request, deps);
      if (phone === undefined) return { seeOther: '/moi/numero' };
      await openNumberChange(deps, caller, { phone, code, origin: originOf(request) });
      return { seeOther: '/moi/dossier' };
    },
    again: ({ request }) => codePage(readPending(request, deps)),
  });
}
