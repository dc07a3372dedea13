import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { recordAudit } from './record-audit.ts';

/**
 * A member of staff looks at somebody's data: `what` is verb-noun ("view-document"), `target` whose ("player 0190…").
 * In the transaction that reads them, nothing is seen that is not written down.
 */
export function recordLook(
  db: Db | Tx,
  staff: StaffIdentity,
  look: { readonly what: string; readonly target: string; readonly input?: object },
): Promise<void> {
  const record = (tx: Tx) =>
    recordAudit(tx, {
      actor: { kind: 'staff', id: staff.staffId },
      command: look.what,
      target: look.target,
      input: look.input ?? {},
      outcome: 'done',
      operationId: null,
      origin: staff.origin ?? null,
    });
  return 'isTransaction' in db ? record(db) : db.transaction(record);
}
