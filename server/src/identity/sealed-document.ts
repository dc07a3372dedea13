/** What a document says of its person: kept encrypted, bound to its row. */
import type { DocumentSide } from '#core/identity-document.ts';
import type { DataCipher } from '../data-cipher.ts';

export interface DocumentDetails {
  /** As it was typed. */
  readonly number: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly expiresOn: string;
}

export function sealDetails(cipher: DataCipher, documentId: string, details: DocumentDetails): Buffer {
  return cipher.encrypt(Buffer.from(JSON.stringify(details)), detailsPlace(documentId));
}

export function openDetails(cipher: DataCipher, documentId: string, sealed: Buffer): DocumentDetails {
  // What was sealed is what `sealDetails` was given: anything else does not open.
  return JSON.parse(cipher.decrypt(sealed, detailsPlace(documentId)).toString());
}

export function picturePlace(documentId: string, side: DocumentSide): string {
  return `identity_picture ${documentId} ${side}`;
}

function detailsPlace(documentId: string): string {
  return `identity_document ${documentId} sealed`;
}
