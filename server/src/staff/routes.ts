import { addressOf } from '../count-requests.ts';
import { type Implement, originOf } from '../http.ts';
import { logOut } from '../sessions/log-out.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { inviteMember } from './invite-member.ts';
import { listInvitations, listMembers } from './list-members.ts';
import { logInStaff, sendStaffCode } from './log-in-staff.ts';
import { changeRole, dismissMember, resetSecondFactor } from './manage-member.ts';
import type { StaffDeps } from './staff-deps.ts';
import {
  sendInvitationCode,
  showEnrolment,
  showInvitation,
  showInvitedPhone,
  takeInvitation,
} from './take-invitation.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export function registerStaff(implement: Implement, deps: StaffDeps): void {
  const { isProduction } = deps;
  registerMembers(implement, deps);
  registerInvitations(implement, deps);

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
}

function registerMembers(implement: Implement, deps: StaffDeps): void {
  implement('GET /staff/members', async () => ({
    members: await listMembers(deps.db),
    invitations: await listInvitations(deps.db),
  }));
  implement('POST /staff/invitations', ({ caller, body }) => inviteMember(deps, caller, body));
  implement('POST /staff/invitations/:invitationId/withdraw', ({ caller, params, body }) =>
    withdrawInvitation(deps, caller, { ...body, ...params }),
  );
  implement('POST /staff/members/:staffId/role', ({ caller, params, body }) =>
    changeRole(deps, caller, { ...body, ...params }),
  );
  implement('POST /staff/members/:staffId/dismiss', ({ caller, params, body }) =>
    dismissMember(deps, caller, { ...body, ...params }),
  );
  implement('POST /staff/members/:staffId/second-factor/reset', ({ caller, params, body }) =>
    resetSecondFactor(deps, caller, { ...body, ...params }),
  );
}

/** For who has the link: no session yet. */
function registerInvitations(implement: Implement, deps: StaffDeps): void {
  implement('POST /staff/invitations/show', ({ body }) => showInvitation(deps, body.token));
  implement('POST /staff/invitations/code', ({ body, request }) =>
    sendInvitationCode(deps, { ...body, origin: originOf(request) }),
  );
  implement('POST /staff/invitations/phone', async ({ body, request }) => {
    const { enrolToken } = await showInvitedPhone(deps, { ...body, origin: originOf(request) });
    return { enrolToken, ...(await showEnrolment(deps, { token: body.token, enrolToken })) };
  });
  implement('POST /staff/invitations/take', async ({ body, request, reply }) => {
    const replaces = sessionCookieOf(request, 'office', deps.isProduction);
    const { staff, session } = await takeInvitation(deps, { ...body, replaces, origin: originOf(request) });
    setSessionCookie(reply, session, deps.isProduction);
    return staff;
  });
}
