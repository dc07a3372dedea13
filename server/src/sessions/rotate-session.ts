/**
 * Gives a living session a new token; its id, and with it the forms that are open, stay. The token before goes on
 * until the new one has been used (an answer may get lost) and seconds longer, for requests that are on their way.
 */
import type { Tx } from '../db.ts';
import { readSettings } from '../settings/open-settings.ts';
import type { SessionDeps } from './open-sessions.ts';
import { rotateDueSession, rotateSteppedUp, type SessionsOf } from './queries.ts';
import { hashSessionToken, newSessionToken } from './session-token.ts';
import type { StartedSession } from './start-session.ts';

export interface RotatedSession {
  readonly session: StartedSession;
  readonly of: SessionsOf;
}

/** For a session that is due; null when it is not, or when another request was first. Never fails a request. */
export async function rotateSession(
  { db, settings, log }: SessionDeps,
  token: string,
): Promise<RotatedSession | null> {
  const shownHash = hashSessionToken(token);
  if (shownHash === null) return null;
  const next = newToken();
  try {
    const row = await rotateDueSession(db, { shownHash, newHash: next.hash, ...settings.current() });
    if (row === null) return null;
    const { kind, personId, leftMs: maxAgeMs } = row;
    const of = kind === 'player' ? { playerId: personId } : { staffId: personId };
    return { session: { token: next.token, kind, maxAgeMs }, of };
  } catch (error) {
    log.warn({ err: error }, 'sessions: not rotated');
    return null;
  }
}

/** In the transaction that has just seen a second factor. The token before dies within seconds, and is not stepped up. */
export async function stepUpSession(
  tx: Tx,
  session: { readonly kind: 'player' | 'staff'; readonly sessionId: string },
): Promise<StartedSession | null> {
  const { sessionGraceMs: graceMs } = await readSettings(tx);
  const next = newToken();
  const row = await rotateSteppedUp(tx, { sessionId: session.sessionId, newHash: next.hash, graceMs });
  return row === null ? null : { token: next.token, kind: session.kind, maxAgeMs: row.leftMs };
}

function newToken(): { readonly token: string; readonly hash: Buffer } {
  const token = newSessionToken();
  return { token, hash: hashSessionToken(token) ?? Buffer.alloc(0) };
}
