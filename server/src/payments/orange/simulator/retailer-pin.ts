/**
 * The retailer's PIN as Orange keeps it: it comes encrypted under a key that may be replaced, and three wrong ones
 * block the account. Decrypted without padding, which is then taken off by hand: the library no longer does it.
 */
import { constants, generateKeyPair, type KeyObject, privateDecrypt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const KEY_BITS = 2048;
const TRIES = 3;

interface Key {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export type PinVerdict =
  | 'right'
  | 'revoked_key'
  | 'unreadable'
  | 'must_change'
  | 'two_left'
  | 'one_left'
  | 'blocked';

export interface RetailerPin {
  publicKey(): Promise<{ readonly id: string; readonly bits: number; readonly key: KeyObject }>;
  judge(encrypted: string): Promise<PinVerdict>;
  rotateKey(): void;
  setPin(pin: string): void;
  demandNewPin(): void;
}

export function openRetailerPin(first: string): RetailerPin {
  let pin = first;
  let wrongTries = 0;
  let mustChange = false;
  // Made when somebody asks: most simulators never pay anybody.
  let current: Promise<Key> | null = null;
  const revoked: Promise<Key>[] = [];

  const currentKey = () => {
    current ??= makeKey();
    return current;
  };

  function judgePin(given: string): PinVerdict {
    if (wrongTries >= TRIES) return 'blocked';
    if (given !== pin) {
      wrongTries += 1;
      return wrongTries === 1 ? 'two_left' : wrongTries === 2 ? 'one_left' : 'blocked';
    }
    if (mustChange) return 'must_change';
    wrongTries = 0;
    return 'right';
  }

  return {
    publicKey: async () => {
      const { id, publicKey } = await currentKey();
      return { id, bits: KEY_BITS, key: publicKey };
    },
    judge: async (encrypted) => {
      const given = decrypt(await currentKey(), encrypted);
      if (given !== null) return judgePin(given);
      const old = (await Promise.all(revoked)).some((key) => decrypt(key, encrypted) !== null);
      return old ? 'revoked_key' : 'unreadable';
    },
    rotateKey: () => {
      if (current !== null) revoked.push(current);
      current = null;
    },
    setPin: (given) => {
      pin = given;
      wrongTries = 0;
      mustChange = false;
    },
    demandNewPin: () => {
      mustChange = true;
    },
  };
}

async function makeKey(): Promise<Key> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
  return { id: randomUUID(), ...pair };
}

/** What PKCS#1 v1.5 hides: 00 02, at least eight bytes that are not nought, 00, the text. Null: not under this key. */
function decrypt({ privateKey }: Key, encrypted: string): string | null {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length !== KEY_BITS / 8) return null;
  let block: Buffer;
  try {
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, bytes);
  } catch {
    return null;
  }
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) return null;
  const text = block.subarray(end + 1).toString('utf8');
  return /^\d+$/.test(text) ? text : null;
}
