/**
 * One-time codes by text message: six random digits, for one purpose, for ten minutes, for one use. Wrong codes are
 * counted per phone and not forgotten by a new code. A known and an unknown phone get the same answer after the same
 * work.
 */
import { randomInt, timingSafeEqual } from 'node:crypto';
import { fail, type Refusal, refusal } from '#core/errors.ts';
import { oneTimeCode as rules } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import {
  type CodePurpose,
  type CodeRow,
  lockCode,
  recordCodeFailure,
  recordCodeUse,
  replaceCode,
} from './queries.ts';
import { macOf } from './signed-text.ts';
import { codeMessage, type SmsGateway } from './sms.ts';

export interface CodeRequest {
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly codeKey: string;
  /** The host whose pages may fill the code in. */
  readonly host: string;
  /** Who gets messages; null when there is no way to send any. */
  readonly gateway: SmsGateway | null;
}

export interface CodeSent {
  readonly sent: true;
  readonly expiresAt: string;
  readonly resendAfterS: number;
}

/** Sends a code in place of the one before. `mayReceive` says, in the transaction, whether a message really goes out. */
export async function sendCode(
  db: Db,
  request: CodeRequest,
  mayReceive: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<CodeSent> {
  const { gateway } = request;
  if (gateway === null) return fail('sms_unavailable');
  const code = String(randomInt(10 ** rules.digits)).padStart(rules.digits, '0');
  return db.transaction(async (tx) => {
    const row = await lockCode(tx, request.phone, request.purpose);
    const blocked = blockRefusal(row);
    if (blocked !== null) return fail('code_too_many_failures', blocked);
    const waitMs = resendWaitMs(row);
    if (waitMs > 0) fail('code_too_soon', { retryAfterS: Math.ceil(waitMs / 1000) });
    const expiresAt = await replaceCode(tx, {
      ...request,
      codeHash: hashCode(request, code),
      validityMs: rules.validityMs,
    });
    if (await mayReceive(tx)) {
      await gateway.send(tx, { phone: request.phone, body: codeMessage(code, request.host) });
    }
    const nextWaitMs = row.sendCount + 1 < rules.sendsMax ? rules.resendAfterMs : rules.resendSlowlyMs;
    return { sent: true, expiresAt: expiresAt.toISOString(), resendAfterS: nextWaitMs / 1000 };
  });
}

export interface CodeAttempt {
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly codeKey: string;
  readonly code: string;
}

/**
 * Tries a code: null when it is right, and then it is used up. A refusal is returned, not thrown: what it counted
 * must be committed. `andAlso` is a second factor; a failure of either is counted and answered alike.
 */
export async function tryCode(
  tx: Tx,
  attempt: CodeAttempt,
  andAlso: (nowMs: number) => Promise<boolean> = async () => true,
): Promise<Refusal | null> {
  const row = await lockCode(tx, attempt.phone, attempt.purpose);
  const blocked = blockRefusal(row);
  if (blocked !== null) return refusal('code_too_many_failures', blocked);
  const isCodeRight = isLive(row) && timingSafeEqual(row.codeHash, hashCode(attempt, attempt.code));
  const isSecondRight = await andAlso(row.nowMs);
  if (isCodeRight && isSecondRight) {
    await recordCodeUse(tx, attempt.phone, attempt.purpose);
    return null;
  }
  const forgotten = row.failedAtMs !== null && row.nowMs - row.failedAtMs > rules.failuresForgottenMs;
  const failureCount = forgotten ? 1 : row.failureCount + 1;
  const blockMs = failureCount % rules.failuresMax === 0 ? blockMsAfter(failureCount) : 0;
  await recordCodeFailure(tx, { ...attempt, failureCount, blockMs });
  return blockMs > 0
    ? refusal('code_too_many_failures', { retryAfterS: blockMs / 1000 })
    : refusal('code_wrong');
}

/** Five minutes after the first five failures, then twice as long each time, an hour at most. */
function blockMsAfter(failureCount: number): number {
  const doublings = Math.min(failureCount / rules.failuresMax - 1, 10);
  return Math.min(rules.blockMs * 2 ** doublings, rules.blockMsMax);
}

function isLive(row: CodeRow): row is CodeRow & { readonly codeHash: Buffer } {
  return row.codeHash !== null && row.expiresAtMs !== null && row.nowMs < row.expiresAtMs;
}

function blockRefusal(row: CodeRow): { retryAfterS: number } | null {
  const leftMs = (row.blockedUntilMs ?? 0) - row.nowMs;
  return leftMs > 0 ? { retryAfterS: Math.ceil(leftMs / 1000) } : null;
}

/** A code that was used leaves no reason to wait for the next. */
function resendWaitMs(row: CodeRow): number {
  if (row.codeHash === null || row.sentAtMs === null) return 0;
  const paceMs = row.sendCount < rules.sendsMax ? rules.resendAfterMs : rules.resendSlowlyMs;
  return row.sentAtMs + paceMs - row.nowMs;
}

function hashCode(of: { phone: string; purpose: string; codeKey: string }, code: string): Buffer {
  return macOf(of.codeKey, 'one-time code', `${of.purpose}\n${of.phone}\n${code}`);
}
