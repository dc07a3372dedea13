/**
 * Records when and from where sessions are used: at most once a minute each, in sets, off the request's path. What is
 * lost with a crash is a minute of somebody's idle time.
 */
import type { Seen } from '../http.ts';
import type { Log } from '../log.ts';
import type { SessionUse } from './queries.ts';
import { wordsOf } from './seen.ts';

export interface SessionUses {
  note(use: { readonly sessionId: string; readonly tokenHash: Buffer; readonly seen: Seen }): void;
  /** Writes what was noted so far. */
  flush(): Promise<void>;
}

const FLUSH_AFTER_MS = 500;
/** More than this at once are noted again at their next request. */
const PENDING_MAX = 20_000;

export function openSessionUses(
  record: (uses: readonly SessionUse[]) => Promise<void>,
  log: Pick<Log, 'warn'>,
): SessionUses {
  let pending = new Map<string, SessionUse>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const uses = [...pending.values()];
    pending = new Map();
    if (uses.length === 0) return;
    await record(uses).catch((error: unknown) => log.warn({ err: error }, 'sessions: uses not recorded'));
  };
  const flush = () => {
    flushing = flushing.then(write);
    return flushing;
  };
  return {
    note: ({ sessionId, tokenHash, seen }) => {
      if (pending.size >= PENDING_MAX) return;
      pending.set(sessionId, { sessionId, tokenHash, ...wordsOf(seen) });
      timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
    },
    flush,
  };
}
