/**
 * The token between a checked code and the sign-up form: it says, signed, which phone was checked and until when it
 * serves. It serves once, because a phone has one account.
 */
import { readClock } from '../clock.ts';
import type { Tx } from '../db.ts';
import { readSignedJson, signJson } from '../sessions/signed-text.ts';

export async function signUpTokenOf(tx: Tx, key: string, phone: string, validityMs: number): Promise<string> {
  const untilMs = (await readClock(tx)).getTime() + validityMs;
  return signJson(key, 'sign-up', { phone, untilMs });
}

/** The checked phone, or null when the token is not ours or its time is over at `nowMs`. */
export function phoneOfSignUpToken(key: string, token: string, nowMs: number): string | null {
  const said = readSignedJson(key, 'sign-up', token);
  if (typeof said !== 'object' || said === null || !('phone' in said) || !('untilMs' in said)) return null;
  return Number(said.untilMs) > nowMs ? String(said.phone) : null;
}
