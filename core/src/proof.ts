/**
 * Proof of what was bet at the close: a Merkle tree over the duels of a market, RFC 6962 shape.
 *
 * leaf hash = SHA-256(0x00 ‖ leaf bytes), node hash = SHA-256(0x01 ‖ left ‖ right), split at the largest power of
 * two below the size; the empty tree is SHA-256(""). The hash function is handed in: core has no I/O and no crypto.
 */
import type { Side } from './market.ts';
import type { Xof } from './money.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export interface LeafDuel {
  readonly marketId: number;
  readonly seq: number;
  /** 16 bytes of the duel's id. */
  readonly id: Uint8Array;
  readonly makerSide: Side;
  readonly stakeAXof: Xof;
  readonly stakeBXof: Xof;
  readonly madeAtMs: number;
  /** 16 random bytes: without them a leaf cannot be guessed from its stakes. */
  readonly salt: Uint8Array;
}

export const LEAF_BYTES = 1 + 4 + 8 + 16 + 1 + 8 + 8 + 8 + 16;
const LEAF_VERSION = 1;

/**
 * Fixed bytes of a duel, big endian: version 1 · market 4 · seq 8 · id 16 · maker side 1 (0x41 or 0x42) ·
 * stake A 8 · stake B 8 · made at 8 (milliseconds, UTC) · salt 16.
 */
export function leafBytes(duel: LeafDuel): Uint8Array {
  if (duel.id.length !== 16 || duel.salt.length !== 16) throw new RangeError('id and salt are 16 bytes');
  const bytes = new Uint8Array(LEAF_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, LEAF_VERSION);
  view.setUint32(1, duel.marketId);
  view.setBigUint64(5, BigInt(duel.seq));
  bytes.set(duel.id, 13);
  view.setUint8(29, duel.makerSide.charCodeAt(0));
  view.setBigUint64(30, BigInt(duel.stakeAXof));
  view.setBigUint64(38, BigInt(duel.stakeBXof));
  view.setBigUint64(46, BigInt(duel.madeAtMs));
  bytes.set(duel.salt, 54);
  return bytes;
}

/** Root of the tree over these leaves, in their order (the duels' seq). */
export function merkleRoot(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  let level = leaves.map((leaf) => sha256(prefixed(0x00, leaf)));
  // Pairing neighbours and carrying the odd one up gives the same tree as RFC 6962's recursive split.
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left !== undefined) next.push(right === undefined ? left : sha256(prefixed(0x01, left, right)));
    }
    level = next;
  }
  const [root] = level;
  if (root === undefined) throw new Error('a tree without a root');
  return root;
}

function prefixed(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((length, part) => length + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
