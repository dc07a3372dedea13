/**
 * The keys that sign receipts: Ed25519, one at a time. The public part is published for ever; the private part is sealed
 * by the data cipher and forgotten when its key is replaced.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Static } from 'typebox';
import type { ReceiptKeyView } from '#core/api/proofs.ts';
import type { DataCipher } from '../data-cipher.ts';
import type { Db, Tx } from '../db.ts';
import { findPublishedKeys, findSigningKey } from './queries.ts';
import { sha256 } from './sha256.ts';

export interface KeyDeps {
  readonly db: Db;
  readonly cipher: DataCipher;
}

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

export type ReceiptKey = Static<typeof ReceiptKeyView>;

/** Makes the first key. Nodes that start together make one. */
export async function keepReceiptKey({ db, cipher }: KeyDeps): Promise<void> {
  if ((await findSigningKey(db)) === null) await db.transaction((tx) => insertNewKey(tx, cipher));
}

/** The key that signs now; the data cipher opens it. */
export async function openSigningKey({ db, cipher }: KeyDeps): Promise<SigningKey> {
  const row = await findSigningKey(db);
  if (row === null) throw new Error('no key signs receipts');
  const der = cipher.decrypt(row.sealed, placeOf(row.keyId));
  return { keyId: row.keyId, privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

export async function listReceiptKeys(db: Db): Promise<ReceiptKey[]> {
  return (await findPublishedKeys(db)).map((key) => ({
    ...key,
    madeAt: key.madeAt.toISOString(),
    retiredAt: key.retiredAt?.toISOString() ?? null,
  }));
}

/** Null when another node was first. */
export async function insertNewKey(tx: Tx, cipher: DataCipher): Promise<string | null> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const keyId = Buffer.from(sha256(raw)).toString('hex').slice(0, 16);
  const sealed = cipher.encrypt(privateKey.export({ format: 'der', type: 'pkcs8' }), placeOf(keyId));
  const made = await tx.query(
    `INSERT INTO receipt_key (id, public_key, sealed_private_key) VALUES ($1, $2, $3)
     ON CONFLICT ((true)) WHERE retired_at IS NULL DO NOTHING RETURNING id`,
    [keyId, raw, sealed],
  );
  return made.length === 0 ? null : keyId;
}

function placeOf(keyId: string): string {
  return `receipt_key ${keyId} sealed_private_key`;
}
