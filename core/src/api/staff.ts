/** The office's people: invitations, roles, second factors. */
import { Type } from 'typebox';
import { type Contract, Instant, OperationId, staffRoles, strict, Uuid } from './contract.ts';
import { CodeSent, StaffView } from './people.ts';

const administrator = ['administrator'] as const;
export const RoleSchema = Type.Enum([...staffRoles]);
export const InvitationToken = Type.String({ minLength: 20, maxLength: 120, pattern: '^[\\w.-]+$' });
const Digits = Type.String({ pattern: '^[0-9]{6}$' });
const EnrolToken = Type.String({ minLength: 20, maxLength: 1_000 });
const Command = strict({ operationId: OperationId });
const StaffId = strict({ staffId: Uuid });

export const MemberView = strict({
  staffId: Uuid,
  name: Type.String(),
  role: RoleSchema,
  maskedPhone: Type.String(),
  isActive: Type.Boolean(),
  hasTotp: Type.Boolean(),
  passkeyCount: Type.Integer(),
  joinedAt: Instant,
  lastUsedAt: Type.Union([Instant, Type.Null()]),
});

export const InvitationView = strict({
  invitationId: Uuid,
  name: Type.String(),
  role: RoleSchema,
  maskedPhone: Type.String(),
  invitedBy: Type.String(),
  expiresAt: Instant,
});

const MemberChanged = strict({ staffId: Uuid, role: RoleSchema, isActive: Type.Boolean() });
const onMember = ['not_found', 'staff_own_account', 'operation_id_reused'] as const;

export const staffContract = {
  'GET /staff/members': {
    caller: administrator,
    summary: 'Who is in the office, and who is invited.',
    reply: strict({ members: Type.Array(MemberView), invitations: Type.Array(InvitationView) }),
    errors: [],
  },
  'POST /staff/invitations': {
    caller: administrator,
    summary: 'Invites somebody: a link by text message. A second one takes the place of the first.',
    stepUp: true,
    body: strict({
      operationId: OperationId,
      phone: Type.String({ minLength: 6, maxLength: 24 }),
      name: Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }),
      role: RoleSchema,
    }),
    status: 201,
    reply: strict({ invitationId: Uuid, expiresAt: Instant }),
    errors: ['phone_invalid', 'phone_taken', 'operation_id_reused'],
  },
  'POST /staff/invitations/:invitationId/withdraw': {
    caller: administrator,
    summary: 'An invitation that was not taken up stops serving.',
    params: strict({ invitationId: Uuid }),
    body: Command,
    reply: strict({ invitationId: Uuid }),
    errors: ['not_found', 'invitation_over', 'operation_id_reused'],
  },
  'POST /staff/members/:staffId/role': {
    caller: administrator,
    summary: 'Another role. His sessions end at once.',
    stepUp: true,
    params: StaffId,
    body: strict({ operationId: OperationId, role: RoleSchema }),
    reply: MemberChanged,
    errors: [...onMember, 'staff_last_administrator'],
  },
  'POST /staff/members/:staffId/dismiss': {
    caller: administrator,
    summary: 'He has left: his sessions end and nothing of his opens anything.',
    stepUp: true,
    params: StaffId,
    body: Command,
    reply: MemberChanged,
    errors: [...onMember, 'staff_last_administrator'],
  },
  'POST /staff/members/:staffId/second-factor/reset': {
    caller: administrator,
    summary: 'His second factors open nothing any more; an invitation lets him enrol anew.',
    stepUp: true,
    params: StaffId,
    body: Command,
    reply: MemberChanged,
    errors: onMember,
  },
  'POST /staff/invitations/show': {
    caller: 'anyone',
    summary: 'What an invitation’s link is for.',
    body: strict({ token: InvitationToken }),
    reply: strict({
      name: Type.String(),
      role: RoleSchema,
      invitedBy: Type.String(),
      maskedPhone: Type.String(),
      expiresAt: Instant,
    }),
    errors: ['not_found'],
  },
  'POST /staff/invitations/code': {
    caller: 'anyone',
    summary: 'Sends a one-time code to the invited phone.',
    body: strict({ token: InvitationToken }),
    status: 202,
    reply: CodeSent,
    errors: ['not_found', 'code_too_soon', 'code_too_many_failures', 'sms_unavailable'],
  },
  'POST /staff/invitations/phone': {
    caller: 'anyone',
    summary: 'Shows the phone by its code, and gets the secret for the app.',
    body: strict({ token: InvitationToken, code: Digits }),
    reply: strict({ enrolToken: Type.String(), secret: Type.String(), uri: Type.String() }),
    errors: ['not_found', 'code_wrong', 'code_too_many_failures', 'sign_up_expired'],
  },
  'POST /staff/invitations/take': {
    caller: 'anyone',
    summary: 'Types a first code of the app: the account is made, and logged in.',
    body: strict({ token: InvitationToken, enrolToken: EnrolToken, totp: Digits }),
    status: 201,
    reply: StaffView,
    errors: ['not_found', 'code_wrong', 'code_too_many_failures', 'sign_up_expired', 'phone_taken'],
  },
} as const satisfies Contract;
