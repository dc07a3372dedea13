/** Compliance refuses a document, with the reason its player reads. Who is too young may not bet from then on. */
import { fail } from '#core/errors.ts';
import type { RefusalReason } from '#core/identity-document.ts';
import { tidyText } from '#core/name.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { barPlayer } from './bar-player.ts';
import { type DocumentDecided, lockWaiting, tellDecision } from './decide-document.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { insertAlert, recordRefusal } from './queries.ts';

export interface RefuseDocument {
  readonly operationId: string;
  readonly documentId: string;
  readonly reason: RefusalReason;
  /** What the reviewer adds for the player. */
  readonly remark?: string | undefined;
}

export function refuseDocument(
  deps: IdentityDeps,
  staff: StaffIdentity,
  { operationId, documentId, reason, ...asked }: RefuseDocument,
): Promise<DocumentDecided> {
  const remark = tidyText(asked.remark ?? '') || null;
  const command = {
    operationId,
    command: 'refuse-document',
    target: `document ${documentId}`,
    input: { reason, remark },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    if (reason === 'other' && remark === null) return fail('remark_missing');
    const { playerId } = await lockWaiting(tx, documentId);
    await recordRefusal(tx, documentId, staff.staffId, { reason, remark });
    await tellDecision(tx, playerId, 'refused');
    if (reason === 'under_age') {
      await barPlayer(tx, deps.jobs, playerId);
      await insertAlert(tx, { kind: 'under_age', documentId, playerId, otherPlayerId: null });
    }
    return { documentId, state: 'refused' as const, reason };
  });
}
