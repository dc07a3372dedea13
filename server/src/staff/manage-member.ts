/** What an administrator does with a member: another role, the end, a new second factor. Never with himself. */
import type { StaffRole } from '#core/api/contract.ts';
import { fail } from '#core/errors.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { endSessionsOf } from '../sessions/end-sessions.ts';
import { invite } from './invite-member.ts';
import {
  clearSecondFactors,
  lockActiveStaff,
  recordLeft,
  recordRole,
  type StaffRow,
  withdrawLivingInvitations,
} from './queries.ts';
import { runStaffCommand } from './run-staff-command.ts';
import type { StaffDeps } from './staff-deps.ts';

export interface MemberCommand {
  readonly operationId: string;
  readonly staffId: string;
}

export interface MemberChanged {
  readonly staffId: string;
  readonly role: StaffRole;
  readonly isActive: boolean;
}

/** Takes effect on his sessions at once: a command of the old role is refused on every node within a second. */
export function changeRole(
  deps: StaffDeps,
  administrator: StaffIdentity,
  asked: MemberCommand & { readonly role: StaffRole },
): Promise<MemberChanged> {
  const { role } = asked;
  return onMember(
    deps,
    administrator,
    { ...asked, command: 'change-role', input: { role } },
    async (tx, member) => {
      await keepingAdministrator(() => recordRole(tx, member.staffId, role));
      await endSessionsOf(tx, { staffId: member.staffId });
      return { staffId: member.staffId, role, isActive: true };
    },
  );
}

export function dismissMember(
  deps: StaffDeps,
  administrator: StaffIdentity,
  asked: MemberCommand,
): Promise<MemberChanged> {
  return onMember(
    deps,
    administrator,
    { ...asked, command: 'dismiss-member', input: {} },
    async (tx, member) => {
      await keepingAdministrator(() => recordLeft(tx, member.staffId));
      await clearSecondFactors(tx, member.staffId);
      await withdrawLivingInvitations(tx, member.phone);
      await endSessionsOf(tx, { staffId: member.staffId });
      return { staffId: member.staffId, role: member.role, isActive: false };
    },
  );
}

/** A lost phone: what he had opens nothing any more, and an invitation lets him enrol anew. */
export function resetSecondFactor(
  deps: StaffDeps,
  administrator: StaffIdentity,
  asked: MemberCommand,
): Promise<MemberChanged> {
  return onMember(
    deps,
    administrator,
    { ...asked, command: 'reset-second-factor', input: {} },
    async (tx, member) => {
      const { staffId, phone, name, role } = member;
      await clearSecondFactors(tx, staffId);
      await endSessionsOf(tx, { staffId });
      const invitedBy = administrator.staffId;
      await invite(tx, deps, { invitationId: asked.operationId, phone, name, role, staffId, invitedBy });
      return { staffId, role, isActive: true };
    },
  );
}

async function onMember(
  deps: StaffDeps,
  administrator: StaffIdentity,
  asked: MemberCommand & { readonly command: string; readonly input: Readonly<Record<string, unknown>> },
  work: (tx: Tx, member: StaffRow) => Promise<MemberChanged>,
): Promise<MemberChanged> {
  const { operationId, staffId, command, input } = asked;
  const target = `staff ${staffId}`;
  const changed = await runStaffCommand(
    deps.db,
    administrator,
    { operationId, command, target, input },
    async (tx) => {
      if (staffId === administrator.staffId) fail('staff_own_account');
      return work(tx, (await lockActiveStaff(tx, staffId)) ?? fail('not_found'));
    },
  );
  deps.sessions.refresh({ staffId });
  return changed;
}

async function keepingAdministrator(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (violatedConstraint(error) === 'staff_last_administrator') fail('staff_last_administrator');
    throw error;
  }
}
