/** A session for a program of a player: he names it, and gets the token that it carries. */
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../db.ts';
import type { Origins, PlayerIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import { type BearerKeys, signBearerToken } from './bearer-token.ts';
import { endOldestSessions, insertProgramSession, lockPerson } from './queries.ts';
import { hashProgramSession } from './session-token.ts';

export interface ProgramSessionDeps {
  readonly db: Db;
  readonly secrets: { readonly bearerKeys: BearerKeys };
  readonly origins: Origins;
}

export async function startProgramSession(
  deps: ProgramSessionDeps,
  player: PlayerIdentity,
  asked: { readonly label: string; readonly origin: Origin },
): Promise<{ readonly token: string; readonly sessionId: string; readonly expiresAt: string }> {
  const { playerId } = player;
  const sessionId = crypto.randomUUID();
  const expiresAt = await deps.db.transaction(async (tx) => {
    const { bearerValidityMs: validityMs, sessionsPersonMax } = await readSettings(tx);
    await lockPerson(tx, 'player', playerId);
    const made = await insertProgramSession(tx, {
      sessionId,
      tokenHash: hashProgramSession(sessionId),
      playerId,
      label: asked.label,
      validityMs,
    });
    await endOldestSessions(tx, { playerId }, 'program', sessionsPersonMax);
    await recordAudit(tx, {
      actor: { kind: 'player', id: playerId },
      command: 'start-program-session',
      target: `session ${sessionId}`,
      input: { label: asked.label },
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
    return made;
  });
  const { secrets, origins } = deps;
  const token = await signBearerToken(secrets.bearerKeys, {
    playerId,
    sessionId,
    audience: origins.player,
    expiresAt,
  });
  return { token, sessionId, expiresAt: expiresAt.toISOString() };
}
