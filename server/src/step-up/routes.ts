/** The second factor shown again: what a stolen phone that is unlocked, or a session left open, cannot do. */
import { type Implement, originOf } from '../http.ts';
import { giveChallenge, takeChallenge } from '../passkeys/challenge.ts';
import { offerChallenge } from '../passkeys/check-passkey.ts';
import type { PasskeyDeps } from '../passkeys/passkey-deps.ts';
import { stepUpWithPasskey } from '../passkeys/step-up-passkey.ts';
import { setSessionCookie } from '../sessions/session-cookie.ts';
import { confirmTotp } from '../staff/confirm-totp.ts';
import { confirmPin } from './confirm-pin.ts';

export function registerStepUp(implement: Implement, deps: PasskeyDeps): void {
  const { isProduction } = deps;
  const asked = (sessionId: string) => ({ purpose: 'step_up', sessionId }) as const;

  implement('POST /sessions/step-up/options', async ({ caller, reply }) => {
    const challenge = await giveChallenge(deps, asked(caller.session.sessionId), reply);
    return { options: await offerChallenge(deps, 'player', { playerId: caller.playerId }, challenge) };
  });
  implement('POST /sessions/step-up', async ({ caller, body, request, reply }) => {
    const origin = originOf(request);
    const session =
      'pin' in body
        ? await confirmPin(deps, caller, { pin: body.pin, origin })
        : await stepUpWithPasskey(deps, caller, {
            credential: body.credential,
            challenge: await takeChallenge(deps, asked(caller.session.sessionId), request),
            origin,
          });
    setSessionCookie(reply, session, isProduction);
    return { steppedUp: true as const };
  });

  implement('POST /staff/sessions/step-up/options', async ({ caller, reply }) => {
    const challenge = await giveChallenge(deps, asked(caller.session.sessionId), reply);
    return { options: await offerChallenge(deps, 'office', { staffId: caller.staffId }, challenge) };
  });
  implement('POST /staff/sessions/step-up', async ({ caller, body, request, reply }) => {
    const origin = originOf(request);
    const session =
      'totp' in body
        ? await confirmTotp(deps, caller, { totp: body.totp, origin })
        : await stepUpWithPasskey(deps, caller, {
            credential: body.credential,
            challenge: await takeChallenge(deps, asked(caller.session.sessionId), request),
            origin,
          });
    setSessionCookie(reply, session, isProduction);
    return { steppedUp: true as const };
  });
}
