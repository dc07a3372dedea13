/**
 * Proof of what was bet at the close: a Merkle tree over the duels of a market, or the tickets of a pool, RFC 6962 shape,
 * and the chain of all the roots that were ever published.
 *
 * leaf hash = SHA-256(0x00 ‖ leaf bytes), node hash = SHA-256(0x01 ‖ left ‖ right), split at the largest power of
 * two below the size; the empty tree is SHA-256(""). The hash function is handed in: core has no I/O and no crypto.
 */
import type { Side } from './market.ts';
import type { Xof } from './money.ts';

/** The file that holds a leaf and its way to the root. */
export const PROOF_FORMAT = 'mbayar-proof-1';

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
export const LEAF_VERSION = 1;

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

export interface LeafTicket {
  readonly poolId: number;
  readonly seq: number;
  /** 16 bytes of the ticket's id. */
  readonly id: Uint8Array;
  readonly stakeXof: Xof;
  readonly madeAtMs: number;
  /** 16 random bytes, as in a duel's leaf. */
  readonly salt: Uint8Array;
  /** "A-over-fall": one pick a leg, in the order of the legs. */
  readonly picks: string;
}

export const TICKET_LEAF_VERSION = 2;
const TICKET_LEAF_FIXED_BYTES = 1 + 4 + 8 + 16 + 8 + 8 + 16;

/**
 * Bytes of a ticket, big endian: version 1 · pool 4 · seq 8 · id 16 · stake 8 · made at 8 (milliseconds, UTC) ·
 * salt 16 · picks (ASCII, to the end).
 */
export function ticketLeafBytes(ticket: LeafTicket): Uint8Array {
  if (ticket.id.length !== 16 || ticket.salt.length !== 16) throw new RangeError('id and salt are 16 bytes');
  if (!/^[\x21-\x7e]+$/.test(ticket.picks)) throw new RangeError('picks are printable ASCII');
  const bytes = new Uint8Array(TICKET_LEAF_FIXED_BYTES + ticket.picks.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, TICKET_LEAF_VERSION);
  view.setUint32(1, ticket.poolId);
  view.setBigUint64(5, BigInt(ticket.seq));
  bytes.set(ticket.id, 13);
  view.setBigUint64(29, BigInt(ticket.stakeXof));
  view.setBigUint64(37, BigInt(ticket.madeAtMs));
  bytes.set(ticket.salt, 45);
  for (const [index, letter] of [...ticket.picks].entries()) {
    bytes[TICKET_LEAF_FIXED_BYTES + index] = letter.charCodeAt(0);
  }
  return bytes;
}

/** Root of the tree over these leaves, in their order (seq). */
export function merkleRoot(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return rootOfLevels(
    treeLevels(
      leaves.map((leaf) => leafHash(leaf, sha256)),
      sha256,
    ),
    sha256,
  );
}

export function leafHash(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(prefixed(0x00, leaf));
}

/** A tree from its leaf hashes up to its root, level by level. */
export type TreeLevels = readonly (readonly Uint8Array[])[];

export function treeLevels(leafHashes: readonly Uint8Array[], sha256: Sha256): TreeLevels {
  const levels = [leafHashes];
  for (let level = leafHashes; level.length > 1; levels.push(level)) level = levelAbove(level, sha256);
  return levels;
}

/** Pairing neighbours and carrying the odd one up gives the same tree as RFC 6962's recursive split. */
export function levelAbove(level: readonly Uint8Array[], sha256: Sha256): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i], level[i + 1]];
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right, sha256));
  }
  return above;
}

export function rootOfLevels(levels: TreeLevels, sha256: Sha256): Uint8Array {
  return levels.at(-1)?.[0] ?? sha256(new Uint8Array(0));
}

/** The audit path of a leaf: what its hash is joined with on the way up, from the bottom. RFC 6962, section 2.1.1. */
export function inclusionPath(levels: TreeLevels, index: number): Uint8Array[] {
  const size = levels[0]?.length ?? 0;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} of ${size}`);
  return levels.flatMap((level, height) => {
    const neighbour = level[Math.floor(index / 2 ** height) ^ 1];
    return neighbour === undefined ? [] : [neighbour];
  });
}

/** The leaf's own place among `count`, and its way up. */
export interface Inclusion {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

/**
 * The root that a path leads to; null when no tree of `count` leaves has such a path. RFC 9162, section 2.1.3.2: a path
 * that is too long or too short for its place proves nothing.
 */
export function rootOfPath(
  { leafHash: start, index, count, path }: Inclusion,
  sha256: Sha256,
): Uint8Array | null {
  const isPlace = Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count;
  if (!isPlace) return null;
  let [place, last, root] = [index, count - 1, start];
  for (const neighbour of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = nodeHash(neighbour, root, sha256);
      // Carried up without a neighbour, level by level, until there is one on its left.
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else root = nodeHash(root, neighbour, sha256);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** What is chained: the root of a market, or of a pool. */
export type RootKind = 'market' | 'pool';

export interface ChainLink {
  /** Counted from 1 over all roots of the house. */
  readonly number: number;
  readonly kind: RootKind;
  readonly subjectId: number;
  readonly leafCount: number;
  readonly root: Uint8Array;
  readonly publishedAtMs: number;
}

export const HASH_BYTES = 32;
/** What stands before the first root. */
export const CHAIN_START: Uint8Array = new Uint8Array(HASH_BYTES);

export const LINK_BYTES = 1 + HASH_BYTES + 8 + 1 + 4 + 4 + 8 + HASH_BYTES;
const LINK_TAG = 0x02;
const kindBytes: Readonly<Record<RootKind, string>> = { market: 'M', pool: 'P' };

/**
 * The value of the chain after a root: SHA-256 over fixed bytes, big endian: 0x02 1 · value before 32 · number 8 ·
 * kind 1 (0x4d market, 0x50 pool) · market or pool 4 · leaves 4 · published at 8 (milliseconds, UTC) · root 32.
 */
export function chainValue(previous: Uint8Array, link: ChainLink, sha256: Sha256): Uint8Array {
  if (previous.length !== HASH_BYTES || link.root.length !== HASH_BYTES)
    throw new RangeError('hashes are 32 bytes');
  const bytes = new Uint8Array(LINK_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, LINK_TAG);
  bytes.set(previous, 1);
  view.setBigUint64(33, BigInt(link.number));
  view.setUint8(41, kindBytes[link.kind].charCodeAt(0));
  view.setUint32(42, link.subjectId);
  view.setUint32(46, link.leafCount);
  view.setBigUint64(50, BigInt(link.publishedAtMs));
  bytes.set(link.root, 58);
  return sha256(bytes);
}

function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(prefixed(0x01, left, right));
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
