/**
 * One-time codes by text message: six random digits, for one purpose, for some minutes, for one use. Wrong codes are
 * counted per phone and not forgotten by a new code; how many are sent is capped per address, phone and country. A
 * known and an unknown phone get the same answer after the same work.
 */
import { randomInt, timingSafeEqual } from 'node:crypto';
import { fail, type Refusal, refusal } from '#core/errors.ts';
import { codeDigits, type SettingValues } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Settings } from '../settings/open-settings.ts';
import type { SmsGateway } from '../sms/sms.ts';
import { codeMessage } from '../sms/texts.ts';
import {
  type CodePurpose,
  type CodeRow,
  lockCode,
  recordCodeFailure,
  recordCodeUse,
  replaceCode,
} from './queries.ts';
import { callingCodeOf, homeCallingCode } from './read-phone.ts';
import { type Keys, macOf, newestOf } from './signed-text.ts';

export interface CodeDeps {
  readonly db: Db;
  readonly settings: Settings;
  readonly limiter: Limiter;
  readonly secrets: { readonly codeKeys: Keys };
  /** Who gets messages; null when there is no way to send any. */
  readonly smsGateway: SmsGateway | null;
}

export interface CodeRequest {
  /** In E.164, as `readPhone` gives it. */
  readonly phone: string;
  readonly purpose: CodePurpose;
  /** The host whose pages may fill the code in. */
  readonly host: string;
  /** Who asks. */
  readonly address: string;
}

export interface CodeSent {
  readonly sent: true;
  readonly expiresAt: string;
  readonly resendAfterS: number;
}

/** Sends a code in place of the one before. `mayReceive` says, in the transaction, whether a message really goes out. */
export async function sendCode(
  deps: CodeDeps,
  request: CodeRequest,
  mayReceive: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<CodeSent> {
  const { smsGateway } = deps;
  if (smsGateway === null) return fail('sms_unavailable');
  await takeLimits(deps.limiter, request);
  const rules = deps.settings.current();
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  return deps.db.transaction(async (tx) => {
    const row = await lockCode(tx, request.phone, request.purpose);
    const blocked = blockRefusal(row);
    if (blocked !== null) return fail('code_too_many_failures', blocked);
    const waitMs = resendWaitMs(row, rules);
    if (waitMs > 0) fail('code_too_soon', { retryAfterS: Math.ceil(waitMs / 1000) });
    const usefulMs = rules.codeValidityMs;
    const codeHash = hashCode(newestOf(deps.secrets.codeKeys), request, code);
    const expiresAt = await replaceCode(tx, { ...request, codeHash, validityMs: usefulMs });
    if (await mayReceive(tx)) {
      const body = codeMessage(code, request.host, usefulMs);
      await smsGateway.send(tx, { phone: request.phone, body, kind: 'code', usefulMs });
    }
    const isQuick = row.sendCount + 1 < rules.codeSendsMax;
    const nextWaitMs = isQuick ? rules.codeResendAfterMs : rules.codeResendSlowlyMs;
    return { sent: true, expiresAt: expiresAt.toISOString(), resendAfterS: nextWaitMs / 1000 };
  });
}

/** Messages cost money, and some numbers pay who has them called: the address first, so that it spends no one's share. */
async function takeLimits(limiter: Limiter, { phone, address }: CodeRequest): Promise<void> {
  await limiter.take('codesFromAddress', address);
  await limiter.take('codesOfPhone', phone);
  const callingCode = callingCodeOf(phone);
  await limiter.take(
    callingCode === homeCallingCode ? 'codesToHomePrefix' : 'codesToForeignPrefix',
    callingCode,
  );
}

export interface CodeAttempt {
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly code: string;
}

/**
 * Tries a code: null when it is right, and then it is used up. A refusal is returned, not thrown: what it counted
 * must be committed. `andAlso` is a second factor; a failure of either is counted and answered alike.
 */
export async function tryCode(
  tx: Tx,
  deps: Pick<CodeDeps, 'settings' | 'secrets'>,
  attempt: CodeAttempt,
  andAlso: (nowMs: number) => Promise<boolean> = async () => true,
): Promise<Refusal | null> {
  const rules = deps.settings.current();
  const row = await lockCode(tx, attempt.phone, attempt.purpose);
  const blocked = blockRefusal(row);
  if (blocked !== null) return refusal('code_too_many_failures', blocked);
  const isCodeRight = isLive(row) && isCode(deps.secrets.codeKeys, row.codeHash, attempt);
  const isSecondRight = await andAlso(row.nowMs);
  if (isCodeRight && isSecondRight) {
    await recordCodeUse(tx, attempt.phone, attempt.purpose);
    return null;
  }
  const forgotten = row.failedAtMs !== null && row.nowMs - row.failedAtMs > rules.codeFailuresForgottenMs;
  const failureCount = forgotten ? 1 : row.failureCount + 1;
  const blockMs = failureCount % rules.codeFailuresMax === 0 ? blockMsAfter(failureCount, rules) : 0;
  await recordCodeFailure(tx, { ...attempt, failureCount, blockMs });
  return blockMs > 0
    ? refusal('code_too_many_failures', { retryAfterS: blockMs / 1000 })
    : refusal('code_wrong');
}

/** The first wait is short, each further one twice as long, up to the longest. */
function blockMsAfter(failureCount: number, rules: SettingValues): number {
  const doublings = Math.min(failureCount / rules.codeFailuresMax - 1, 10);
  return Math.min(rules.codeBlockMs * 2 ** doublings, rules.codeBlockMaxMs);
}

function isLive(row: CodeRow): row is CodeRow & { readonly codeHash: Buffer } {
  return row.codeHash !== null && row.expiresAtMs !== null && row.nowMs < row.expiresAtMs;
}

function blockRefusal(row: CodeRow): { retryAfterS: number } | null {
  const leftMs = (row.blockedUntilMs ?? 0) - row.nowMs;
  return leftMs > 0 ? { retryAfterS: Math.ceil(leftMs / 1000) } : null;
}

/** A code that was used leaves no reason to wait for the next. */
function resendWaitMs(row: CodeRow, rules: SettingValues): number {
  if (row.codeHash === null || row.sentAtMs === null) return 0;
  const paceMs = row.sendCount < rules.codeSendsMax ? rules.codeResendAfterMs : rules.codeResendSlowlyMs;
  return row.sentAtMs + paceMs - row.nowMs;
}

function isCode(codeKeys: Keys, codeHash: Buffer, attempt: CodeAttempt): boolean {
  return codeKeys.some((key) => timingSafeEqual(codeHash, hashCode(key, attempt, attempt.code)));
}

function hashCode(codeKey: string, of: { phone: string; purpose: string }, code: string): Buffer {
  return macOf(codeKey, 'one-time code', `${of.purpose}\n${of.phone}\n${code}`);
}
