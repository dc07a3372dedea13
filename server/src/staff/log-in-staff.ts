/** Staff log-in: phone, one-time code and TOTP, all three right at once. Which one was wrong is not told. */
import { type Refusal, RefusalError } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import { type CodeSent, sendCode, tryCode } from '../sessions/one-time-code.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { isActiveStaffPhone, lockActiveStaffByPhone, recordTotpStep, type StaffRow } from './queries.ts';
import { sealIfPlain } from './seal-totp.ts';
import { newTotpSecret, totpStep } from './totp.ts';
import { openStaffSecret } from './totp-secret.ts';

export function sendStaffCode(
  deps: PeopleDeps,
  asked: { readonly phone: string; readonly address: string },
): Promise<CodeSent> {
  const phone = readPhone(asked.phone);
  const request = {
    phone,
    purpose: 'staff_log_in',
    host: deps.hosts.office,
    address: asked.address,
  } as const;
  // A stranger's phone gets the same answer, and no message.
  return sendCode(deps, request, (tx) => isActiveStaffPhone(tx, phone));
}

export interface StaffLogIn {
  readonly phone: string;
  readonly code: string;
  readonly totp: string;
  readonly replaces: string | null;
  readonly origin: Origin;
}

interface LoggedIn {
  readonly staff: StaffRow;
  readonly session: StartedSession;
}

/** Stands in for the secret of nobody, so that an unknown phone costs the same work. */
const nobodysSecret = newTotpSecret();

export async function logInStaff(deps: PeopleDeps, asked: StaffLogIn): Promise<LoggedIn> {
  const phone = readPhone(asked.phone);
  const outcome = await deps.db.transaction(async (tx): Promise<LoggedIn | Refusal> => {
    const staff = await lockActiveStaffByPhone(tx, phone);
    const secret = staff === null ? null : openStaffSecret(deps.cipher, staff);
    let step: number | null = null;
    const attempt = { phone, purpose: 'staff_log_in', code: asked.code } as const;
    const refused = await tryCode(tx, deps, attempt, async (nowMs) => {
      step = totpStep(secret ?? nobodysSecret, asked.totp, nowMs);
      // Who has to enrol anew has none: nobody's secret opens nothing.
      return staff !== null && secret !== null && step !== null && step > staff.totpLastStep;
    });
    if (staff !== null) await recordLogIn(tx, staff.staffId, refused?.code ?? 'done', asked.origin);
    if (refused !== null) return refused;
    if (staff === null || step === null) throw new Error('logged in without staff');
    await recordTotpStep(tx, staff.staffId, step);
    await sealIfPlain(tx, deps.cipher, staff);
    const session = await startSession(tx, {
      kind: 'staff',
      personId: staff.staffId,
      replaces: asked.replaces,
    });
    return { staff, session };
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  if (asked.replaces !== null) deps.sessions.forget(asked.replaces);
  return outcome;
}

function recordLogIn(tx: Tx, staffId: string, outcome: string, origin: Origin): Promise<void> {
  return recordAudit(tx, {
    actor: { kind: 'staff', id: staffId },
    command: 'log-in-staff',
    target: `staff ${staffId}`,
    input: {},
    outcome,
    operationId: null,
    origin,
  });
}
