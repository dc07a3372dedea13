/**
 * Bearer tokens, for programs that cannot keep a cookie. The token only names a session and proves that we named it:
 * the session is a row like any other, listed, limited and ended in the same way within the same second.
 */
import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** Newest first: it signs; a token of an older one serves until it expires. */
export type BearerKeys = readonly string[];

export interface BearerClaims {
  readonly playerId: string;
  readonly sessionId: string;
}

const ALGORITHM = 'HS256';
const ISSUER = 'mbayar';

export async function signBearerToken(
  keys: BearerKeys,
  claims: BearerClaims & { readonly audience: string; readonly expiresAt: Date },
): Promise<string> {
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key for bearer tokens');
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, kid: nameOf(newest) })
    .setIssuer(ISSUER)
    .setAudience(claims.audience)
    .setSubject(claims.playerId)
    .setJti(claims.sessionId)
    .setExpirationTime(claims.expiresAt)
    .sign(Buffer.from(newest));
}

/** What a token of ours for this audience says; null for any other text. Whether the session lives is another question. */
export async function readBearerToken(
  keys: BearerKeys,
  audience: string,
  token: string,
): Promise<BearerClaims | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(keys, kid), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      requiredClaims: ['sub', 'jti', 'exp'],
    });
    const { sub: playerId, jti: sessionId } = payload;
    return playerId === undefined || sessionId === undefined ? null : { playerId, sessionId };
  } catch {
    // Forged, foreign, expired, or no token at all: it opens nothing, and why is nobody's business.
    return null;
  }
}

function keyOf(keys: BearerKeys, kid: string | undefined): Uint8Array {
  const key = keys.find((one) => nameOf(one) === kid);
  if (key === undefined) throw new Error('not one of our keys');
  return Buffer.from(key);
}

/** Says which key it is, and nothing about it. */
function nameOf(key: string): string {
  return createHash('sha256').update(`mbayar bearer key\n${key}`).digest('hex').slice(0, 8);
}
