import { createHash, randomBytes } from 'node:crypto';

/** A new session's token: 256 random bits, 43 characters of base64url. Only the cookie ever holds it. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token, or null for a text that cannot be one. */
export function hashSessionToken(token: string): Buffer | null {
  return /^[\w-]{43}$/.test(token) ? createHash('sha256').update(token).digest() : null;
}

/** What stands for a program's session where a browser's has the hash of its cookie. No cookie has this hash. */
export function hashProgramSession(sessionId: string): Buffer {
  return createHash('sha256').update(`program session ${sessionId}`).digest();
}
