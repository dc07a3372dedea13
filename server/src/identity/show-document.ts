/** Looks at a document and at its pictures: compliance only, and each look leaves its row in the audit log. */
import { fail } from '#core/errors.ts';
import { ageOn, type DocumentSide } from '#core/identity-document.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { findDocument, findPicture, findPictureSides, findToday } from './queries.ts';
import { openDetails, picturePlace } from './sealed-document.ts';

export function showDocument(deps: IdentityDeps, staff: StaffIdentity, documentId: string) {
  return deps.db.transaction(async (tx) => {
    const row = (await findDocument(tx, documentId)) ?? fail('not_found');
    const details = row.sealed === null ? null : openDetails(deps.cipher, documentId, row.sealed);
    const today = await findToday(tx);
    await auditLook(tx, staff, documentId, row.playerId, 'details');
    return {
      documentId,
      playerId: row.playerId,
      pseudonym: row.pseudonym,
      kind: row.kind,
      country: row.country,
      state: row.state,
      sentAt: row.sentAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidedBy: row.decidedBy,
      reason: row.reason,
      remark: row.remark,
      /** Null when it was erased. */
      details:
        details === null
          ? null
          : {
              ...details,
              ageYears: ageOn(details.birthDate, today),
              isExpired: details.expiresOn < today,
              birthDateDiffers: details.birthDate !== row.signUpBirthDate,
              signUpBirthDate: row.signUpBirthDate,
            },
      sides: (await findPictureSides(tx, documentId)).map(({ side }) => side),
    };
  });
}

/** The picture, decrypted: a JPEG. */
export function showPicture(
  deps: IdentityDeps,
  staff: StaffIdentity,
  documentId: string,
  side: DocumentSide,
): Promise<Buffer> {
  return deps.db.transaction(async (tx) => {
    const document = (await findDocument(tx, documentId)) ?? fail('not_found');
    const { sealed } = (await findPicture(tx, documentId, side)) ?? fail('not_found');
    await auditLook(tx, staff, documentId, document.playerId, side);
    return deps.cipher.decrypt(sealed, picturePlace(documentId, side));
  });
}

function auditLook(
  tx: Tx,
  staff: StaffIdentity,
  documentId: string,
  playerId: string,
  what: 'details' | DocumentSide,
): Promise<void> {
  return recordLook(tx, staff, {
    what: 'view-document',
    target: `document ${documentId}`,
    input: { what, playerId },
  });
}
