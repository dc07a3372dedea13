import { addressOf } from '../count-requests.ts';
import { type Implement, originOf } from '../http.ts';
import { logOut, logOutProgram } from '../sessions/log-out.ts';
import { clearSessionCookie, sessionCookieOf } from '../sessions/session-cookie.ts';
import { doorOf, letIn } from './door.ts';
import { type LogInDeps, logInOnDevice, logInWithPin, sendPlayerCode, showCode } from './log-in-player.ts';
import { showProfile, viewOf } from './show-profile.ts';
import { signUp } from './sign-up.ts';

export function registerPlayers(implement: Implement, deps: LogInDeps): void {
  const { isProduction } = deps;

  implement('POST /sessions/code', ({ body, request }) =>
    sendPlayerCode(deps, { ...body, address: addressOf(request) }),
  );

  implement('POST /sessions', ({ body, request }) =>
    showCode(deps, { ...body, door: doorOf(request, isProduction) }),
  );

  implement('POST /sessions/pin', async ({ body, request, reply }) => {
    const loggedIn = await logInWithPin(deps, { ...body, door: doorOf(request, isProduction) });
    letIn(reply, loggedIn, isProduction);
    return viewOf(loggedIn.player);
  });

  implement('POST /sessions/device', async ({ body, request, reply }) => {
    const loggedIn = await logInOnDevice(deps, { ...body, door: doorOf(request, isProduction) });
    letIn(reply, loggedIn, isProduction);
    return viewOf(loggedIn.player);
  });

  implement('POST /players', async ({ body, request, reply }) => {
    const loggedIn = await signUp(deps, { ...body, door: doorOf(request, isProduction) });
    letIn(reply, loggedIn, isProduction);
    return viewOf(loggedIn.player);
  });

  implement('GET /me', ({ caller }) => showProfile(deps.db, caller));

  implement('POST /sessions/end', async ({ caller, request, reply }) => {
    if (caller.session.isProgram === true) await logOutProgram(deps, caller, originOf(request));
    await logOut(deps, sessionCookieOf(request, 'player', isProduction));
    clearSessionCookie(reply, 'player', isProduction);
    return null;
  });
}
