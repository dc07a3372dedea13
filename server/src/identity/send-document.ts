/** A player sends his document: what is on it, and its pictures. One waits at a time. */
import { createHash } from 'node:crypto';
import { fail, RefusalError, refusal } from '#core/errors.ts';
import {
  type DocumentCountry,
  type DocumentKind,
  type DocumentSide,
  documentKey,
  isDay,
  normaliseNumber,
  sidesOf,
} from '#core/identity-document.ts';
import { tidyText } from '#core/name.ts';
import { fingerprint } from '../data-cipher.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { FieldRefusalError } from '../forms.ts';
import type { PlayerIdentity } from '../http.ts';
import { runOperation } from '../operations/operation.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { personPrint } from './person-print.ts';
import { findTier, findToday, insertDocument, insertPicture } from './queries.ts';
import { type DocumentDetails, picturePlace, sealDetails } from './sealed-document.ts';
import { takePicture } from './take-picture.ts';

export interface SendDocument {
  readonly operationId: string;
  readonly kind: DocumentKind;
  readonly country: DocumentCountry;
  readonly number: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly expiresOn: string;
  /** As they came. */
  readonly pictures: { readonly [Side in DocumentSide]?: Buffer };
}

export interface DocumentSent {
  readonly documentId: string;
  readonly state: 'waiting';
  readonly sentAt: string;
}

export async function sendDocument(
  deps: IdentityDeps,
  player: PlayerIdentity,
  { operationId, pictures, ...typed }: SendDocument,
): Promise<DocumentSent> {
  await deps.limiter.take('documents', player.playerId);
  const details = readDetails(typed, await findToday(deps.db));
  const number = normaliseNumber(typed.number);
  if (number === null) throw new FieldRefusalError('number', refusal('document_number_invalid'));
  const kept = await takePictures(typed.kind, pictures);
  const documentId = operationId;
  const hashes = Object.fromEntries(kept.map(({ side, sha256 }) => [side, sha256]));
  const operation = {
    id: operationId,
    kind: 'send-document',
    actorId: player.playerId,
    input: { ...typed, ...hashes },
  };
  return runOperation(deps.db, operation, async (tx) => {
    if ((await findTier(tx, player.playerId)) === 'identified') fail('document_already_approved');
    const row = {
      documentId,
      playerId: player.playerId,
      kind: typed.kind,
      country: typed.country,
      numberPrint: fingerprint(
        deps.secrets.matchKey,
        'document',
        documentKey(typed.kind, typed.country, number),
      ),
      personPrint: personPrint(deps.secrets.matchKey, details.name, details.birthDate),
      sealed: sealDetails(deps.cipher, documentId, details),
    };
    const { sentAt } = await insertOnce(tx, row);
    for (const { side, bytes } of kept) {
      const sealed = deps.cipher.encrypt(bytes, picturePlace(documentId, side));
      await insertPicture(tx, { documentId, side, sealed });
    }
    return { documentId, state: 'waiting' as const, sentAt: sentAt.toISOString() };
  });
}

function readDetails(
  typed: Pick<SendDocument, 'number' | 'name' | 'birthDate' | 'expiresOn'>,
  today: string,
): DocumentDetails {
  for (const field of ['birthDate', 'expiresOn'] as const) {
    if (!isDay(typed[field])) throw new FieldRefusalError(field, refusal('date_invalid'));
  }
  const { birthDate, expiresOn } = typed;
  if (birthDate >= today) throw new FieldRefusalError('birthDate', refusal('field_invalid'));
  if (expiresOn < today) throw new FieldRefusalError('expiresOn', refusal('document_expired'));
  return { number: tidyText(typed.number), name: tidyText(typed.name), birthDate, expiresOn };
}

/** Each side that this kind has, as it is kept. A side it does not have is left aside. */
async function takePictures(kind: DocumentKind, pictures: SendDocument['pictures']) {
  const kept: { side: DocumentSide; bytes: Buffer; sha256: string }[] = [];
  for (const side of sidesOf(kind)) {
    const came = pictures[side];
    if (came === undefined) throw new FieldRefusalError(side, refusal('field_missing'));
    const sha256 = createHash('sha256').update(came).digest('hex');
    kept.push({ side, bytes: await takeSide(side, came), sha256 });
  }
  return kept;
}

async function takeSide(side: DocumentSide, came: Buffer): Promise<Buffer> {
  try {
    return await takePicture(came);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code !== 'busy') {
      throw new FieldRefusalError(side, error.refusal);
    }
    throw error;
  }
}

async function insertOnce(
  tx: Tx,
  row: Parameters<typeof insertDocument>[1],
): Promise<{ readonly sentAt: Date }> {
  try {
    return await tx.attempt(() => insertDocument(tx, row));
  } catch (error) {
    if (violatedConstraint(error) === 'identity_document_waiting_once') return fail('document_waiting');
    throw error;
  }
}
