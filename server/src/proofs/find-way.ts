/** The way from a bet to the published root of its market or pool. */
import { fail } from '#core/errors.ts';
import { inclusionPath, leafHash, type RootKind, rootOfPath } from '#core/proof.ts';
import { type Root, readChain, readRoot } from './list-roots.ts';
import { sha256 } from './sha256.ts';
import type { ProofReads } from './show-market-proof.ts';

export interface Way {
  readonly index: number;
  /** From the bottom, in hex. */
  readonly path: string[];
  /** The roots published since the bet was made, up to the one of its market or pool: the last. */
  readonly chain: Root[];
  readonly holds: boolean;
}

/** `chainNumber`: the last root before the bet. Refuses with `proof_not_yet`. */
export async function findWay(
  { db, trees }: ProofReads,
  { kind, subjectId }: { readonly kind: RootKind; readonly subjectId: number },
  bet: { readonly index: number; readonly leaf: Uint8Array; readonly chainNumber: number },
): Promise<Way> {
  const root = (await readRoot(db, kind, subjectId)) ?? fail('proof_not_yet');
  const { levels, leafCount } = await trees.treeOf(kind, subjectId);
  const { index, leaf, chainNumber } = bet;
  // A bet that came after the tree was made is in none.
  const path = index < leafCount ? inclusionPath(levels, index) : [];
  const way = { leafHash: leafHash(leaf, sha256), index, count: root.leafCount, path };
  const reached = rootOfPath(way, sha256);
  return {
    index,
    path: path.map((hash) => Buffer.from(hash).toString('hex')),
    chain: await readChain(db, chainNumber, root.number),
    holds: reached !== null && Buffer.from(reached).toString('hex') === root.root,
  };
}
