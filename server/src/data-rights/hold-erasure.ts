/** Compliance keeps the data of a closed account longer, with its reason, and lets them go again. */
import type { ClosureShown } from '#core/api/data-rights.ts';
import { fail } from '#core/errors.ts';
import { tidyText } from '#core/name.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { lockClosure, recordHold } from './queries.ts';
import { showClosure } from './show-data.ts';

export function holdErasure(
  db: Db,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly playerId: string; readonly reason: string },
): Promise<ClosureShown> {
  const reason = tidyText(asked.reason);
  return decide(db, staff, 'hold-erasure', asked, { staffId: staff.staffId, reason });
}

export function releaseErasure(
  db: Db,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly playerId: string },
): Promise<ClosureShown> {
  return decide(db, staff, 'release-erasure', asked, null);
}

function decide(
  db: Db,
  staff: StaffIdentity,
  command: 'hold-erasure' | 'release-erasure',
  { operationId, playerId }: { readonly operationId: string; readonly playerId: string },
  hold: { readonly staffId: string; readonly reason: string } | null,
): Promise<ClosureShown> {
  const input = hold === null ? {} : { reason: hold.reason };
  const target = `player ${playerId}`;
  return runStaffCommand(db, staff, { operationId, command, target, input }, async (tx) => {
    const closure = (await lockClosure(tx, playerId)) ?? fail('not_found');
    if (closure.erasedAt !== null) return fail('already_erased');
    await recordHold(tx, playerId, hold);
    return showClosure(tx, (await lockClosure(tx, playerId)) ?? closure);
  });
}
