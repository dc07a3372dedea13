/**
 * Compliance approves a document: its player is identified. The same document on another account, and somebody who may
 * not bet, are found here: then the document is refused for that, and compliance has an alert.
 */
import { fail } from '#core/errors.ts';
import { ageOn } from '#core/identity-document.ts';
import { ageMin } from '#core/settings.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { barPlayer } from './bar-player.ts';
import { type DocumentDecided, lockWaiting, tellDecision } from './decide-document.ts';
import type { IdentityDeps } from './identity-deps.ts';
import {
  findApprovedTwin,
  findToday,
  insertAlert,
  isOnBarredList,
  recordApproval,
  recordIdentified,
  recordRefusal,
} from './queries.ts';
import { openDetails } from './sealed-document.ts';

export interface ApproveDocument {
  readonly operationId: string;
  readonly documentId: string;
  /** The reviewer has seen that the birth date is not the one of the sign-up: the document's counts. */
  readonly correctsBirthDate: boolean;
}

export function approveDocument(
  deps: IdentityDeps,
  staff: StaffIdentity,
  { operationId, documentId, correctsBirthDate }: ApproveDocument,
): Promise<DocumentDecided> {
  const command = {
    operationId,
    command: 'approve-document',
    target: `document ${documentId}`,
    input: { correctsBirthDate },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const row = await lockWaiting(tx, documentId);
    const details = openDetails(deps.cipher, documentId, row.sealed);
    const today = await findToday(tx);
    if (ageOn(details.birthDate, today) < ageMin) return fail('document_under_age');
    if (details.expiresOn < today) return fail('document_expired');
    const birthDateDiffers = details.birthDate !== row.signUpBirthDate;
    if (birthDateDiffers && !correctsBirthDate) return fail('document_birth_date_differs');
    const { playerId } = row;
    const alert = { documentId, playerId, otherPlayerId: null };
    if (!(await approveOnce(tx, documentId, staff.staffId))) {
      const twin = await findApprovedTwin(tx, documentId);
      await recordRefusal(tx, documentId, staff.staffId, { reason: 'same_document', remark: null });
      await insertAlert(tx, { ...alert, kind: 'same_document', otherPlayerId: twin?.playerId ?? null });
      await tellDecision(tx, playerId, 'refused');
      return { documentId, state: 'refused' as const, reason: 'same_document' as const };
    }
    if (await isOnBarredList(tx, playerId)) {
      await recordRefusal(tx, documentId, staff.staffId, { reason: 'barred', remark: null });
      await insertAlert(tx, { ...alert, kind: 'barred' });
      await tellDecision(tx, playerId, 'refused');
      await barPlayer(tx, deps.jobs, playerId);
      return { documentId, state: 'refused' as const, reason: 'barred' as const };
    }
    await recordIdentified(tx, playerId, details.birthDate);
    await tellDecision(tx, playerId, 'approved');
    if (birthDateDiffers) await insertAlert(tx, { ...alert, kind: 'birth_date_differs' });
    return { documentId, state: 'approved' as const, reason: null };
  });
}

/** False when another account has this document: one person, one account. */
async function approveOnce(tx: Tx, documentId: string, staffId: string): Promise<boolean> {
  try {
    await tx.attempt(() => recordApproval(tx, documentId, staffId));
    return true;
  } catch (error) {
    if (violatedConstraint(error) === 'identity_document_person_once') return false;
    throw error;
  }
}
