/**
 * A person in the office proposes and another of compliance decides, each with a reason: what hands an account over
 * takes two, or one of them could take it. To refuse takes one. What was claimed freezes the account only when somebody
 * proposes to follow it.
 */
import { type CaseDecision, mayDecide } from '#core/account-case.ts';
import { fail } from '#core/errors.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { removeDevices } from '../devices/remove-device.ts';
import type { StaffIdentity } from '../http.ts';
import { forgetPin } from '../pins/set-pin.ts';
import { changePhone, freezePayouts, givePhoneUp, unfreezePayouts } from '../players/freeze-payouts.ts';
import { tellPlayer } from '../players/notices.ts';
import { holdPayouts } from '../players/payout-hold.ts';
import { endSessionsOf } from '../sessions/end-sessions.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { phoneChangedMessage, pinResetMessage } from '../sms/texts.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type CaseRow, lockCase, recordDecision, recordOpened, recordProposal } from './queries.ts';

export interface CaseCommand {
  readonly operationId: string;
  readonly caseId: string;
  readonly decision: CaseDecision;
  readonly reason: string;
}

export function proposeDecision(
  deps: PeopleDeps,
  staff: StaffIdentity,
  { operationId, caseId, decision, reason }: CaseCommand,
): Promise<{ readonly caseId: string }> {
  const input = { decision, reason };
  const asked = { operationId, command: 'propose-account-case', target: `case ${caseId}`, input };
  return runStaffCommand(deps.db, staff, asked, async (tx) => {
    const found = await lockFitting(tx, caseId, decision);
    if (found.state === 'claimed' && found.playerId !== null && decision !== 'refuse') {
      await follow(tx, found.caseId, found.playerId);
    }
    await recordProposal(tx, caseId, { proposal: decision, reason, staffId: staff.staffId });
    return { caseId };
  });
}

export async function decideCase(
  deps: PeopleDeps,
  staff: StaffIdentity,
  { operationId, caseId, decision, reason }: CaseCommand,
): Promise<{ readonly caseId: string; readonly playerId: string | null }> {
  const input = { decision, reason };
  const asked = { operationId, command: 'decide-account-case', target: `case ${caseId}`, input };
  const decided = await runStaffCommand(deps.db, staff, asked, async (tx) => {
    const found = await lockFitting(tx, caseId, decision);
    const { playerId } = found;
    if (decision !== 'refuse') requireSecondPerson(found, decision, staff);
    await recordDecision(tx, caseId, { decision, reason, staffId: staff.staffId });
    if (playerId !== null && (decision !== 'refuse' || found.state === 'open')) {
      await carryOut(tx, deps, { ...found, playerId }, decision);
    }
    return { caseId, playerId };
  });
  if (decided.playerId !== null) deps.sessions.refresh({ playerId: decided.playerId });
  return decided;
}

function requireSecondPerson(found: CaseRow, decision: CaseDecision, staff: StaffIdentity): void {
  if (found.proposal !== decision) fail('case_not_proposed');
  if (found.proposedById === staff.staffId) fail('same_person');
}

async function lockFitting(tx: Tx, caseId: string, decision: CaseDecision): Promise<CaseRow> {
  const found = (await lockCase(tx, caseId)) ?? fail('not_found');
  if (found.state === 'decided') fail('case_decided');
  const { kind, playerId, newPhone } = found;
  if (!mayDecide(decision, { kind, hasPlayer: playerId !== null, hasNewPhone: newPhone !== null }))
    fail('decision_does_not_fit');
  return found;
}

async function follow(tx: Tx, caseId: string, playerId: string): Promise<void> {
  try {
    await tx.attempt(() => recordOpened(tx, caseId));
  } catch (error) {
    if (violatedConstraint(error) === 'account_case_open_once') return fail('case_already_open');
    throw error;
  }
  await freezePayouts(tx, playerId);
  await tellPlayer(tx, { playerId, kind: 'case_opened', detail: '', exceptDeviceId: null });
}

async function carryOut(
  tx: Tx,
  deps: PeopleDeps,
  { playerId, phone, newPhone }: CaseRow & { readonly playerId: string },
  decision: CaseDecision,
): Promise<void> {
  if (decision === 'release_phone') await givePhoneUp(tx, playerId);
  if (decision === 'reset_pin') await forgetPin(tx, playerId);
  if (decision === 'change_phone' && newPhone !== null) {
    await changePhone(tx, playerId, newPhone);
    for (const to of [phone, newPhone]) {
      await deps.smsGateway?.send(tx, { phone: to, body: phoneChangedMessage(newPhone), kind: 'security' });
    }
  }
  if (decision === 'reset_pin' || decision === 'change_phone') {
    await removeDevices(tx, playerId);
    await endSessionsOf(tx, { playerId });
    const holdMs = deps.settings.current().newDeviceHoldMs;
    await holdPayouts(tx, { playerId, reason: 'access', holdMs });
  }
  if (decision === 'reset_pin') {
    await deps.smsGateway?.send(tx, { phone, body: pinResetMessage, kind: 'security' });
  }
  await unfreezePayouts(tx, playerId);
  await tellPlayer(tx, { playerId, kind: 'case_decided', detail: decision, exceptDeviceId: null });
}
