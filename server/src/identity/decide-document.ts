/** What both decisions on a document share: it is locked, it waits, and it is decided once. */
import { fail } from '#core/errors.ts';
import type { DocumentReason, DocumentState } from '#core/identity-document.ts';
import type { Tx } from '../db.ts';
import { tellPlayer } from '../players/notices.ts';
import { type DocumentRow, lockDocument } from './queries.ts';

export interface DocumentDecided {
  readonly documentId: string;
  readonly state: Exclude<DocumentState, 'waiting' | 'withdrawn'>;
  /** Why it was refused: the reviewer's reason, or what the house found when he approved. */
  readonly reason: DocumentReason | null;
}

/** On his next page, until he has said that he read it. */
export function tellDecision(tx: Tx, playerId: string, state: DocumentDecided['state']): Promise<void> {
  return tellPlayer(tx, { playerId, kind: 'identity_decided', detail: state, exceptDeviceId: null });
}

export async function lockWaiting(
  tx: Tx,
  documentId: string,
): Promise<DocumentRow & { readonly sealed: Buffer }> {
  const row = (await lockDocument(tx, documentId)) ?? fail('not_found');
  if (row.state !== 'waiting' || row.sealed === null) return fail('document_already_decided');
  return { ...row, sealed: row.sealed };
}
