import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import {
  CHAIN_START,
  type ChainLink,
  chainValue,
  inclusionPath,
  LEAF_BYTES,
  type LeafDuel,
  type LeafTicket,
  LINK_BYTES,
  leafBytes,
  leafHash,
  merkleRoot,
  rootOfLevels,
  rootOfPath,
  ticketLeafBytes,
  treeLevels,
} from './proof.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'hex');

// The reference inputs of Certificate Transparency and the heads of the trees over the first n of them.
const referenceLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(bytesOf);
const referenceRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

referenceRoots.forEach((root, size) => {
  test(`the tree over ${size} reference leaves has the published head`, () => {
    const leaves = referenceLeaves.slice(0, size);
    assert.equal(hex(merkleRoot(leaves, sha256)), root);
    assert.equal(hex(headByDefinition(leaves)), root);
  });
});

test('property: the head is the one of the recursive definition, for every number of leaves', () => {
  const leaf = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 70, size: 'max' }), (leaves) => {
      assert.equal(hex(merkleRoot(leaves, sha256)), hex(headByDefinition(leaves)));
    }),
    { numRuns: 200 },
  );
});

/** RFC 6962, section 2.1, word for word. */
function headByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(Buffer.concat([bytesOf('00'), first]));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return sha256(Buffer.concat([bytesOf('01'), headByDefinition(left), headByDefinition(right)]));
}

const duel: LeafDuel = {
  marketId: 258,
  seq: 4_294_967_297,
  id: bytesOf('00112233445566778899aabbccddeeff'),
  makerSide: 'A',
  stakeAXof: xof(10_000),
  stakeBXof: xof(500_000),
  madeAtMs: 1_795_392_000_123,
  salt: bytesOf('f0e1d2c3b4a5968778695a4b3c2d1e0f'),
};

test('a leaf is 70 bytes at fixed places', () => {
  const layout = [
    '01', // version
    '00000102', // market
    '0000000100000001', // sequence
    '00112233445566778899aabbccddeeff', // id
    '41', // the maker's side: A
    '0000000000002710', // stake on A: 10 000
    '000000000007a120', // stake on B: 500 000
    '000001a205b3d07b', // made at
    'f0e1d2c3b4a5968778695a4b3c2d1e0f', // salt
  ];
  assert.equal(hex(leafBytes(duel)), layout.join(''));
  assert.equal(LEAF_BYTES, 70);
  assert.equal(Buffer.from(leafBytes(duel)).readBigUInt64BE(46), 1_795_392_000_123n);
  assert.equal(leafBytes({ ...duel, makerSide: 'B' })[29], 0x42);
});

test('a leaf needs 16 bytes of id and 16 of salt', () => {
  assert.throws(() => leafBytes({ ...duel, id: new Uint8Array(15) }), RangeError);
  assert.throws(() => leafBytes({ ...duel, salt: new Uint8Array(17) }), RangeError);
});

test('every field of a duel is in its leaf, and every leaf, its order and its count are in the head', () => {
  const others: LeafDuel[] = [
    { ...duel, marketId: 259 },
    { ...duel, seq: 1 },
    { ...duel, id: new Uint8Array(16) },
    { ...duel, makerSide: 'B' },
    { ...duel, stakeAXof: xof(10_100) },
    { ...duel, stakeBXof: xof(10_000) },
    { ...duel, madeAtMs: 0 },
    { ...duel, salt: new Uint8Array(16) },
  ];
  const leaves = [duel, ...others].map(leafBytes);
  assert.equal(new Set(leaves.map(hex)).size, leaves.length);

  const [a, b, c] = referenceLeaves.slice(1);
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  const trees = [[a, b, c], [a, b], [b, a, c], [a, b, c, c], [a, c, b], [a], []];
  assert.equal(new Set(trees.map((tree) => hex(merkleRoot(tree, sha256)))).size, trees.length);
});

test('the bytes of a ticket are as they are written down', () => {
  const ticket: LeafTicket = {
    poolId: 3,
    seq: 258,
    id: bytesOf('000102030405060708090a0b0c0d0e0f'),
    stakeXof: xof(1_000),
    madeAtMs: 1_790_000_000_000,
    salt: bytesOf('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
    picks: 'A-over',
  };
  assert.equal(
    hex(ticketLeafBytes(ticket)),
    [
      '02',
      '00000003',
      '0000000000000102',
      '000102030405060708090a0b0c0d0e0f',
      '00000000000003e8',
      '000001a0c4506c00',
      'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
      Buffer.from('A-over').toString('hex'),
    ].join(''),
  );
  for (const wrong of [
    { id: bytesOf('00') },
    { salt: bytesOf('00') },
    { picks: '' },
    { picks: 'A over' },
    { picks: 'A-é' },
  ]) {
    assert.throws(() => ticketLeafBytes({ ...ticket, ...wrong }), RangeError);
  }
});

// Audit paths and the chain.

const tree = (leaves: readonly Uint8Array[]) =>
  treeLevels(
    leaves.map((leaf) => leafHash(leaf, sha256)),
    sha256,
  );

/** RFC 6962, section 2.1.1, word for word: the path of leaf m. */
function pathByDefinition(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return m < split
    ? [...pathByDefinition(m, left), headByDefinition(right)]
    : [...pathByDefinition(m - split, right), headByDefinition(left)];
}

/** Up from a leaf by the recursive definition: no loop of ours. Null when the path does not fit. */
function headFromPath(
  start: Uint8Array,
  m: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  const last = path.at(-1);
  if (count === 1) return path.length === 0 ? start : null;
  if (last === undefined) return null;
  let split = 1;
  while (split * 2 < count) split *= 2;
  const rest = path.slice(0, -1);
  const below =
    m < split ? headFromPath(start, m, split, rest) : headFromPath(start, m - split, count - split, rest);
  if (below === null) return null;
  return sha256(Buffer.concat([bytesOf('01'), ...(m < split ? [below, last] : [last, below])]));
}

// RFC 6962, section 2.1.3: the tree of seven leaves and its paths.
test('the seven-leaf example of RFC 6962 has the paths that it names', () => {
  const leaves = referenceLeaves.slice(0, 7);
  const levels = tree(leaves);
  const node = (from: number, to: number) => headByDefinition(leaves.slice(from, to));
  const expected: readonly [index: number, path: Uint8Array[]][] = [
    [0, [node(1, 2), node(2, 4), node(4, 7)]],
    [3, [node(2, 3), node(0, 2), node(4, 7)]],
    [4, [node(5, 6), node(6, 7), node(0, 4)]],
    [6, [node(4, 6), node(0, 4)]],
  ];
  for (const [index, path] of expected)
    assert.deepEqual(inclusionPath(levels, index).map(hex), path.map(hex), `leaf ${index}`);
});

test('every path of every tree up to 70 leaves is the one of the definition and leads to the head', () => {
  const all = Array.from({ length: 70 }, (_, i) => Uint8Array.of(i));
  for (let count = 1; count <= all.length; count++) {
    const leaves = all.slice(0, count);
    const levels = tree(leaves);
    const head = hex(headByDefinition(leaves));
    assert.equal(hex(rootOfLevels(levels, sha256)), head);
    for (let index = 0; index < count; index++) {
      const path = inclusionPath(levels, index);
      assert.deepEqual(path.map(hex), pathByDefinition(index, leaves).map(hex));
      const start = levels[0]?.[index] ?? assert.fail();
      const root = rootOfPath({ leafHash: start, index, count, path }, sha256);
      assert.equal(root === null ? null : hex(root), head, `leaf ${index} of ${count}`);
    }
  }
  assert.equal(hex(rootOfLevels(tree([]), sha256)), referenceRoots[0]);
});

test('property: a path that was changed in any way leads nowhere or elsewhere, as the definition says', () => {
  const change = fc.record({
    count: fc.integer({ min: 1, max: 40 }),
    pick: fc.nat(),
    claimedIndex: fc.integer({ min: -1, max: 41 }),
    claimedCount: fc.integer({ min: 0, max: 41 }),
    kind: fc.constantFrom('leaf', 'neighbour', 'longer', 'shorter', 'place'),
  });
  fc.assert(
    fc.property(change, ({ count, pick, claimedIndex, claimedCount, kind }) => {
      const leaves = Array.from({ length: count }, (_, i) => Uint8Array.of(i));
      const levels = tree(leaves);
      const index = pick % count;
      const path = inclusionPath(levels, index);
      const start = levels[0]?.[index] ?? assert.fail();
      const honest = { leafHash: start, index, count, path };
      const other = sha256(Uint8Array.of(255));
      const changed = {
        leaf: { ...honest, leafHash: other },
        neighbour: { ...honest, path: path.map((one, at) => (at === pick % path.length ? other : one)) },
        longer: { ...honest, path: [...path, other] },
        shorter: { ...honest, path: path.slice(1) },
        place: { ...honest, index: claimedIndex, count: claimedCount },
      };
      const isSame =
        (path.length === 0 && (kind === 'shorter' || kind === 'neighbour')) ||
        (kind === 'place' && claimedIndex === index);
      if (isSame) return;
      const asked = changed[kind];
      const root = rootOfPath(asked, sha256);
      // Another place in a tree of another size can have the same way up: the size is told by the chain.
      if (asked.count === count)
        assert.notEqual(root === null ? null : hex(root), hex(rootOfLevels(levels, sha256)));
      const isPlace = asked.index >= 0 && asked.index < asked.count;
      const expected = isPlace ? headFromPath(asked.leafHash, asked.index, asked.count, asked.path) : null;
      assert.equal(root && hex(root), expected && hex(expected));
    }),
    { numRuns: 500 },
  );
});

test('a tree has no path for a leaf that it does not have', () => {
  for (const index of [-1, 3, 0.5, Number.NaN])
    assert.throws(() => inclusionPath(tree(referenceLeaves.slice(0, 3)), index), RangeError);
  assert.throws(() => inclusionPath(tree([]), 0), RangeError);
  assert.equal(rootOfPath({ leafHash: bytesOf('00'), index: 0, count: 0, path: [] }, sha256), null);
  assert.equal(rootOfPath({ leafHash: bytesOf('00'), index: 0.5, count: 1, path: [] }, sha256), null);
});

const link: ChainLink = {
  number: 4_294_967_298,
  kind: 'market',
  subjectId: 258,
  leafCount: 66_051,
  root: bytesOf('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'),
  publishedAtMs: 1_795_392_000_123,
};

test('a link of the chain is 90 bytes at fixed places', () => {
  const previous = bytesOf('ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c');
  const layout = [
    '02', // tag
    hex(previous),
    '0000000100000002', // number
    '4d', // kind: M
    '00000102', // market
    '00010203', // leaves
    '000001a205b3d07b', // published at
    hex(link.root),
  ];
  assert.equal(hex(chainValue(previous, link, sha256)), hex(sha256(bytesOf(layout.join('')))));
  assert.equal(layout.join('').length / 2, LINK_BYTES);
});

test('every field of a link, and what stood before it, is in its value', () => {
  const changed: ChainLink[] = [
    link,
    { ...link, number: 1 },
    { ...link, kind: 'pool' },
    { ...link, subjectId: 1 },
    { ...link, leafCount: 1 },
    { ...link, publishedAtMs: 1 },
    { ...link, root: CHAIN_START },
  ];
  const values = changed.map((one) => hex(chainValue(CHAIN_START, one, sha256)));
  const after = hex(chainValue(sha256(CHAIN_START), link, sha256));
  assert.equal(new Set([...values, after]).size, changed.length + 1);
  assert.throws(() => chainValue(new Uint8Array(31), link, sha256), RangeError);
  assert.throws(() => chainValue(CHAIN_START, { ...link, root: new Uint8Array(33) }, sha256), RangeError);
});
