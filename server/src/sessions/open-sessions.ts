/**
 * Whose session a cookie opens, cheap enough for every request. What the database said is believed for a second at
 * most, counted from before it was asked; look-ups of one turn of the event loop share one query. Only sessions that
 * live are remembered, so that made-up cookies fill nothing.
 */
import type { Db } from '../db.ts';
import type { Origins, PlayerIdentity, Seen, Sessions, StaffIdentity } from '../http.ts';
import type { Log } from '../log.ts';
import type { SharedMemory } from '../memory/shared-memory.ts';
import type { Settings } from '../settings/open-settings.ts';
import { type BearerKeys, readBearerToken } from './bearer-token.ts';
import { endReplayedSession } from './end-sessions.ts';
import { findLivingSessions, recordUses, type SessionRow, type SessionsOf } from './queries.ts';
import { rotateSession } from './rotate-session.ts';
import { hashProgramSession, hashSessionToken } from './session-token.ts';
import { openSessionUses } from './session-uses.ts';
import { type FindSessions, shareSessions } from './share-sessions.ts';
import type { Keys } from './signed-text.ts';

export interface SessionStore extends Sessions {
  /** Ends what is believed of a session at once; nodes that do not hear of it ask again within a second. */
  forget(token: string): void;
  /** After a commit that ended or changed this person's sessions: every node asks the database again at once. */
  refresh(of: SessionsOf): void;
  /** Writes down the uses that are noted, and stops. */
  close(): Promise<void>;
}

export interface SessionDeps {
  readonly db: Db;
  readonly settings: Settings;
  readonly log: Log;
  /** Milliseconds that only go forward; tests move them. */
  readonly now?: () => number;
}

export interface OpenSessionsDeps extends SessionDeps {
  readonly memory: SharedMemory;
  readonly secrets: { readonly formKeys: Keys; readonly bearerKeys: BearerKeys };
  readonly origins: Origins;
}

export interface SessionCache extends Pick<SessionStore, 'findPlayer' | 'findStaff' | 'refresh'> {
  /** Whose it was, as far as is known here. */
  forget(token: string): Identity | null;
  findProgram(sessionId: string, seen: Seen): Promise<PlayerIdentity | null>;
}

export interface SessionCacheOptions {
  /** The living ones among these. */
  readonly find: FindSessions;
  /** Told of each living session that was found, and awaited for a replaced token that came back. */
  readonly onUsed?: (row: SessionRow, seen: Seen) => void;
  readonly onReplayed?: (row: SessionRow, seen: Seen) => Promise<void>;
  readonly now?: () => number;
  readonly believedMs?: number;
  readonly sizeMax?: number;
}

type Identity = PlayerIdentity | StaffIdentity;

interface Believed {
  readonly identity: Identity;
  readonly untilMs: number;
}

interface Waiting {
  readonly tokenHash: Buffer;
  readonly seen: Seen;
  readonly answer: PromiseWithResolvers<Identity | null>;
}

/** How long the word of the database is good. */
const BELIEVED_MS = 1_000;
/** The queries of one turn carry at most this many sessions each. */
const BATCH_MAX = 1_000;
const nowhere: Seen = { address: '', userAgent: '' };

export function openSessions(deps: OpenSessionsDeps): SessionStore {
  const { db, settings, memory, log, now } = deps;
  const uses = openSessionUses((all) => recordUses(db, all, settings.current().sessionGraceMs), log);
  const cache = openSessionCache({
    find: shareSessions({
      find: (tokenHashes) => findLivingSessions(db, tokenHashes, settings.current()),
      beliefs: memory.beliefs,
      keys: deps.secrets.formKeys,
      believedMs: BELIEVED_MS,
    }),
    onUsed: (row, seen) => {
      const { sessionId, tokenHash } = row;
      if (row.isUseDue) uses.note({ sessionId, tokenHash, seen });
    },
    onReplayed: (row, seen) => endReplayedSession(deps, row, seen),
    ...(now === undefined ? {} : { now }),
  });
  // Heard here at once, and by the other nodes a moment later.
  const endHearing = memory.subscribe('sessions-changed', cache.refresh);
  const refresh = (of: SessionsOf) => memory.publish('sessions-changed', of);
  return {
    ...cache,
    refresh,
    forget: (token) => {
      const identity = cache.forget(token);
      if (identity !== null) refresh(personOf(identity));
    },
    findBearer: async (token, seen) => {
      const claims = await readBearerToken(deps.secrets.bearerKeys, deps.origins.player, token);
      const player = claims === null ? null : await cache.findProgram(claims.sessionId, seen);
      return player?.playerId === claims?.playerId ? player : null;
    },
    rotate: async (token) => {
      const rotated = await rotateSession(deps, token);
      // What is believed of the old token says that it is to be replaced.
      if (rotated !== null) refresh(rotated.of);
      return rotated?.session ?? null;
    },
    close: () => {
      endHearing();
      return uses.flush();
    },
  };
}

export function openSessionCache(options: SessionCacheOptions): SessionCache {
  const { now = () => performance.now() } = options;
  const beliefs = openBeliefs(now, options.believedMs ?? BELIEVED_MS, options.sizeMax ?? 100_000);
  let waiting = new Map<string, Waiting>();

  async function find(tokenHash: Buffer | null, seen: Seen): Promise<Identity | null> {
    if (tokenHash === null) return null;
    const key = tokenHash.toString('base64url');
    const known = beliefs.of(key);
    if (known !== null) return known;
    const asked = waiting.get(key);
    if (asked !== undefined) return asked.answer.promise;
    const answer = Promise.withResolvers<Identity | null>();
    if (waiting.size === 0) setImmediate(askAll);
    waiting.set(key, { tokenHash, seen, answer });
    return answer.promise;
  }

  function askAll(): void {
    const all = [...waiting];
    waiting = new Map();
    for (let i = 0; i < all.length; i += BATCH_MAX) void ask(all.slice(i, i + BATCH_MAX));
  }

  async function ask(batch: readonly (readonly [string, Waiting])[]): Promise<void> {
    const askedAtMs = now();
    try {
      const found = await options.find(
        batch.map(([, { tokenHash }]) => tokenHash),
        beliefs.ageMaxMs(askedAtMs),
      );
      const rows = new Map(found.map((row) => [row.tokenHash.toString('base64url'), row]));
      for (const [key, { answer, seen }] of batch) {
        const row = rows.get(key);
        if (row?.isReplayed === true) {
          answer.resolve(options.onReplayed?.(row, seen).then(() => null) ?? null);
          continue;
        }
        if (row !== undefined) options.onUsed?.(row, seen);
        answer.resolve(
          beliefs.keep(key, row === undefined ? null : identityOf(row), askedAtMs - (row?.ageMs ?? 0)),
        );
      }
    } catch (error) {
      for (const [, { answer }] of batch) answer.reject(error);
    }
  }

  return {
    findPlayer: async (cookie, seen = nowhere) => {
      const identity = await find(hashSessionToken(cookie), seen);
      return identity?.kind === 'player' && !identity.session.isProgram ? identity : null;
    },
    findProgram: async (sessionId, seen) => {
      const identity = await find(hashProgramSession(sessionId), seen);
      return identity?.kind === 'player' && identity.session.isProgram === true ? identity : null;
    },
    findStaff: async (cookie, seen = nowhere) => {
      const identity = await find(hashSessionToken(cookie), seen);
      return identity?.kind === 'staff' ? identity : null;
    },
    forget: (token) => {
      const key = hashSessionToken(token)?.toString('base64url');
      return key === undefined ? null : beliefs.end(key);
    },
    refresh: (of) => beliefs.refresh(of),
  };
}

/** What this node holds for true, and for how long. */
function openBeliefs(now: () => number, believedMs: number, sizeMax: number) {
  const believed = new Map<string, Believed>();
  /** Sessions that ended here while a look-up of them may be on its way, and until when to remember that. */
  const ended = new Map<string, number>();
  /** What was asked before this may be older than a change made here. */
  let refreshedAtMs = Number.NEGATIVE_INFINITY;

  return {
    of: (key: string): Identity | null => {
      const known = believed.get(key);
      return known !== undefined && now() < known.untilMs ? known.identity : null;
    },
    /** An older answer may be from before a change made here. */
    ageMaxMs: (askedAtMs: number): number => askedAtMs - refreshedAtMs,
    /** Takes an answer in, and says what it is worth. */
    keep: (key: string, answer: Identity | null, askedAtMs: number): Identity | null => {
      const identity = ended.has(key) ? null : answer;
      believed.delete(key);
      if (identity === null || askedAtMs <= refreshedAtMs) return identity;
      believed.set(key, { identity, untilMs: askedAtMs + believedMs });
      // The oldest answer goes first; it would be asked for again anyway.
      for (const oldest of believed.keys()) {
        if (believed.size <= sizeMax) break;
        believed.delete(oldest);
      }
      return identity;
    },
    end: (key: string): Identity | null => {
      const known = believed.get(key)?.identity ?? null;
      believed.delete(key);
      for (const [oldest, untilMs] of ended) {
        if (now() < untilMs) break;
        ended.delete(oldest);
      }
      ended.set(key, now() + 60_000);
      return known;
    },
    refresh: (of: SessionsOf): void => {
      refreshedAtMs = now();
      for (const [key, { identity }] of believed) if (isOf(identity, of)) believed.delete(key);
    },
  };
}

function personOf(identity: Identity): SessionsOf {
  return identity.kind === 'player' ? { playerId: identity.playerId } : { staffId: identity.staffId };
}

function isOf(identity: Identity, of: SessionsOf): boolean {
  if (identity.kind === 'player') return 'playerId' in of && identity.playerId === of.playerId;
  return 'staffId' in of && identity.staffId === of.staffId;
}

function identityOf(row: SessionRow): Identity | null {
  const { playerId, pseudonym, accountId, isTest, staffId, staffName: name, role, deviceId } = row;
  const { sessionId, isSteppedUp, isRotationDue, isProgram } = row;
  const session = { sessionId, isSteppedUp, isRotationDue, isProgram };
  if (playerId !== null && pseudonym !== null && accountId !== null && isTest !== null) {
    return { kind: 'player', playerId, pseudonym, accountId, isTest, deviceId, session };
  }
  return staffId !== null && name !== null && role !== null
    ? { kind: 'staff', staffId, name, role, session }
    : null;
}
