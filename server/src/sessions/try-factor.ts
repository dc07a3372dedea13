/**
 * Tries a second factor alone, in a session that lives. Wrong ones count with the wrong codes of the same phone: who has
 * a session gets no more guesses than who logs in.
 */
import { type Refusal, refusal } from '#core/errors.ts';
import type { Tx } from '../db.ts';
import { readSettings } from '../settings/open-settings.ts';
import { type CodePurpose, lockCode, recordCodeFailure, recordCodeUse } from './queries.ts';

/** Null when it is right. A refusal is returned, not thrown: what it counted must be committed. */
export async function tryFactor(
  tx: Tx,
  of: { readonly phone: string; readonly purpose: CodePurpose },
  isRight: (nowMs: number) => Promise<boolean>,
): Promise<Refusal | null> {
  const rules = await readSettings(tx);
  const row = await lockCode(tx, of.phone, of.purpose);
  const leftMs = (row.blockedUntilMs ?? 0) - row.nowMs;
  if (leftMs > 0) return refusal('code_too_many_failures', { retryAfterS: Math.ceil(leftMs / 1000) });
  if (await isRight(row.nowMs)) {
    await recordCodeUse(tx, of.phone, of.purpose);
    return null;
  }
  const failureCount = row.failureCount + 1;
  const rounds = failureCount % rules.codeFailuresMax === 0 ? failureCount / rules.codeFailuresMax : 0;
  const blockMs =
    rounds === 0 ? 0 : Math.min(rules.codeBlockMs * 2 ** Math.min(rounds - 1, 10), rules.codeBlockMaxMs);
  await recordCodeFailure(tx, { ...of, failureCount, blockMs });
  return blockMs > 0
    ? refusal('code_too_many_failures', { retryAfterS: blockMs / 1000 })
    : refusal('code_wrong');
}
