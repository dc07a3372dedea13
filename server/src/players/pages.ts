/** The player's own pages: who he is, his PIN, what he is told; the terms. */
import { termsVersion } from '#core/settings.ts';
import { originOf } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { logOut } from '../sessions/log-out.ts';
import { clearSessionCookie, sessionCookieOf } from '../sessions/session-cookie.ts';
import { changePin } from './change-pin.ts';
import { refuseMismatch, registerLogInPages } from './log-in-pages.ts';
import type { LogInDeps } from './log-in-player.ts';
import { readNotice } from './notices.ts';
import { showProfile } from './show-profile.ts';

export function registerPeoplePages(site: PlayerPages, deps: LogInDeps): void {
  registerLogInPages(site, deps);

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

  site.form('POST /moi/avis/:noticeId/lu', {
    whereIs: () => '/moi',
    act: async ({ caller, params, form: { suite = '/moi' } }) => {
      await readNotice(deps.db, caller, params.noticeId);
      return { seeOther: suite };
    },
    again: async () => ({ seeOther: '/moi' }),
  });

  const pinPage = (isChanged: boolean) => ({ page: 'changePin' as const, view: { isChanged } });
  site.page('GET /moi/pin', async ({ query }) => pinPage(query.fait === 'change'));
  site.form('POST /moi/pin', {
    whereIs: () => '/moi/pin',
    act: async ({ caller, form: { pin, newPin, pinAgain }, request }) => {
      refuseMismatch(newPin, pinAgain);
      await changePin(deps, caller, { pin, newPin, origin: originOf(request) });
      return { seeOther: '/moi/pin?fait=change' };
    },
    again: async () => pinPage(false),
  });

  site.page('GET /conditions', async () => ({ page: 'terms', view: { version: termsVersion } }));
}
