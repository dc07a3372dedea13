/** What we keep of a player's documents, for himself: the data and the pictures, decrypted. */
import type { DataCipher } from '../data-cipher.ts';
import type { Tx } from '../db.ts';
import { findDocumentsOf, findPicture, findPictureSides } from './queries.ts';
import { openDetails, picturePlace } from './sealed-document.ts';

export async function exportDocuments(tx: Tx, cipher: DataCipher, playerId: string) {
  const rows: Record<string, string | null>[] = [];
  const pictures: { name: string; bytes: Buffer }[] = [];
  for (const document of await findDocumentsOf(tx, playerId)) {
    const { documentId, kind, country, state, sealed, sentAt, decidedAt, reason, remark } = document;
    const details = sealed === null ? null : openDetails(cipher, documentId, sealed);
    rows.push({
      id: documentId,
      kind,
      country,
      state,
      sent_at: sentAt.toISOString(),
      decided_at: decidedAt?.toISOString() ?? null,
      reason,
      remark,
      number: details?.number ?? null,
      name: details?.name ?? null,
      birth_date: details?.birthDate ?? null,
      expires_on: details?.expiresOn ?? null,
    });
    for (const { side } of await findPictureSides(tx, documentId)) {
      const picture = await findPicture(tx, documentId, side);
      if (picture === null) continue;
      const bytes = cipher.decrypt(picture.sealed, picturePlace(documentId, side));
      pictures.push({ name: `pieces/${documentId}-${side}.jpg`, bytes });
    }
  }
  return { rows, pictures };
}
