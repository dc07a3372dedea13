/**
 * Whose session a cookie opens, cheap enough for every request. What the database said is believed for a second at
 * most, counted from before it was asked; look-ups of one turn of the event loop share one query. Only sessions that
 * live are remembered, so that made-up cookies fill nothing.
 */

import type { Db } from '../db.ts';
import type { PlayerIdentity, Sessions, StaffIdentity } from '../http.ts';
import type { Settings } from '../settings/open-settings.ts';
import { findLivingSessions, type SessionRow } from './queries.ts';
import { hashSessionToken } from './session-token.ts';

export interface SessionStore extends Sessions {
  /** Ends what this node believes of a session at once; the other nodes ask again within a second. */
  forget(token: string): void;
}

export interface SessionCacheOptions {
  /** The living ones among these. */
  readonly find: (tokenHashes: readonly Buffer[]) => Promise<SessionRow[]>;
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
  readonly answer: PromiseWithResolvers<Identity | null>;
}

/** The queries of one turn carry at most this many sessions each. */
const BATCH_MAX = 1_000;

export function openSessions(deps: { readonly db: Db; readonly settings: Settings }): SessionStore {
  const { db, settings } = deps;
  return openSessionCache({
    find: (tokenHashes) => findLivingSessions(db, tokenHashes, settings.current().stepUpValidityMs),
  });
}

export function openSessionCache(options: SessionCacheOptions): SessionStore {
  const { now = () => performance.now(), believedMs = 1_000, sizeMax = 100_000 } = options;
  const believed = new Map<string, Believed>();
  let waiting = new Map<string, Waiting>();
  /** Sessions that ended here while a look-up of them may be on its way, and until when to remember that. */
  const ended = new Map<string, number>();

  async function find(token: string): Promise<Identity | null> {
    const tokenHash = hashSessionToken(token);
    if (tokenHash === null) return null;
    const key = tokenHash.toString('base64url');
    const known = believed.get(key);
    if (known !== undefined && now() < known.untilMs) return known.identity;
    const asked = waiting.get(key);
    if (asked !== undefined) return asked.answer.promise;
    const answer = Promise.withResolvers<Identity | null>();
    if (waiting.size === 0) setImmediate(askAll);
    waiting.set(key, { tokenHash, answer });
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
      const rows = await options.find(batch.map(([, { tokenHash }]) => tokenHash));
      const identities = new Map(rows.map((row) => [row.tokenHash.toString('base64url'), identityOf(row)]));
      for (const [key, { answer }] of batch) {
        const identity = ended.has(key) ? null : (identities.get(key) ?? null);
        believe(key, identity, askedAtMs);
        answer.resolve(identity);
      }
    } catch (error) {
      for (const [, { answer }] of batch) answer.reject(error);
    }
  }

  function believe(key: string, identity: Identity | null, askedAtMs: number): void {
    believed.delete(key);
    if (identity === null) return;
    believed.set(key, { identity, untilMs: askedAtMs + believedMs });
    // The oldest answer goes first; it would be asked for again anyway.
    for (const oldest of believed.keys()) {
      if (believed.size <= sizeMax) break;
      believed.delete(oldest);
    }
  }

  function forget(token: string): void {
    const key = hashSessionToken(token)?.toString('base64url');
    if (key === undefined) return;
    believed.delete(key);
    for (const [oldest, untilMs] of ended) {
      if (now() < untilMs) break;
      ended.delete(oldest);
    }
    ended.set(key, now() + 60_000);
  }

  return {
    findPlayer: async (cookie) => {
      const identity = await find(cookie);
      return identity?.kind === 'player' ? identity : null;
    },
    findStaff: async (cookie) => {
      const identity = await find(cookie);
      return identity?.kind === 'staff' ? identity : null;
    },
    forget,
  };
}

function identityOf(row: SessionRow): Identity | null {
  const sessionKey = row.tokenHash.toString('base64url');
  const { playerId, pseudonym, accountId, isTest, staffId, staffName: name, role, deviceId } = row;
  const session = { sessionId: row.sessionId, isSteppedUp: row.isSteppedUp };
  if (playerId !== null && pseudonym !== null && accountId !== null && isTest !== null) {
    return { kind: 'player', playerId, pseudonym, accountId, isTest, deviceId, session, sessionKey };
  }
  return staffId !== null && name !== null && role !== null
    ? { kind: 'staff', staffId, name, role, session, sessionKey }
    : null;
}
