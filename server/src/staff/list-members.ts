/** The office's people, for administrators: who is in, who is invited. */
import type { StaffRole } from '#core/api/contract.ts';
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { findAllMembers, findLivingInvitations, type MemberRow } from './queries.ts';

export interface MemberShown {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly maskedPhone: string;
  readonly isActive: boolean;
  readonly hasTotp: boolean;
  readonly passkeyCount: number;
  readonly joinedAt: string;
  /** Null: never, or not since the sessions were cleared away. */
  readonly lastUsedAt: string | null;
}

export interface InvitationLine {
  readonly invitationId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly maskedPhone: string;
  readonly invitedBy: string;
  readonly expiresAt: string;
}

export async function listMembers(db: Db): Promise<MemberShown[]> {
  return (await findAllMembers(db)).map(showMember);
}

export async function findMember(db: Db, staffId: string): Promise<MemberShown> {
  return (await listMembers(db)).find((member) => member.staffId === staffId) ?? fail('not_found');
}

export async function listInvitations(db: Db): Promise<InvitationLine[]> {
  return (await findLivingInvitations(db)).map(({ phone, expiresAt, ...invitation }) => ({
    ...invitation,
    maskedPhone: maskPhone(phone),
    expiresAt: expiresAt.toISOString(),
  }));
}

function showMember({ phone, joinedAt, lastUsedAt, ...member }: MemberRow): MemberShown {
  return {
    ...member,
    maskedPhone: maskPhone(phone),
    joinedAt: joinedAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
