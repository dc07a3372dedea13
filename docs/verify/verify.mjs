// Checks one bet or ticket without Mbayar's code and without a network, on any Node from 18 up:
//   node verify.mjs receipt.json proof.json receipt-keys.json
// Exit code 0 when all of it holds, 1 when something does not. What is checked is written down in docs/proofs.md.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const files = process.argv.slice(2, 5).map((file) => JSON.parse(readFileSync(file)));
const [{ receipt, signature }, { leaf, chain, path, index }, { keys }] = files;
const top = chain.at(-1);
const [kind, subject] = leaf.version === 2 ? ['pool', 'poolId'] : ['market', 'marketId'];
const hex = (text) => Buffer.from(text, 'hex');
const int = (value, bytes) => hex(`${'0'.repeat(16)}${value.toString(16)}`.slice(-2 * bytes));
const time = (text) => int(Date.parse(text), 8);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

// The signature: the receipt's fields in order, without spaces, signed by a key that is published.
const isObject = (value) => typeof value === 'object' && !Array.isArray(value);
const inOrder = (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
const bytes = Buffer.from(`${receipt.format}\n${JSON.stringify(receipt, inOrder)}`);
const x = hex(keys.find(({ keyId }) => keyId === receipt.keyId)?.publicKey ?? '');
const isKey = x.length === 32 && sha256(x).toString('hex').startsWith(receipt.keyId);
const key = { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
const isSigned = isKey && verify(null, bytes, createPublicKey({ key, format: 'jwk' }), hex(signature));

// The bet: what the receipt says is what the leaf says.
const [own, other] = receipt.side === 'A' ? ['stakeAXof', 'stakeBXof'] : ['stakeBXof', 'stakeAXof'];
const isDuel = receipt.stakeXof === leaf[own] && receipt.opponentStakeXof === leaf[other];
const names = ['betId', subject, 'madeAt', ...(kind === 'pool' ? ['stakeXof', 'picks'] : [])];
const isBet = names.every((name) => receipt[name] === leaf[name]) && (kind === 'pool' || isDuel);

// The tree: from the leaf up to the root (RFC 9162, section 2.1.3.2).
const id = hex(leaf.betId.replaceAll('-', ''));
const head = [hex('00'), int(leaf.version, 1), int(leaf[subject], 4), int(leaf.seq, 8), id];
const [at, salt, stake] = [time(leaf.madeAt), hex(leaf.salt), (side) => int(leaf[`stake${side}Xof`], 8)];
const duel = () => [Buffer.from(leaf.makerSide), stake('A'), stake('B'), at, salt];
const ticket = () => [stake(''), at, salt, Buffer.from(leaf.picks)];
let hash = sha256(...head, ...(kind === 'pool' ? ticket() : duel()));
let [place, last] = [index, top.leafCount - 1];
for (const neighbour of path) {
  const isRight = place % 2 === 1 || place === last;
  hash = sha256(hex('01'), ...(isRight ? [hex(neighbour), hash] : [hash, hex(neighbour)]));
  while (isRight && place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
  [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
}
const isInRoot =
  top.kind === kind && top.subjectId === leaf[subject] && last === 0 && hash.equals(hex(top.root));

// The chain: from what stood when the bet was made, root by root.
const isChained = chain.every((link, at) => {
  const before = at === 0 ? receipt.chain : chain[at - 1];
  const letter = Buffer.from(link.kind === 'pool' ? 'P' : 'M');
  const parts = [hex('02'), hex(before.value), int(link.number, 8), letter, int(link.subjectId, 4)];
  parts.push(int(link.leafCount, 4), time(link.publishedAt), hex(link.root));
  return link.number === before.number + 1 && sha256(...parts).equals(hex(link.value));
});

const results = { signature: isSigned, bet: isBet, root: isInRoot, chain: isChained };
for (const [name, holds] of Object.entries(results)) console.log(holds ? 'good' : 'BAD ', name);
console.log(`The public list must show, as root ${top.number}: ${top.value}`);
process.exitCode = Object.values(results).every(Boolean) ? 0 : 1;
