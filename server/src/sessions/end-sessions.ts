/** Ends sessions other than by logging out: somebody's choice, or what has to follow from something else. */
import { fail } from '#core/errors.ts';
import { type Actor, type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { Seen, StaffIdentity } from '../http.ts';
import type { Log } from '../log.ts';
import type { SessionStore } from './open-sessions.ts';
import {
  endOneSession,
  endSessionRows,
  endSessionRowsOfDevice,
  isStaff,
  type SessionRow,
  type SessionsOf,
} from './queries.ts';
import { placeOf } from './seen.ts';

/**
 * Ends every session of a person, `except` one, in the transaction of what it follows from: another PIN or number, a
 * role that changed, a ban, a closed account. After the commit the caller says so with `sessions.refresh(of)`; nodes
 * that hear nothing ask the database within a second. How many ended.
 */
export async function endSessionsOf(
  tx: Tx,
  of: SessionsOf & { readonly except?: string | undefined },
): Promise<number> {
  return (await endSessionRows(tx, of, of.except ?? null)).length;
}

/** Ends every session of a bound device that is taken away, in that transaction; then `sessions.refresh` as above. */
export async function endSessionsOfDevice(tx: Tx, deviceId: string): Promise<void> {
  await endSessionRowsOfDevice(tx, deviceId);
}

export type { SessionsOf } from './queries.ts';

interface Ending {
  readonly of: SessionsOf;
  readonly origin: Origin;
}

/** One of a person's own; false when it never was his. To end what has ended already changes nothing. */
export function endOwnSession(db: Db, asked: Ending & { readonly sessionId: string }): Promise<boolean> {
  const { of, sessionId, origin } = asked;
  return db.transaction(async (tx) => {
    if (!(await endOneSession(tx, of, sessionId))) return false;
    await recordEnding(tx, { actor: actorOf(of), target: `session ${sessionId}`, input: {}, origin });
    return true;
  });
}

/** All of a person's own, except the one he does it from. */
export function endOtherSessions(
  db: Db,
  asked: Ending & { readonly except: string },
): Promise<{ readonly endedCount: number }> {
  const { of, except, origin } = asked;
  return db.transaction(async (tx) => {
    const endedCount = await endSessionsOf(tx, { ...of, except });
    await recordEnding(tx, { actor: actorOf(of), target: 'other sessions', input: { endedCount }, origin });
    return { endedCount };
  });
}

/** All of a member of staff, by an administrator: a lost phone, somebody who left in anger. */
export async function endStaffSessions(
  { db, sessions }: { readonly db: Db; readonly sessions: Pick<SessionStore, 'refresh'> },
  administrator: StaffIdentity,
  staffId: string,
): Promise<{ readonly endedCount: number }> {
  const endedCount = await db.transaction(async (tx) => {
    if (!(await isStaff(tx, staffId))) return fail('not_found');
    const count = await endSessionsOf(tx, { staffId });
    await recordEnding(tx, {
      actor: { kind: 'staff', id: administrator.staffId },
      target: `staff ${staffId}`,
      input: { endedCount: count },
      origin: administrator.origin ?? null,
    });
    return count;
  });
  sessions.refresh({ staffId });
  return { endedCount };
}

/**
 * A token that had been replaced came back after its time: lost and found, or stolen. From the network where the
 * session is used it is only refused; from elsewhere two people have the session, and it ends.
 */
export async function endReplayedSession(
  { db, log }: { readonly db: Db; readonly log: Log },
  session: SessionRow,
  seen: Seen,
): Promise<void> {
  const place = placeOf(seen.address);
  if (session.place === null || session.place === place) return;
  const { playerId, staffId, sessionId } = session;
  const of = playerId !== null ? { playerId } : { staffId: staffId ?? '' };
  try {
    await db.transaction(async (tx) => {
      await endOneSession(tx, of, sessionId);
      await recordEnding(tx, {
        actor: { kind: 'system' },
        target: `session ${sessionId}`,
        input: { why: 'a replaced token came from elsewhere', of, place },
        origin: null,
      });
    });
  } catch (error) {
    log.error({ err: error, sessionId }, 'sessions: a replayed one was not ended');
  }
}

function actorOf(of: SessionsOf): Actor {
  return 'playerId' in of ? { kind: 'player', id: of.playerId } : { kind: 'staff', id: of.staffId };
}

function recordEnding(
  tx: Tx,
  ending: {
    readonly actor: Actor;
    readonly target: string;
    readonly input: object;
    readonly origin: Origin | null;
  },
): Promise<void> {
  return recordAudit(tx, { command: 'end-sessions', ...ending, outcome: 'done', operationId: null });
}
