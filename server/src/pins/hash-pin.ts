/**
 * What the database keeps of a PIN: scrypt over an HMAC of it. A few digits are guessed at once by who has the table;
 * the HMAC's key is not in the database. The text says its parameters and its key, so that both can be raised later.
 */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Newest first: a PIN hashed with an older one is still known, and hashed anew at the next log-in. */
export type PinKeys = readonly string[];

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const cost: Cost = { N: 2 ** 14, r: 8, p: 1 };
const HASH_BYTES = 32;

export async function hashPin(keys: PinKeys, playerId: string, pin: string): Promise<string> {
  const key = newestOf(keys);
  const salt = randomBytes(16);
  const hash = await derive(key, playerId, pin, salt, cost);
  return [
    'scrypt',
    `N=${cost.N},r=${cost.r},p=${cost.p}`,
    keyName(key),
    salt.toString('base64url'),
    hash.toString('base64url'),
  ].join('$');
}

/** Is this the PIN? Takes as long for nobody's (null). */
export async function isPin(
  keys: PinKeys,
  playerId: string,
  pin: string,
  stored: string | null,
): Promise<boolean> {
  const kept = stored === null ? null : readStored(keys, stored);
  const hash = await derive(
    kept?.key ?? newestOf(keys),
    playerId,
    pin,
    kept?.salt ?? nobodysSalt,
    kept?.cost ?? cost,
  );
  return kept !== null && timingSafeEqual(hash, kept.hash);
}

/** Was it hashed with less work than today's, or with a key that is on its way out? */
export function isPinHashOutdated(keys: PinKeys, stored: string): boolean {
  const kept = readStored(keys, stored);
  return kept === null || kept.key !== newestOf(keys) || kept.cost.N < cost.N || kept.cost.r < cost.r;
}

const nobodysSalt = randomBytes(16);

function readStored(keys: PinKeys, stored: string) {
  const match = /^scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([0-9a-f]{8})\$([\w-]+)\$([\w-]{43})$/.exec(stored);
  if (match === null) return null;
  const [, N, r, p, name, salt = '', hash = ''] = match;
  const key = keys.find((one) => keyName(one) === name);
  if (key === undefined) return null;
  return {
    key,
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

function newestOf([key]: PinKeys): string {
  if (key === undefined) throw new Error('no key for PINs');
  return key;
}

/** Tells keys apart without telling them. */
function keyName(key: string): string {
  return createHash('sha256').update(`mbayar pin key\n${key}`).digest('hex').slice(0, 8);
}

/** The player's id goes in: a hash copied to another row opens nothing. */
function derive(
  key: string,
  playerId: string,
  pin: string,
  salt: Buffer,
  { N, r, p }: Cost,
): Promise<Buffer> {
  const peppered = createHmac('sha256', key).update(`mbayar pin\n${playerId}\n${pin}`).digest();
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
