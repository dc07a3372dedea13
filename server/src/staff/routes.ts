import { listCommands } from '../audit/list-commands.ts';
import { addressOf } from '../count-requests.ts';
import { type Implement, originOf } from '../http.ts';
import { logOut } from '../sessions/log-out.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { logInStaff, sendStaffCode } from './log-in-staff.ts';

export function registerStaff(implement: Implement, deps: PeopleDeps): void {
  const { isProduction } = deps;

  implement('POST /staff/sessions/code', ({ body, request }) =>
    sendStaffCode(deps, { ...body, address: addressOf(request) }),
  );

  implement('POST /staff/sessions', async ({ body, request, reply }) => {
    const replaces = sessionCookieOf(request, 'office', isProduction);
    const { staff, session } = await logInStaff(deps, { ...body, replaces, origin: originOf(request) });
    setSessionCookie(reply, session, isProduction);
    return { staffId: staff.staffId, name: staff.name, role: staff.role };
  });

  implement('GET /staff/me', async ({ caller: { staffId, name, role } }) => ({ staffId, name, role }));

  implement('POST /staff/sessions/end', async ({ request, reply }) => {
    await logOut(deps, sessionCookieOf(request, 'office', isProduction));
    clearSessionCookie(reply, 'office', isProduction);
    return null;
  });

  implement('GET /staff/audit', async ({ caller }) => ({
    entries: await listCommands(deps.db, caller.role === 'robot' ? caller.staffId : null),
  }));
}
