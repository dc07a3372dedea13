/** The office's people, for administrators. */
import type { StaffDone } from '#core/api/staff-pages.ts';
import type { OfficePages } from '../office-pages.ts';
import { endStaffSessions } from '../sessions/end-sessions.ts';
import { inviteMember, linkOf } from './invite-member.ts';
import { findMember, listInvitations, listMembers } from './list-members.ts';
import { changeRole, dismissMember, resetSecondFactor } from './manage-member.ts';
import type { StaffDeps } from './staff-deps.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export function registerMemberPages(site: OfficePages, deps: StaffDeps): void {
  registerList(site, deps);
  registerOne(site, deps);
}

function registerList(site: OfficePages, deps: StaffDeps): void {
  const list = async (done: StaffDone | null, newSlip: () => string) => {
    const invitations = await listInvitations(deps.db);
    return {
      page: 'members' as const,
      view: {
        members: await listMembers(deps.db),
        invitations: invitations.map((invitation) => ({
          ...invitation,
          link: linkOf(deps, invitation.invitationId),
          slip: newSlip(),
        })),
        done,
        slip: newSlip(),
      },
    };
  };
  site.page('GET /personnel', ({ query, newSlip }) => list(query.fait ?? null, newSlip));

  site.form('POST /personnel/invitations', {
    whereIs: () => '/personnel',
    act: async ({ caller, form: { phone, name, role }, slip: { operationId } }) => {
      await inviteMember(deps, caller, { operationId, phone, name, role });
      return { seeOther: '/personnel?fait=invitation' };
    },
    again: ({ newSlip }) => list(null, newSlip),
  });

  site.form('POST /personnel/invitations/:invitationId/retirer', {
    whereIs: () => '/personnel',
    act: async ({ caller, params, slip: { operationId } }) => {
      await withdrawInvitation(deps, caller, { operationId, ...params });
      return { seeOther: '/personnel?fait=invitation-retiree' };
    },
    again: ({ newSlip }) => list(null, newSlip),
  });
}

function registerOne(site: OfficePages, deps: StaffDeps): void {
  const one = async (self: string, staffId: string, done: StaffDone | null, newSlip: () => string) => ({
    page: 'member' as const,
    view: {
      member: await findMember(deps.db, staffId),
      isSelf: self === staffId,
      done,
      slips: { role: newSlip(), dismiss: newSlip(), reset: newSlip(), sessions: newSlip() },
    },
  });
  site.page('GET /personnel/:staffId', ({ caller, params, query, newSlip }) =>
    one(caller.staffId, params.staffId, query.fait ?? null, newSlip),
  );

  site.form('POST /personnel/:staffId/role', {
    whereIs: ({ staffId }) => `/personnel/${staffId}`,
    act: async ({ caller, params: { staffId }, form: { role }, slip: { operationId } }) => {
      await changeRole(deps, caller, { operationId, staffId, role });
      return { seeOther: `/personnel/${staffId}?fait=role` };
    },
    again: ({ caller, params, newSlip }) => one(caller.staffId, params.staffId, null, newSlip),
  });
  site.form('POST /personnel/:staffId/depart', {
    whereIs: ({ staffId }) => `/personnel/${staffId}`,
    act: async ({ caller, params: { staffId }, slip: { operationId } }) => {
      await dismissMember(deps, caller, { operationId, staffId });
      return { seeOther: `/personnel/${staffId}?fait=depart` };
    },
    again: ({ caller, params, newSlip }) => one(caller.staffId, params.staffId, null, newSlip),
  });
  site.form('POST /personnel/:staffId/second-facteur', {
    whereIs: ({ staffId }) => `/personnel/${staffId}`,
    act: async ({ caller, params: { staffId }, slip: { operationId } }) => {
      await resetSecondFactor(deps, caller, { operationId, staffId });
      return { seeOther: `/personnel/${staffId}?fait=second-facteur` };
    },
    again: ({ caller, params, newSlip }) => one(caller.staffId, params.staffId, null, newSlip),
  });
  site.form('POST /personnel/:staffId/sessions', {
    whereIs: ({ staffId }) => `/personnel/${staffId}`,
    act: async ({ caller, params: { staffId } }) => {
      await endStaffSessions(deps, caller, staffId);
      return { seeOther: `/personnel/${staffId}?fait=sessions` };
    },
    again: ({ caller, params, newSlip }) => one(caller.staffId, params.staffId, null, newSlip),
  });
}
