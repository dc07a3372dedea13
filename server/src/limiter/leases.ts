/**
 * What this node may let through without asking the others. A lease comes from what all nodes count together
 * (memory/shared-counts.ts) and is counted here until it is used up or its window ends. One round trip at a time
 * carries what everybody waits for: thousands of people behind one address do not wait for one another.
 */
import { createHash } from 'node:crypto';
import type { CountGrant, SharedCounts } from '../memory/shared-counts.ts';

/** Of one window. Another ceiling makes another lease. */
interface Lease {
  readonly ceiling: number;
  readonly untilMs: number;
  left: number;
  /** Nothing remained for the others. */
  readonly isLast: boolean;
}

/** Those who wait for the next round trip with one key. Each is told how long to wait; 0: go on. */
interface Ask {
  readonly ceiling: number;
  readonly windowMs: number;
  readonly waiting: ((waitMs: number) => void)[];
}

const LEASES_MAX = 100_000;

export class Leases {
  readonly #counts: SharedCounts;
  readonly #now: () => number;
  readonly #leases = new Map<string, Lease>();
  #asks = new Map<string, Ask>();
  #isAsking = false;

  constructor(counts: SharedCounts, now: () => number) {
    this.#counts = counts;
    this.#now = now;
  }

  /** Takes one. Answers how many milliseconds to wait before the next try; 0: it was given. */
  async take(key: string, ceiling: number, windowMs: number): Promise<number> {
    return this.#use(key, ceiling) ?? this.#ask(key, ceiling, windowMs);
  }

  /** What the lease says; null when the others have to be asked. */
  #use(key: string, ceiling: number): number | null {
    const lease = this.#leases.get(key);
    if (lease === undefined || lease.ceiling !== ceiling || this.#now() >= lease.untilMs) return null;
    if (lease.left === 0) return lease.isLast ? lease.untilMs - this.#now() : null;
    lease.left -= 1;
    return 0;
  }

  #ask(key: string, ceiling: number, windowMs: number): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const known = this.#asks.get(key);
    if (known === undefined) this.#asks.set(key, { ceiling, windowMs, waiting: [resolve] });
    else known.waiting.push(resolve);
    if (!this.#isAsking) {
      this.#isAsking = true;
      setImmediate(() => void this.#askAll());
    }
    return promise;
  }

  async #askAll(): Promise<void> {
    const sent = [...this.#asks].filter(([key, ask]) => this.#isStillWaiting(key, ask));
    this.#asks = new Map();
    const askedAtMs = this.#now();
    const grants = sent.length === 0 ? [] : await this.#grantsOf(sent);
    for (const [index, [key, ask]] of sent.entries()) this.#settle(key, ask, askedAtMs, grants?.[index]);
    this.#isAsking = this.#asks.size > 0;
    if (this.#isAsking) setImmediate(() => void this.#askAll());
  }

  /** A lease that came while they waited may be enough for some of them. */
  #isStillWaiting(key: string, { ceiling, waiting }: Ask): boolean {
    for (let said = this.#use(key, ceiling); said !== null; said = this.#use(key, ceiling)) {
      waiting.shift()?.(said);
      if (waiting.length === 0) return false;
    }
    return true;
  }

  /** A store answers for its own faults; whatever else is wrong must not close the doors. */
  #grantsOf(sent: readonly (readonly [string, Ask])[]): Promise<CountGrant[] | null> {
    const asks = sent.map(([key, { ceiling, windowMs, waiting }]) => {
      return { key: hashSubject(key), ceiling, windowMs, wanted: waiting.length };
    });
    return this.#counts.take(asks).catch(() => null);
  }

  #settle(key: string, ask: Ask, askedAtMs: number, grant: CountGrant | undefined): void {
    const { ceiling, windowMs, waiting } = ask;
    const { granted, endsInMs } = grant ?? { granted: waiting.length, endsInMs: 0 };
    // Counted from before the ask: a lease never outlives the window it is of.
    const untilMs = askedAtMs + Math.min(endsInMs, windowMs);
    const waitMs = Math.max(1, untilMs - this.#now());
    for (const [index, tell] of waiting.entries()) tell(index < granted ? 0 : waitMs);
    const left = Math.max(0, granted - waiting.length);
    this.#leases.delete(key);
    this.#leases.set(key, { ceiling, untilMs, left, isLast: granted < waiting.length });
    for (const oldest of this.#leases.keys()) {
      if (this.#leases.size <= LEASES_MAX) break;
      this.#leases.delete(oldest);
    }
  }
}

/** Stores learn no phone and no address. */
function hashSubject(key: string): string {
  const [name = ''] = key.split(':');
  return `${name}:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
}
