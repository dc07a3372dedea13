import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import { lockInvitation, recordInvitationWithdrawn } from './queries.ts';
import { runStaffCommand } from './run-staff-command.ts';
import type { StaffDeps } from './staff-deps.ts';

/** An invitation that has not been taken up stops serving. */
export function withdrawInvitation(
  { db }: Pick<StaffDeps, 'db'>,
  administrator: StaffIdentity,
  { operationId, invitationId }: { readonly operationId: string; readonly invitationId: string },
): Promise<{ readonly invitationId: string }> {
  const command = {
    operationId,
    command: 'withdraw-invitation',
    target: `invitation ${invitationId}`,
    input: {},
  };
  return runStaffCommand(db, administrator, command, async (tx) => {
    const invitation = (await lockInvitation(tx, invitationId)) ?? fail('not_found');
    if (!invitation.isLiving) fail('invitation_over');
    await recordInvitationWithdrawn(tx, invitationId);
    return { invitationId };
  });
}
