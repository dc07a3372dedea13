/**
 * The name on the document that compliance approved, for the provider that is to compare it with the name of the mobile
 * account. It is opened for that one question: it is kept, logged and answered nowhere.
 */
import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import { findApprovedDocument } from './queries.ts';
import { openDetails } from './sealed-document.ts';

/** Null: he is not identified, or what he sent was erased. */
export async function findVerifiedName(
  { db, cipher }: { readonly db: Db; readonly cipher: DataCipher },
  playerId: string,
): Promise<string | null> {
  const document = await findApprovedDocument(db, playerId);
  return document === null ? null : openDetails(cipher, document.documentId, document.sealed).name;
}
