/** A WebAuthn authenticator in software (ES256, no attestation), with what a dishonest or broken one would do. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface Key {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly userHandle: string;
  counter: number;
}

/** What the browser or the authenticator says, when it is not the truth. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly isUserVerified?: boolean;
  /** What a copy made earlier would count. */
  readonly counter?: number;
  /** The id of another credential. */
  readonly id?: string;
}

export class Authenticator {
  readonly #origin: string;
  readonly keys: Key[] = [];

  constructor(origin = 'http://localhost:3000') {
    this.#origin = origin;
  }

  // biome-ignore lint/suspicious/noExplicitAny: options as they come out of JSON
  create(options: any, lies: Lies = {}): object {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = lies.id === undefined ? randomBytes(32) : Buffer.from(lies.id, 'base64url');
    const key: Key = { id, privateKey, publicKey, userHandle: options.user.id, counter: 0 };
    this.keys.push(key);
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, key.id.length]),
      key.id,
      coseOf(publicKey),
    ]);
    const authData = this.#authData(lies.rpId ?? options.rp.id, 0x41, 0, lies, attested);
    const attestationObject = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(authData)],
    ]);
    return this.#credential(key, lies, {
      clientDataJSON: this.#clientData('webauthn.create', options.challenge, lies).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: options as they come out of JSON
  show(options: any, lies: Lies = {}, key = this.keys.at(-1)): object {
    if (key === undefined) throw new Error('this authenticator is empty');
    key.counter += 1;
    const authData = this.#authData(lies.rpId ?? options.rpId, 0x01, lies.counter ?? key.counter, lies);
    const clientData = this.#clientData('webauthn.get', options.challenge, lies);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return this.#credential(key, lies, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, key.privateKey).toString('base64url'),
      userHandle: key.userHandle,
    });
  }

  #credential(key: Key, lies: Lies, response: object): object {
    const id = lies.id ?? key.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? this.#origin;
    return Buffer.from(
      JSON.stringify({ type, challenge: lies.challenge ?? challenge, origin, crossOrigin: false }),
    );
  }

  #authData(rpId: string, flags: number, counter: number, lies: Lies, attested = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const verified = lies.isUserVerified === false ? 0 : 0x04;
    const hash = createHash('sha256').update(rpId).digest();
    return Buffer.concat([hash, Buffer.from([flags | verified]), count, attested]);
  }
}

/** The public key as COSE writes it: an EC2 key for ES256 on P-256. */
function coseOf(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return map([
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(Buffer.from(x, 'base64url'))],
    [integer(-3), bytes(Buffer.from(y, 'base64url'))],
  ]);
}

// The part of CBOR (RFC 8949) that this needs.
function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
}
const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
