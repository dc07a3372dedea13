/**
 * The tokens between a checked code and what comes next: signed, for one purpose, for some minutes. A sign-up token
 * serves once because a phone has one account; a log-in token because a log-in makes all earlier ones void.
 */
import { readClock } from '../clock.ts';
import type { Tx } from '../db.ts';
import { type Keys, readSignedJson, signJson } from '../sessions/signed-text.ts';

export async function signUpTokenOf(tx: Tx, keys: Keys, phone: string, validityMs: number): Promise<string> {
  const untilMs = (await readClock(tx)).getTime() + validityMs;
  return signJson(keys, 'sign-up', { phone, untilMs });
}

/** The checked phone, or null when the token is not ours or its time is over at `nowMs`. */
export function phoneOfSignUpToken(keys: Keys, token: string, nowMs: number): string | null {
  const said = readSignedJson(keys, 'sign-up', token);
  if (typeof said !== 'object' || said === null || !('phone' in said) || !('untilMs' in said)) return null;
  return Number(said.untilMs) > nowMs ? String(said.phone) : null;
}

export interface LogInToken {
  readonly playerId: string;
  /** The number whose code was shown. */
  readonly phone: string;
  readonly madeAtMs: number;
}

export async function logInTokenOf(
  tx: Tx,
  keys: Keys,
  shown: { readonly playerId: string; readonly phone: string },
): Promise<string> {
  const madeAtMs = (await readClock(tx)).getTime();
  return signJson(keys, 'log-in', { ...shown, madeAtMs });
}

/** Who showed a code, or null when the token is not ours. Whether it still serves is `mayLogIn`'s question. */
export function readLogInToken(keys: Keys, token: string): LogInToken | null {
  const said = readSignedJson(keys, 'log-in', token);
  if (typeof said !== 'object' || said === null) return null;
  if (!('playerId' in said) || !('phone' in said) || !('madeAtMs' in said)) return null;
  return {
    playerId: String(said.playerId),
    phone: String(said.phone),
    madeAtMs: Number(said.madeAtMs),
  };
}
