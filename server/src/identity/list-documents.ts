/** The queue of documents that wait for compliance, and the alerts that documents raised. No personal data in either. */
import type { Db } from '../db.ts';
import { type AlertRow, type DocumentRow, findOpenAlerts, findWaitingDocuments } from './queries.ts';

export async function listDocuments(db: Db) {
  return (await findWaitingDocuments(db)).map(lineOf);
}

export async function listAlerts(db: Db) {
  return (await findOpenAlerts(db)).map(showAlert);
}

function lineOf({ documentId, pseudonym, kind, country, sentAt }: DocumentRow) {
  return { documentId, pseudonym, kind, country, sentAt: sentAt.toISOString() };
}

export function showAlert({ alertId, kind, documentId, pseudonym, otherPseudonym, raisedAt }: AlertRow) {
  return { alertId, kind, documentId, pseudonym, otherPseudonym, raisedAt: raisedAt.toISOString() };
}
