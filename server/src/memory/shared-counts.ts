/**
 * What the nodes count together: how much of each window is used. A node takes what it needs now and, while much
 * remains, a little more to count by itself; all that is given out in a window never exceeds its ceiling.
 */

export interface CountAsk {
  /** Once in an ask of many. */
  readonly key: string;
  readonly ceiling: number;
  readonly windowMs: number;
  readonly wanted: number;
}

export interface CountGrant {
  /** Less than wanted: the window is used up. */
  readonly granted: number;
  /** When the window ends, on the clock of who counts, from its answer on. */
  readonly endsInMs: number;
}

export interface SharedCounts {
  /** The grants in the order of the asks; one round trip. */
  take(asks: readonly CountAsk[]): Promise<CountGrant[]>;
}

/** A node that keeps nearly nothing for itself leaves nearly everything to the others. */
export function leaseOf(remaining: number, wanted: number): number {
  if (remaining <= wanted) return Math.max(remaining, 0);
  return wanted + Math.floor((remaining - wanted) / 20);
}

const KEYS_MAX = 100_000;

/** Counts in this process alone: what is left when nobody else can be asked. */
export function openLocalCounts(now: () => number = () => performance.now()): SharedCounts {
  const windows = new Map<string, { readonly taken: number; readonly endsAtMs: number }>();
  const takeOne = ({ key, ceiling, windowMs, wanted }: CountAsk): CountGrant => {
    const known = windows.get(key);
    const isOpen = known !== undefined && now() < known.endsAtMs;
    const { taken, endsAtMs } = isOpen ? known : { taken: 0, endsAtMs: now() + windowMs };
    const granted = leaseOf(ceiling - taken, wanted);
    windows.delete(key);
    windows.set(key, { taken: taken + granted, endsAtMs });
    for (const oldest of windows.keys()) {
      if (windows.size <= KEYS_MAX) break;
      windows.delete(oldest);
    }
    return { granted, endsInMs: endsAtMs - now() };
  };
  return { take: async (asks) => asks.map(takeOne) };
}
