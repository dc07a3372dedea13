import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { BarredDeps } from './barred-deps.ts';
import { lockBarredPerson, recordEnded } from './queries.ts';
import { type BarredShown, showBarred } from './show-barred.ts';

/** He may bet again. The row stays, with who ended it and why in the audit log. */
export function endBar(
  { db }: BarredDeps,
  staff: StaffIdentity,
  {
    operationId,
    personId,
    reason,
  }: {
    readonly operationId: string;
    readonly personId: string;
    readonly reason: string;
  },
): Promise<BarredShown> {
  const command = { operationId, command: 'end-bar', target: `barred-person ${personId}`, input: { reason } };
  return runStaffCommand(db, staff, command, async (tx) => {
    const person = (await lockBarredPerson(tx, personId)) ?? fail('not_found');
    if (!person.isInForce) fail('barred_ended');
    await recordEnded(tx, personId, staff.staffId);
    return showBarred(tx, personId);
  });
}
