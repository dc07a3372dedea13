/**
 * What nodes share beside the database's tables. It only makes things faster or refuses earlier: whatever happens to
 * it, no request hangs or fails because of it, and no money depends on it.
 */
import type { SharedCounts } from './shared-counts.ts';

export interface SharedMemory {
  /** For rate limits. While the store is away each node counts by itself. */
  readonly counts: SharedCounts;
  close(): Promise<void>;
}
