/**
 * A circuit breaker: once a store has failed or was too slow nobody asks it again until it answers a probe, which
 * goes out beside the requests. So a dead store costs one wait, and then nothing.
 */
import type { Log } from '../log.ts';

export interface Breaker {
  /** What the store answers within the patience; or, while it is away, what to do instead. */
  run<T>(work: () => Promise<T>, instead: () => T | Promise<T>): Promise<T>;
  readonly isAway: boolean;
  close(): void;
}

export interface BreakerOptions {
  /** How the log calls the store. */
  readonly store: string;
  readonly log: Log;
  readonly patienceMs: number;
  readonly probe: () => Promise<unknown>;
  readonly probeEveryMs?: number;
}

export function openBreaker({
  store,
  log,
  patienceMs,
  probe,
  probeEveryMs = 1_000,
}: BreakerOptions): Breaker {
  let isAway = false;
  let timer: NodeJS.Timeout | undefined;

  function trip(error: unknown): void {
    if (isAway) return;
    isAway = true;
    log.warn({ err: error, store }, 'shared memory is away: this node goes on by itself');
    timer = setTimeout(look, probeEveryMs).unref();
  }

  async function look(): Promise<void> {
    try {
      await within(patienceMs, probe());
      isAway = false;
      log.warn({ store }, 'shared memory is back');
    } catch {
      timer = setTimeout(look, probeEveryMs).unref();
    }
  }

  return {
    get isAway() {
      return isAway;
    },
    run: async (work, instead) => {
      if (isAway) return instead();
      try {
        return await within(patienceMs, work());
      } catch (error) {
        trip(error);
        return instead();
      }
    },
    close: () => clearTimeout(timer),
  };
}

async function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  const tooSlow = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooSlow.reject(new Error(`no answer in ${patienceMs} ms`)), patienceMs);
  try {
    return await Promise.race([work, tooSlow.promise]);
  } finally {
    clearTimeout(timer);
  }
}
