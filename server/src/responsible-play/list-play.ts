import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { findAllExclusions, findAllPending, showExclusion } from './queries.ts';

/** What compliance sees: pauses and exclusions, and loosenings that wait. Each look leaves a row. */
export function listPlay(db: Db, staff: StaffIdentity) {
  return db.transaction(async (tx) => {
    const exclusions = await findAllExclusions(tx);
    const pending = await findAllPending(tx);
    await recordAudit(tx, {
      actor: { kind: 'staff', id: staff.staffId },
      command: 'list-play',
      target: 'responsible play',
      input: { exclusions: exclusions.length, pending: pending.length },
      outcome: 'done',
      operationId: null,
      origin: staff.origin ?? null,
    });
    return {
      exclusions: exclusions.map(({ playerId, pseudonym, isInForce, ...row }) => ({
        ...showExclusion(row),
        playerId,
        pseudonym,
        isInForce,
      })),
      pending: pending.map((row) => ({ ...row, confirmFrom: row.confirmFrom.toISOString() })),
    };
  });
}
