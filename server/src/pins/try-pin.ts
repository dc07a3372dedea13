/**
 * Tries a PIN. Nobody comes here without a code just shown or a bound device: strangers cannot make anyone wait. Wrong
 * ones are counted where they were typed, and each fifth makes the next try wait twice as long; at the first wait the
 * owner is told.
 */
import { type Refusal, RefusalError, refusal } from '#core/errors.ts';
import type { SettingValues } from '#core/settings.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { SmsGateway } from '../sms/sms.ts';
import { pinBlockedMessage } from '../sms/texts.ts';
import { hashPin, isPin, isPinHashOutdated, type PinKeys } from './hash-pin.ts';
import {
  findPin,
  forgetPinFailures,
  lockPin,
  type PinRow,
  type PinSeat,
  recordPinFailure,
  replacePinHash,
} from './queries.ts';

export type { PinSeat } from './queries.ts';

export interface PinDeps {
  readonly db: Db;
  readonly secrets: { readonly pinKeys: PinKeys };
  readonly settings: { current(): SettingValues };
  readonly smsGateway: SmsGateway | null;
}

/**
 * Runs `then` in the transaction that found the PIN right. Both its refusals and a wrong PIN's are returned: what was
 * counted must be committed.
 */
export async function tryPin<T extends object>(
  deps: PinDeps,
  seat: PinSeat,
  pin: string,
  then: (tx: Tx) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const known = await findPin(deps.db, seat);
  if (known === null) return refusal('log_in_expired');
  const blocked = blockRefusal(known);
  if (blocked !== null) return blocked;
  const { pinKeys } = deps.secrets;
  // Outside the transaction: it takes its time by design.
  const isRight = await isPin(pinKeys, seat.playerId, pin, known.pinHash);
  const isOutdated = isRight && known.pinHash !== null && isPinHashOutdated(pinKeys, known.pinHash);
  const fresh = isOutdated ? await hashPin(pinKeys, seat.playerId, pin) : null;
  return deps.db.transaction(async (tx) => {
    const row = await lockPin(tx, seat);
    // Another PIN has been set meanwhile, or the device was taken away.
    if (row === null || row.pinHash !== known.pinHash) return refusal('log_in_expired');
    const blockedNow = blockRefusal(row);
    if (blockedNow !== null) return blockedNow;
    if (!isRight) return countFailure(tx, deps, seat, row);
    const outcome = await then(tx);
    if ('code' in outcome) return outcome;
    await forgetPinFailures(tx, seat);
    if (fresh !== null) await replacePinHash(tx, seat.playerId, fresh);
    return outcome;
  });
}

/** The same for who only has to show his PIN again: throws the refusal. */
export async function confirmPin(deps: PinDeps, seat: PinSeat, pin: string): Promise<void> {
  const outcome = await tryPin(deps, seat, pin, async () => ({ isRight: true }));
  if ('code' in outcome) throw new RefusalError(outcome);
}

async function countFailure(tx: Tx, deps: PinDeps, seat: PinSeat, row: PinRow): Promise<Refusal> {
  const { codeFailuresMax, codeFailuresForgottenMs, codeBlockMs, codeBlockMaxMs } = deps.settings.current();
  const isForgotten = row.failedAtMs !== null && row.nowMs - row.failedAtMs > codeFailuresForgottenMs;
  const failureCount = isForgotten ? 1 : row.failureCount + 1;
  const blocks = failureCount % codeFailuresMax === 0 ? failureCount / codeFailuresMax : 0;
  const blockMs = blocks === 0 ? 0 : Math.min(codeBlockMs * 2 ** Math.min(blocks - 1, 10), codeBlockMaxMs);
  await recordPinFailure(tx, seat, { failureCount, blockMs });
  if (blockMs === 0) return refusal('pin_wrong');
  if (blocks === 1) {
    await deps.smsGateway?.send(tx, { phone: row.phone, body: pinBlockedMessage, kind: 'security' });
  }
  await recordAudit(tx, {
    actor: { kind: 'system' },
    command: 'block-pin',
    target: `player ${seat.playerId}`,
    input: { seat: seat.kind, failureCount, blockMs },
    outcome: 'done',
    operationId: null,
    origin: null,
  });
  return refusal('pin_too_many_failures', { retryAfterS: blockMs / 1000 });
}

function blockRefusal({ blockedUntilMs, nowMs }: PinRow): Refusal | null {
  const leftMs = (blockedUntilMs ?? 0) - nowMs;
  return leftMs > 0 ? refusal('pin_too_many_failures', { retryAfterS: Math.ceil(leftMs / 1000) }) : null;
}
