import { sessionValidityMs } from '#core/settings.ts';
import type { Tx } from '../db.ts';
import { endSessionRow, insertSession } from './queries.ts';
import { hashSessionToken, newSessionToken } from './session-token.ts';

export interface StartedSession {
  readonly token: string;
  readonly kind: 'player' | 'staff';
}

/** Starts a session at log-in. The one that the same browser had before ends with it. */
export async function startSession(
  tx: Tx,
  session: {
    readonly kind: 'player' | 'staff';
    readonly personId: string;
    readonly replaces: string | null;
  },
): Promise<StartedSession> {
  const token = newSessionToken();
  const tokenHash = hashSessionToken(token);
  if (tokenHash === null) throw new Error('a new token has no hash');
  const before = session.replaces === null ? null : hashSessionToken(session.replaces);
  if (before !== null) await endSessionRow(tx, before);
  await insertSession(tx, { ...session, tokenHash, validityMs: sessionValidityMs[session.kind] });
  return { token, kind: session.kind };
}

export async function endSession(tx: Tx, token: string): Promise<void> {
  const tokenHash = hashSessionToken(token);
  if (tokenHash !== null) await endSessionRow(tx, tokenHash);
}
