/** A member of staff shows the code of his app again: his session is stepped up. */
import { type Refusal, RefusalError, refusal } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { StaffIdentity } from '../http.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import type { StartedSession } from '../sessions/start-session.ts';
import { stepUp } from '../sessions/step-up.ts';
import { tryFactor } from '../sessions/try-factor.ts';
import { lockActiveStaff, recordTotpStep } from './queries.ts';
import { sealIfPlain } from './seal-totp.ts';
import { totpStep } from './totp.ts';
import { openStaffSecret } from './totp-secret.ts';

export async function confirmTotp(
  deps: PeopleDeps,
  person: StaffIdentity,
  asked: { readonly totp: string; readonly origin: Origin },
): Promise<StartedSession> {
  const { staffId } = person;
  const outcome = await deps.db.transaction(async (tx): Promise<StartedSession | Refusal> => {
    const staff = await lockActiveStaff(tx, staffId);
    if (staff === null) return refusal('log_in_required');
    const secret = openStaffSecret(deps.cipher, staff);
    let step: number | null = null;
    const refused = await tryFactor(tx, { phone: staff.phone, purpose: 'staff_log_in' }, async (nowMs) => {
      step = secret === null ? null : totpStep(secret, asked.totp, nowMs);
      return step !== null && step > staff.totpLastStep;
    });
    if (refused === null && step !== null) {
      await recordTotpStep(tx, staffId, step);
      await sealIfPlain(tx, deps.cipher, staff);
      return stepUp(tx, person, { factor: 'totp', origin: asked.origin });
    }
    const refusedCode = refused ?? refusal('code_wrong');
    await recordAudit(tx, {
      actor: { kind: 'staff', id: staffId },
      command: 'step-up',
      target: `session ${person.session.sessionId}`,
      input: { factor: 'totp' },
      outcome: refusedCode.code,
      operationId: null,
      origin: asked.origin,
    });
    return refusedCode;
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  deps.sessions.refresh({ staffId });
  return outcome;
}
