import type { Tx } from '../db.ts';
import { readSettings } from '../settings/open-settings.ts';
import { endOldestSessions, endSessionRow, insertSession, lockPerson } from './queries.ts';
import { hashSessionToken, newSessionToken } from './session-token.ts';

export interface StartedSession {
  readonly token: string;
  readonly kind: 'player' | 'staff';
  /** How long the browser keeps the cookie. */
  readonly maxAgeMs: number;
}

/** Starts a session at log-in. The one that the same browser had before ends with it; of too many, the oldest too. */
export async function startSession(
  tx: Tx,
  session: {
    readonly kind: 'player' | 'staff';
    readonly personId: string;
    /** The bound device of a player. */
    readonly deviceId?: string | null;
    readonly replaces: string | null;
  },
): Promise<StartedSession> {
  const { kind, personId } = session;
  const settings = await readSettings(tx);
  const maxAgeMs = kind === 'player' ? settings.playerSessionMaxMs : settings.staffSessionMaxMs;
  const token = newSessionToken();
  const tokenHash = hashSessionToken(token);
  if (tokenHash === null) throw new Error('a new token has no hash');
  await lockPerson(tx, kind, personId);
  const before = session.replaces === null ? null : hashSessionToken(session.replaces);
  if (before !== null) await endSessionRow(tx, before);
  await insertSession(tx, {
    kind,
    personId,
    tokenHash,
    deviceId: session.deviceId ?? null,
    validityMs: maxAgeMs,
  });
  const of = kind === 'player' ? { playerId: personId } : { staffId: personId };
  await endOldestSessions(tx, of, 'browser', settings.sessionsPersonMax);
  return { token, kind, maxAgeMs };
}

export async function endSession(tx: Tx, token: string): Promise<void> {
  const tokenHash = hashSessionToken(token);
  if (tokenHash !== null) await endSessionRow(tx, tokenHash);
}
