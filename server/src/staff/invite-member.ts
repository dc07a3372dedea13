/**
 * An administrator invites somebody into the office, or a member to enrol a second factor anew. A second invitation of
 * the same phone takes the place of the first.
 */
import type { StaffRole } from '#core/api/contract.ts';
import { fail } from '#core/errors.ts';
import { tidyText } from '#core/name.ts';
import { fingerprint } from '../data-cipher.ts';
import type { Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { maskPhone, readPhone } from '../sessions/read-phone.ts';
import { readSettings } from '../settings/open-settings.ts';
import { staffInvitationMessage } from '../sms/texts.ts';
import { invitationToken } from './invitation-link.ts';
import { findStaffByPhone, insertInvitation, isPlayerPhone, withdrawLivingInvitations } from './queries.ts';
import { runStaffCommand } from './run-staff-command.ts';
import type { StaffDeps } from './staff-deps.ts';

export interface InviteMember {
  readonly operationId: string;
  /** As typed. */
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
}

export interface Invited {
  readonly invitationId: string;
  readonly expiresAt: string;
}

export function inviteMember(
  deps: StaffDeps,
  administrator: StaffIdentity,
  { operationId, ...typed }: InviteMember,
): Promise<Invited> {
  const phone = readPhone(typed.phone);
  const name = tidyText(typed.name);
  const { role } = typed;
  const command = {
    operationId,
    command: 'invite-member',
    target: `invitation ${operationId}`,
    // The audit log holds no whole phone; the print still makes another phone another command.
    input: {
      name,
      role,
      phone: maskPhone(phone),
      print: fingerprint(deps.secrets.matchKey, 'phone', phone).toString('hex'),
    },
  };
  return runStaffCommand(deps.db, administrator, command, async (tx) => {
    const known = await findStaffByPhone(tx, phone);
    if (known?.state === 'active' || (await isPlayerPhone(tx, phone))) return fail('phone_taken');
    return invite(tx, deps, {
      invitationId: operationId,
      phone,
      name,
      role,
      // Who has left comes back as the same person.
      staffId: known?.staffId ?? null,
      invitedBy: administrator.staffId,
    });
  });
}

export async function invite(
  tx: Tx,
  deps: StaffDeps,
  invitation: Omit<Parameters<typeof insertInvitation>[1], 'validityMs'>,
): Promise<Invited> {
  const { staffInvitationValidityMs: validityMs } = await readSettings(tx);
  const { phone, invitationId } = invitation;
  await withdrawLivingInvitations(tx, phone);
  const { expiresAt } = await insertInvitation(tx, { ...invitation, validityMs });
  const body = staffInvitationMessage(linkOf(deps, invitationId));
  await deps.smsGateway?.send(tx, { phone, body, kind: 'security', usefulMs: validityMs });
  return { invitationId, expiresAt: expiresAt.toISOString() };
}

export function linkOf(deps: StaffDeps, invitationId: string): string {
  return `${deps.origins.office}/invitation/${invitationToken(deps.secrets.formKeys, invitationId)}`;
}
