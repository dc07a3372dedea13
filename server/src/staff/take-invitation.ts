/**
 * Somebody takes up an invitation: he shows its phone by a code, is given a secret for his app, and types one code of
 * it. Only then is there an account.
 */
import type { StaffRole } from '#core/api/contract.ts';
import { fail, type Refusal, RefusalError, refusal } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { type CodeSent, sendCode, tryCode } from '../sessions/one-time-code.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { readSignedJson, signJson } from '../sessions/signed-text.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { tryFactor } from '../sessions/try-factor.ts';
import { findLastMessage } from '../sms/last-message.ts';
import { uuidV7 } from '../uuid.ts';
import { readInvitationToken } from './invitation-link.ts';
import {
  findInvitation,
  type InvitationRow,
  insertStaff,
  lockInvitation,
  recordInvitationSecret,
  recordInvitationUsed,
  recordReturn,
} from './queries.ts';
import type { StaffDeps } from './staff-deps.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';
import { openTotpSecret, sealTotpSecret } from './totp-secret.ts';

const PURPOSE = 'staff_invitation';
/** How long a shown phone waits for the app's first code. */
const ENROL_WITHIN_MS = 30 * 60_000;

export interface InvitationShown {
  readonly name: string;
  readonly role: StaffRole;
  readonly invitedBy: string;
  readonly maskedPhone: string;
  readonly expiresAt: string;
}

/** What the link says before anything is shown. A bad, used or late link is one that is not there. */
export async function showInvitation(deps: StaffDeps, token: string): Promise<InvitationShown> {
  const { name, role, invitedBy, phone, expiresAt } = await findLiving(deps, token);
  return { name, role, invitedBy, maskedPhone: maskPhone(phone), expiresAt: expiresAt.toISOString() };
}

export async function sendInvitationCode(
  deps: StaffDeps,
  asked: { readonly token: string; readonly origin: Origin },
): Promise<CodeSent> {
  const { phone } = await findLiving(deps, asked.token);
  return sendCode(deps, {
    phone,
    purpose: PURPOSE,
    host: deps.hosts.office,
    address: asked.origin.address,
  });
}

export interface PhoneShown {
  /** Signed: this browser has shown the phone. */
  readonly enrolToken: string;
}

export async function showInvitedPhone(
  deps: StaffDeps,
  asked: { readonly token: string; readonly code: string; readonly origin: Origin },
): Promise<PhoneShown> {
  const { invitationId, phone } = await findLiving(deps, asked.token);
  const { formKeys } = deps.secrets;
  const outcome = await deps.db.transaction(async (tx): Promise<PhoneShown | Refusal> => {
    const invitation = await lockLiving(tx, invitationId);
    const refused = await tryCode(tx, deps, { phone, purpose: PURPOSE, code: asked.code });
    await audit(tx, invitation, 'show-invited-phone', refused?.code ?? 'done', asked.origin);
    if (refused !== null) return refused;
    // Each time anew: what an earlier browser was given serves no more.
    const secret = sealTotpSecret(deps.cipher, invitationId, newTotpSecret());
    const nowMs = await recordInvitationSecret(tx, invitationId, secret);
    return { enrolToken: signJson(formKeys, 'enrol', { secret, untilMs: nowMs + ENROL_WITHIN_MS }) };
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  return outcome;
}

export interface Enrolment {
  readonly secret: string;
  /** What an authenticator app reads. */
  readonly uri: string;
}

/** The secret to enter into the app: for the browser that has shown the phone, and for nobody else. */
export async function showEnrolment(
  deps: StaffDeps,
  asked: { readonly token: string; readonly enrolToken: string },
): Promise<Enrolment> {
  const invitation = await findLiving(deps, asked.token);
  const secret = enrolledSecret(deps, invitation, asked.enrolToken);
  return { secret, uri: totpUri(secret, invitation.name) };
}

export interface TakenUp {
  readonly staff: { readonly staffId: string; readonly name: string; readonly role: StaffRole };
  readonly session: StartedSession;
}

export async function takeInvitation(
  deps: StaffDeps,
  asked: {
    readonly token: string;
    readonly enrolToken: string;
    readonly totp: string;
    readonly replaces: string | null;
    readonly origin: Origin;
  },
): Promise<TakenUp> {
  const { invitationId } = await findLiving(deps, asked.token);
  const outcome = await deps.db.transaction(async (tx): Promise<TakenUp | Refusal> => {
    const invitation = await lockLiving(tx, invitationId);
    const secret = enrolledSecret(deps, invitation, asked.enrolToken);
    let step: number | null = null;
    const refused = await tryFactor(tx, { phone: invitation.phone, purpose: PURPOSE }, async (nowMs) => {
      step = totpStep(secret, asked.totp, nowMs);
      return step !== null;
    });
    if (refused !== null || step === null) {
      await audit(tx, invitation, 'take-invitation', refused?.code ?? 'code_wrong', asked.origin);
      return refused ?? refusal('code_wrong');
    }
    const { staffId, role } = await admit(tx, deps, invitation, { secret, step });
    await recordInvitationUsed(tx, invitationId);
    await audit(tx, { ...invitation, staffId }, 'take-invitation', 'done', asked.origin);
    const session = await startSession(tx, { kind: 'staff', personId: staffId, replaces: asked.replaces });
    return { staff: { staffId, name: invitation.name, role }, session };
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  if (asked.replaces !== null) deps.sessions.forget(asked.replaces);
  return outcome;
}

/** A new member, or one who comes back or has a new phone in his pocket. */
async function admit(
  tx: Tx,
  deps: StaffDeps,
  { staffId: known, phone, name, role }: InvitationRow,
  factor: { readonly secret: string; readonly step: number },
): Promise<{ readonly staffId: string; readonly role: StaffRole }> {
  const staffId = known ?? uuidV7(Date.now());
  const member = {
    staffId,
    phone,
    name,
    role,
    totpSecret: sealTotpSecret(deps.cipher, staffId, factor.secret),
    totpLastStep: factor.step,
  };
  try {
    const roleNow = await (known === null ? insertStaff(tx, member) : recordReturn(tx, member));
    return { staffId, role: roleNow };
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'staff_and_players_apart' || constraint === 'staff_phone_once')
      return fail('phone_taken');
    throw error;
  }
}

/** Refuses with `sign_up_expired` when the phone was shown too long ago, or somebody has shown it again since. */
function enrolledSecret(deps: StaffDeps, invitation: InvitationRow, enrolToken: string): string {
  const said = readSignedJson(deps.secrets.formKeys, 'enrol', enrolToken);
  const isOurs = typeof said === 'object' && said !== null && 'secret' in said && 'untilMs' in said;
  if (!isOurs || said.secret !== invitation.totpSecret || Number(said.untilMs) < invitation.nowMs) {
    return fail('sign_up_expired');
  }
  return openTotpSecret(deps.cipher, invitation.invitationId, String(said.secret));
}

/** For the sandbox, which has no phones: the last message to the invited one. */
export async function lastInvitationMessage(deps: StaffDeps, token: string): Promise<string | null> {
  return findLastMessage(deps.db, (await findLiving(deps, token)).phone);
}

async function findLiving(deps: StaffDeps, token: string): Promise<InvitationRow> {
  const invitationId = readInvitationToken(deps.secrets.formKeys, token);
  const invitation = await findInvitation(deps.db, invitationId);
  return invitation?.isLiving === true ? invitation : fail('not_found');
}

async function lockLiving(tx: Tx, invitationId: string): Promise<InvitationRow> {
  const invitation = await lockInvitation(tx, invitationId);
  return invitation?.isLiving === true ? invitation : fail('not_found');
}

function audit(
  tx: Tx,
  { invitationId, staffId }: Pick<InvitationRow, 'invitationId' | 'staffId'>,
  command: string,
  outcome: string,
  origin: Origin,
): Promise<void> {
  return recordAudit(tx, {
    actor: staffId === null ? { kind: 'nobody' } : { kind: 'staff', id: staffId },
    command,
    target: `invitation ${invitationId}`,
    input: {},
    outcome,
    operationId: null,
    origin,
  });
}
