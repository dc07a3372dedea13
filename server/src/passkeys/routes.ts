import type { FastifyRequest } from 'fastify';
import { type Implement, originOf, type PlayerIdentity, type StaffIdentity } from '../http.ts';
import { doorOf, letIn } from '../players/door.ts';
import { labelDevice } from '../sessions/label-device.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { giveChallenge, takeChallenge } from './challenge.ts';
import { offerChallenge } from './check-passkey.ts';
import { logInPasskey } from './log-in-passkey.ts';
import { logInStaffPasskey } from './log-in-staff-passkey.ts';
import { listPasskeys, removePasskey, renamePasskey, showPasskey } from './manage-passkeys.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { offerRegistration, registerPasskey } from './register-passkey.ts';

type Person = PlayerIdentity | StaffIdentity;

export function registerPasskeys(implement: Implement, deps: PasskeyDeps): void {
  const { db, isProduction } = deps;
  const register = registration(deps);

  implement('GET /passkeys', async ({ caller }) => ({ passkeys: await listPasskeys(db, caller) }));
  implement('POST /passkeys/options', ({ caller, reply }) => register.offer(caller, reply));
  implement('POST /passkeys', ({ caller, body, request }) => register.add(caller, body, request));
  implement('POST /passkeys/:passkeyId/rename', ({ caller, params, body, request }) =>
    renamePasskey(db, caller, { ...params, ...body, origin: originOf(request) }),
  );
  implement('POST /passkeys/:passkeyId/remove', ({ caller, params, request }) =>
    removePasskey(db, caller, { ...params, origin: originOf(request) }),
  );

  implement('GET /staff/passkeys', async ({ caller }) => ({ passkeys: await listPasskeys(db, caller) }));
  implement('POST /staff/passkeys/options', ({ caller, reply }) => register.offer(caller, reply));
  implement('POST /staff/passkeys', ({ caller, body, request }) => register.add(caller, body, request));
  implement('POST /staff/passkeys/:passkeyId/rename', ({ caller, params, body, request }) =>
    renamePasskey(db, caller, { ...params, ...body, origin: originOf(request) }),
  );
  implement('POST /staff/passkeys/:passkeyId/remove', ({ caller, params, request }) =>
    removePasskey(db, caller, { ...params, origin: originOf(request) }),
  );

  registerStaffLogIn(implement, deps);

  const logIn = { purpose: 'log_in', sessionId: null } as const;
  implement('POST /sessions/passkey/options', async ({ reply, request }) => {
    await deps.limiter.take('logInsFromAddress', request.ip);
    return { options: await offerChallenge(deps, 'player', null, await giveChallenge(deps, logIn, reply)) };
  });
  implement('POST /sessions/passkey', async ({ body, request, reply }) => {
    const loggedIn = await logInPasskey(deps, {
      ...body,
      challenge: await takeChallenge(deps, logIn, request),
      door: doorOf(request, isProduction),
    });
    letIn(reply, loggedIn, isProduction);
    const { playerId, pseudonym, phone, isTest } = loggedIn.player;
    return { playerId, pseudonym, maskedPhone: maskPhone(phone), isTest };
  });
}

/** The office's own: no device is bound there. */
function registerStaffLogIn(implement: Implement, deps: PasskeyDeps): void {
  const { isProduction } = deps;
  const logIn = { purpose: 'log_in', sessionId: null } as const;
  implement('POST /staff/sessions/passkey/options', async ({ reply, request }) => {
    await deps.limiter.take('logInsFromAddress', request.ip);
    return { options: await offerChallenge(deps, 'office', null, await giveChallenge(deps, logIn, reply)) };
  });
  implement('POST /staff/sessions/passkey', async ({ body, request, reply }) => {
    const { staff, session } = await logInStaffPasskey(deps, {
      ...body,
      challenge: await takeChallenge(deps, logIn, request),
      replaces: sessionCookieOf(request, 'office', isProduction),
      origin: originOf(request),
    });
    setSessionCookie(reply, session, isProduction);
    return staff;
  });
}

function registration(deps: PasskeyDeps) {
  const asked = ({ session }: Person) => ({ purpose: 'register', sessionId: session.sessionId }) as const;
  return {
    offer: async (person: Person, reply: Parameters<typeof giveChallenge>[2]) => ({
      options: await offerRegistration(deps, person, await giveChallenge(deps, asked(person), reply)),
    }),
    add: async (
      person: Person,
      body: {
        readonly credential: Parameters<typeof registerPasskey>[2]['credential'];
        readonly label?: string;
      },
      request: FastifyRequest,
    ) =>
      showPasskey(
        await registerPasskey(deps, person, {
          credential: body.credential,
          label: body.label ?? labelDevice(request.headers['user-agent']),
          challenge: await takeChallenge(deps, asked(person), request),
          origin: originOf(request),
        }),
      ),
  };
}
