import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import { LEAF_BYTES, type LeafDuel, leafBytes, merkleRoot } from './proof.ts';

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
