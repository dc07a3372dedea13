import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { recordAudit } from './record-audit.ts';

/** A member of staff looks at somebody's data: `what` is verb-noun ("view-document"), `target` whose ("player 0190…"). */
export function recordLook(
  db: Db,
  staff: StaffIdentity,
  look: { readonly what: string; readonly target: string; readonly input?: object },
): Promise<void> {
  return db.transaction((tx) =>
    recordAudit(tx, {
      actor: { kind: 'staff', id: staff.staffId },
      command: look.what,
      target: look.target,
      input: look.input ?? {},
      outcome: 'done',
      operationId: null,
      origin: staff.origin ?? null,
    }),
  );
}
