/** Time-based codes of staff (RFC 6238: SHA-1, 6 digits, 30 s), as every authenticator app makes them. */
import { Secret, TOTP } from 'otpauth';

const STEP_MS = 30_000;

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The step of time that this code belongs to, one step early or late allowed; null when it is wrong. */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: 1 });
  return delta === null ? null : Math.floor(nowMs / STEP_MS) + delta;
}

/**
 * A code that is accepted now: of this step, or of the next one when this step's code has served already. (Both
 * served: there is none before the next half minute.)
 */
export function totpCodeAfter(secret: string, lastStep: number, nowMs: number): string {
  const step = Math.floor(nowMs / STEP_MS);
  const free = Math.min(Math.max(step, lastStep + 1), step + 1);
  return totpOf(secret).generate({ timestamp: free * STEP_MS });
}

/** What an authenticator app reads, as text or as a QR code. */
export function totpUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

function totpOf(secret: string, label = 'Mbayar'): TOTP {
  return new TOTP({ issuer: 'Mbayar', label, secret: Secret.fromBase32(secret) });
}
