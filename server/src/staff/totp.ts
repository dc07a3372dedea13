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

export function totpCode(secret: string, nowMs: number): string {
  return totpOf(secret).generate({ timestamp: nowMs });
}

/** What an authenticator app reads, as text or as a QR code. */
export function totpUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

function totpOf(secret: string, label = 'Mbayar'): TOTP {
  return new TOTP({ issuer: 'Mbayar', label, secret: Secret.fromBase32(secret) });
}
