/**
 * What nodes share beside the database's tables. It only makes things faster, refuses earlier or tells sooner: whatever
 * happens to it, no request hangs or fails because of it, and no money depends on it.
 */
import type { Fanout } from './fanout.ts';
import type { SharedCounts } from './shared-counts.ts';

export interface SharedMemory extends Fanout {
  /** For rate limits. While the store is away each node counts by itself. */
  readonly counts: SharedCounts;
  /** What one node has read a moment ago, for the others. Null: this store keeps nothing, ask the database. */
  readonly beliefs: SharedBeliefs | null;
  close(): Promise<void>;
}

export interface Belief {
  readonly value: string;
  /** How long it may still be held for true, from before it was asked for. */
  readonly leftMs: number;
}

/**
 * Values that count from before the database was asked for them, on the store's own clock: a slow store makes them
 * shorter, never older.
 */
export interface SharedBeliefs {
  /** The beliefs in the order of the keys, and the instant to give to `keep` with what is read after this. */
  recall(keys: readonly string[]): Promise<Recollection>;
  /** Never waits, never fails. */
  keep(
    since: StoreInstant,
    entries: readonly { readonly key: string; readonly value: string; readonly forMs: number }[],
  ): void;
}

export interface Recollection {
  readonly beliefs: readonly (Belief | null)[];
  readonly since: StoreInstant;
}

/** Milliseconds on the store's clock; null: it was away, and nothing is kept. */
export type StoreInstant = number | null;
