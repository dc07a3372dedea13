/**
 * Opens a case. Who has shown the code of the account's number, or is logged in, freezes his account for money out at
 * once. Who has only another number can claim: that changes nothing, and gets the same answer whoever has the account.
 */
import type { CaseKind } from '#core/account-case.ts';
import { fail, type Refusal, RefusalError, refusal } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { confirmPin } from '../pins/try-pin.ts';
import { seatOf } from '../players/change-pin.ts';
import { freezePayouts } from '../players/freeze-payouts.ts';
import { findShownPlayer } from '../players/log-in-player.ts';
import { tellPlayer } from '../players/notices.ts';
import { type CodeSent, sendCode, tryCode } from '../sessions/one-time-code.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { caseOpenedMessage } from '../sms/texts.ts';
import { uuidV7 } from '../uuid.ts';
import { findKnownOfPlayer, insertOpenCase, upsertClaim } from './queries.ts';

/** After the code of the account's own number. */
export async function openCaseAtDoor(
  deps: PeopleDeps,
  asked: {
    readonly logInToken: string;
    readonly kind: Exclude<CaseKind, 'changed_number'>;
    readonly statement: string;
    readonly origin: Origin;
  },
): Promise<void> {
  await deps.limiter.take('logInsFromAddress', asked.origin.address);
  await deps.db.transaction(async (tx) => {
    const player = await findShownPlayer(tx, deps, asked.logInToken);
    if (player === null) return fail('log_in_expired');
    const { playerId, phone } = player;
    await open(tx, deps, { ...asked, playerId, phone, newPhone: null, exceptDeviceId: null });
  });
}

/** A logged-in player who has another number: shows his PIN, then the code that was sent there. */
export async function sendNewPhoneCode(
  deps: PeopleDeps,
  player: PlayerIdentity,
  asked: { readonly phone: string; readonly pin: string; readonly address: string },
): Promise<CodeSent> {
  const phone = readPhone(asked.phone);
  await confirmPin(deps, seatOf(player), asked.pin);
  const { address } = asked;
  return sendCode(deps, { phone, purpose: 'change_phone', host: deps.hosts.player, address });
}

export async function openNumberChange(
  deps: PeopleDeps,
  player: PlayerIdentity,
  asked: { readonly phone: string; readonly code: string; readonly origin: Origin },
): Promise<void> {
  const newPhone = readPhone(asked.phone);
  const outcome = await deps.db.transaction(async (tx): Promise<Refusal | null> => {
    const refused = await tryCode(tx, deps, { phone: newPhone, purpose: 'change_phone', code: asked.code });
    if (refused !== null) return refused;
    const { playerId, deviceId: exceptDeviceId } = player;
    const { phone } = await findKnownOfPlayer(tx, playerId);
    const { origin } = asked;
    const opened = { playerId, phone, newPhone, statement: '', origin, exceptDeviceId };
    await open(tx, deps, { ...opened, kind: 'changed_number' });
    return null;
  });
  if (outcome !== null) throw new RefusalError(outcome);
}

async function open(
  tx: Tx,
  deps: PeopleDeps,
  opened: {
    readonly kind: CaseKind;
    readonly playerId: string;
    readonly phone: string;
    readonly newPhone: string | null;
    readonly statement: string;
    readonly origin: Origin;
    readonly exceptDeviceId: string | null;
  },
): Promise<void> {
  const { playerId, phone, exceptDeviceId, kind } = opened;
  const caseId = uuidV7(Date.now());
  if (!(await insertOpenCase(tx, { ...opened, caseId })))
    throw new RefusalError(refusal('case_already_open'));
  await freezePayouts(tx, playerId);
  await tellPlayer(tx, { playerId, kind: 'case_opened', detail: '', exceptDeviceId });
  await deps.smsGateway?.send(tx, { phone, body: caseOpenedMessage, kind: 'security' });
  await recordAudit(tx, {
    actor: { kind: 'player', id: playerId },
    command: 'open-account-case',
    target: `case ${caseId}`,
    input: { kind },
    outcome: 'done',
    operationId: null,
    origin: opened.origin,
  });
}

/** The code of the number that somebody has now. */
export function sendClaimCode(
  deps: PeopleDeps,
  asked: { readonly phone: string; readonly address: string },
): Promise<CodeSent> {
  const { address } = asked;
  const phone = readPhone(asked.phone);
  return sendCode(deps, { phone, purpose: 'account_case', host: deps.hosts.player, address });
}

export async function claimNumber(
  deps: PeopleDeps,
  asked: {
    readonly phone: string;
    readonly code: string;
    readonly oldPhone: string;
    readonly statement: string;
    readonly origin: Origin;
  },
): Promise<void> {
  const newPhone = readPhone(asked.phone);
  const phone = readPhone(asked.oldPhone);
  await deps.limiter.take('logInsFromAddress', asked.origin.address);
  const outcome = await deps.db.transaction(async (tx): Promise<Refusal | null> => {
    const refused = await tryCode(tx, deps, { phone: newPhone, purpose: 'account_case', code: asked.code });
    if (refused !== null) return refused;
    const caseId = await upsertClaim(tx, {
      caseId: uuidV7(Date.now()),
      phone,
      newPhone,
      statement: asked.statement,
    });
    await recordAudit(tx, {
      actor: { kind: 'nobody' },
      command: 'claim-account',
      target: `case ${caseId ?? 'that waits'}`,
      input: {},
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
    return null;
  });
  if (outcome !== null) throw new RefusalError(outcome);
}
