/**
 * Encryption at rest: AES-256-GCM with keys that the database does not have. What is encrypted says which key did it,
 * so that keys rotate: the first of the list encrypts, each of them decrypts. A text is bound to its place (table,
 * row, column): moved to another row it no longer opens.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface DataCipher {
  /** `place` names the row and column, such as `staff 0190… totp_secret`; the same words open it again. */
  encrypt(plain: Buffer, place: string): Buffer;
  /** Throws `DataNotReadable` for what was changed, moved, or encrypted with a key we do not have. */
  decrypt(sealed: Buffer, place: string): Buffer;
  /** The same for text, as text (base64url). */
  encryptText(plain: string, place: string): string;
  decryptText(sealed: string, place: string): string;
}

export class DataNotReadable extends Error {
  constructor(place: string, cause?: unknown) {
    super(`what is encrypted at "${place}" does not open`, { cause });
    this.name = 'DataNotReadable';
  }
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

interface DataKey {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

/** `secrets`: newest first, at least one. */
export function openDataCipher(secrets: readonly string[]): DataCipher {
  const keys = secrets.map(deriveKey);
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key to encrypt with');

  const encrypt = (plain: Buffer, place: string): Buffer => {
    const head = Buffer.concat([Buffer.of(VERSION), newest.id]);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', newest.bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(head, place));
    return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };

  const decrypt = (sealed: Buffer, place: string): Buffer => {
    const head = sealed.subarray(0, HEAD_BYTES);
    const key = keys.find(({ id }) => id.equals(head.subarray(1)));
    const isWhole = head[0] === VERSION && sealed.length >= HEAD_BYTES + NONCE_BYTES + TAG_BYTES;
    if (key === undefined || !isWhole) throw new DataNotReadable(place);
    const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(head, place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const body = decipher.update(sealed.subarray(HEAD_BYTES + NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([body, decipher.final()]);
    } catch (error) {
      throw new DataNotReadable(place, error);
    }
  };

  return {
    encrypt,
    decrypt,
    encryptText: (plain, place) => encrypt(Buffer.from(plain), place).toString('base64url'),
    decryptText: (sealed, place) => decrypt(Buffer.from(sealed, 'base64url'), place).toString(),
  };
}

/**
 * A keyed fingerprint: equal for equal texts, so that a unique index finds a second one, and worth nothing without the
 * key. Its key does not rotate, or the same text would be two.
 */
export function fingerprint(matchKey: string, purpose: string, text: string): Buffer {
  return createHmac('sha256', matchKey).update(`mbayar ${purpose}\n${text}`).digest();
}

function deriveKey(secret: string): DataKey {
  const draw = (info: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `mbayar data ${info}`, bytes));
  return { id: draw('key id', KEY_ID_BYTES), bytes: draw('encryption', 32) };
}

function boundTo(head: Buffer, place: string): Buffer {
  return Buffer.concat([head, Buffer.from(place)]);
}
