import type { Implement } from '../http.ts';
import { logOut } from '../sessions/log-out.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { logInPlayer, sendPlayerCode } from './log-in-player.ts';
import { showProfile, viewOf } from './show-profile.ts';
import { signUp } from './sign-up.ts';

export function registerPlayers(implement: Implement, deps: PeopleDeps): void {
  const { isProduction } = deps;

  implement('POST /sessions/code', ({ body }) => sendPlayerCode(deps, body));

  implement('POST /sessions', async ({ body, request, reply }) => {
    const replaces = sessionCookieOf(request, 'player', isProduction);
    const outcome = await logInPlayer(deps, { ...body, replaces });
    if (outcome.kind === 'sign_up') return outcome;
    setSessionCookie(reply, outcome.session, isProduction);
    return { kind: 'logged_in' as const, player: viewOf(outcome.player) };
  });

  implement('POST /players', async ({ body, request, reply }) => {
    const replaces = sessionCookieOf(request, 'player', isProduction);
    const { player, session } = await signUp(deps, { ...body, replaces });
    setSessionCookie(reply, session, isProduction);
    return viewOf(player);
  });

  implement('GET /me', ({ caller }) => showProfile(deps.db, caller));

  implement('POST /sessions/end', async ({ request, reply }) => {
    await logOut(deps, sessionCookieOf(request, 'player', isProduction));
    clearSessionCookie(reply, 'player', isProduction);
    return null;
  });
}
