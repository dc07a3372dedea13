/**
 * What one node read of a session a moment ago serves the others, through the shared memory. It counts from before the
 * database was asked, on the store's clock: whatever happens to the store, nothing lives there longer than the second
 * for which this node would have believed it.
 */
import type { SharedBeliefs } from '../memory/shared-memory.ts';
import type { SessionRow } from './queries.ts';
import { type Keys, readSignedJson, signJson } from './signed-text.ts';

/** A row, and how long ago the database was asked for it; just now unless said. */
export type FoundRow = SessionRow & { readonly ageMs?: number };

/** The living ones among these. What is older than `ageMaxMs` was asked for before a change that this node knows. */
export type FindSessions = (tokenHashes: readonly Buffer[], ageMaxMs: number) => Promise<FoundRow[]>;

export interface ShareOptions {
  readonly find: (tokenHashes: readonly Buffer[]) => Promise<SessionRow[]>;
  /** Null: the store keeps nothing. */
  readonly beliefs: SharedBeliefs | null;
  /** Signs what is kept: who can write to the store makes no session of his own. */
  readonly keys: Keys;
  readonly believedMs: number;
}

const PURPOSE = 'session belief';

export function shareSessions({ find, beliefs, keys, believedMs }: ShareOptions): FindSessions {
  if (beliefs === null) return find;
  return async (tokenHashes, ageMaxMs) => {
    const names = tokenHashes.map((hash) => `session:${hash.toString('base64url')}`);
    const { beliefs: recalled, since } = await beliefs.recall(names);
    const known: FoundRow[] = [];
    const unknown: Buffer[] = [];
    for (const [index, tokenHash] of tokenHashes.entries()) {
      const belief = recalled[index] ?? null;
      const ageMs = belief === null ? believedMs : believedMs - belief.leftMs;
      const row = belief !== null && ageMs >= 0 && ageMs < ageMaxMs ? readRow(keys, belief.value) : null;
      if (row?.tokenHash.equals(tokenHash) === true) known.push({ ...row, ageMs });
      else unknown.push(tokenHash);
    }
    if (unknown.length === 0) return known;
    const found = await find(unknown);
    const kept = found.filter(isQuiet).map((row) => {
      const tokenHash = row.tokenHash.toString('base64url');
      return {
        key: `session:${tokenHash}`,
        value: signJson(keys, PURPOSE, { ...row, tokenHash }),
        forMs: believedMs,
      };
    });
    beliefs.keep(since, kept);
    return [...known, ...found];
  };
}

/** Whoever finds one of the others has something to do about it, once. */
function isQuiet({ isReplayed, isRotationDue, isUseDue }: SessionRow): boolean {
  return !isReplayed && !isRotationDue && !isUseDue;
}

function readRow(keys: Keys, signed: string): SessionRow | null {
  const value = readSignedJson(keys, PURPOSE, signed);
  if (value === null) return null;
  // Signed by a node of the same version: its shape is a row's, with the hash as text.
  const row = value as Omit<SessionRow, 'tokenHash'> & { readonly tokenHash: string };
  return { ...row, tokenHash: Buffer.from(row.tokenHash, 'base64url') };
}
