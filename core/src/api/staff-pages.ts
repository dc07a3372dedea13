/** The pages of the office's people. */
import { type Static, Type } from 'typebox';
import type { StaffRole } from './contract.ts';
import { strict, Uuid } from './contract.ts';
import { BackPath, type PageContract, SlipText } from './pages.ts';
import { InvitationToken, type InvitationView, type MemberView, RoleSchema } from './staff.ts';

const administrator = ['administrator'] as const;
const done = ['invitation', 'invitation-retiree', 'role', 'depart', 'second-facteur', 'sessions'] as const;
const StaffId = strict({ staffId: Uuid });
const Back = Type.Optional(BackPath);
const Phone = Type.String({ minLength: 6, maxLength: 24 });
const Digits = Type.String({ pattern: '^[0-9]{6}$' });
const Link = strict({ token: InvitationToken });
const Command = strict({ slip: SlipText });

export type StaffDone = (typeof done)[number];

export const officeStaffPages = {
  'GET /personnel': {
    caller: administrator,
    summary: 'Who is in the office, who is invited, and the form of an invitation.',
    query: strict({ fait: Type.Optional(Type.Enum([...done])) }),
  },
  'POST /personnel/invitations': {
    caller: administrator,
    summary: 'Invites somebody.',
    stepUp: true,
    form: strict({
      phone: Phone,
      name: Type.String({ minLength: 2, maxLength: 80 }),
      role: RoleSchema,
      slip: SlipText,
    }),
  },
  'POST /personnel/invitations/:invitationId/retirer': {
    caller: administrator,
    summary: 'Withdraws an invitation.',
    params: strict({ invitationId: Uuid }),
    form: Command,
  },
  'GET /personnel/:staffId': {
    caller: administrator,
    summary: 'One member, and what can be done with him.',
    params: StaffId,
    query: strict({ fait: Type.Optional(Type.Enum([...done])) }),
  },
  'POST /personnel/:staffId/role': {
    caller: administrator,
    summary: 'Gives another role.',
    stepUp: true,
    params: StaffId,
    form: strict({ role: RoleSchema, slip: SlipText }),
  },
  'POST /personnel/:staffId/depart': {
    caller: administrator,
    summary: 'He has left.',
    stepUp: true,
    params: StaffId,
    form: Command,
  },
  'POST /personnel/:staffId/second-facteur': {
    caller: administrator,
    summary: 'Resets his second factors and invites him to enrol anew.',
    stepUp: true,
    params: StaffId,
    form: Command,
  },
  'POST /personnel/:staffId/sessions': {
    caller: administrator,
    summary: 'Ends all his sessions.',
    stepUp: true,
    params: StaffId,
    form: Command,
  },
  'GET /invitation/:token': {
    caller: 'anyone',
    summary: 'An invitation: the phone’s code, then the app.',
    params: Link,
  },
  'POST /invitation/:token/code': {
    caller: 'anyone',
    summary: 'Sends a one-time code to the invited phone.',
    params: Link,
    form: strict({}),
  },
  'POST /invitation/:token/telephone': {
    caller: 'anyone',
    summary: 'Shows the phone by its code.',
    params: Link,
    form: strict({ code: Digits }),
  },
  'POST /invitation/:token/application': {
    caller: 'anyone',
    summary: 'Types a first code of the app: the account is made.',
    params: Link,
    form: strict({ totp: Digits }),
  },
} as const satisfies PageContract;

/** The office's door. */
export const officeLogInPages = {
  'GET /connexion': { caller: 'anyone', summary: 'Log-in: the phone.', query: strict({ suite: Back }) },
  'POST /connexion': {
    caller: 'anyone',
    summary: 'Sends a one-time code.',
    form: strict({ phone: Phone, suite: Back }),
  },
  'GET /connexion/code': { caller: 'anyone', summary: 'Log-in: the code received and the code of the app.' },
  'POST /connexion/code': {
    caller: 'anyone',
    summary: 'Logs in.',
    form: strict({ code: Digits, totp: Digits }),
  },
  'POST /deconnexion': { caller: 'staff', summary: 'Logs out.', form: strict({}) },
} as const satisfies PageContract;

export type Member = Static<typeof MemberView>;
export type Invitation = Static<typeof InvitationView> & {
  /** Whoever has it still needs the phone. */
  readonly link: string;
  readonly slip: string;
};

export interface OfficeStaffViews {
  readonly members: {
    readonly members: readonly Member[];
    readonly invitations: readonly Invitation[];
    readonly done: StaffDone | null;
    readonly slip: string;
  };
  readonly member: {
    readonly member: Member;
    /** Nobody manages himself. */
    readonly isSelf: boolean;
    readonly done: StaffDone | null;
    readonly slips: {
      readonly role: string;
      readonly dismiss: string;
      readonly reset: string;
      readonly sessions: string;
    };
  };
  readonly invitation: {
    readonly path: string;
    readonly name: string;
    readonly role: StaffRole;
    readonly invitedBy: string;
    readonly maskedPhone: string;
    /** A code was asked for from this browser. */
    readonly isCodeSent: boolean;
    /** The phone was shown by this browser: what goes into the app. */
    readonly enrolment: { readonly secret: string; readonly uri: string; readonly qr: string } | null;
    /** In the sandbox: the message that would have been sent, and what the app would show. */
    readonly hint: { readonly message: string | null; readonly totp: string | null } | null;
  };
}
