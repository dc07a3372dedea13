/** Runs one command of a member of staff: once by its id, with its audit row, in one transaction. */
import { recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runOperation } from '../operations/operation.ts';

export interface StaffCommand {
  readonly operationId: string;
  /** Verb-noun, as in the file that carries it: "close-market". */
  readonly command: string;
  readonly target: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export function runStaffCommand<Answer extends object>(
  db: Db,
  staff: StaffIdentity,
  asked: StaffCommand,
  command: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const operation = {
    id: asked.operationId,
    kind: asked.command,
    actorId: staff.staffId,
    input: { ...asked.input, target: asked.target },
  };
  return runOperation(db, operation, command, (tx, outcome) =>
    recordAudit(tx, {
      actor: { kind: 'staff', id: staff.staffId },
      ...asked,
      outcome,
      origin: staff.origin ?? null,
    }),
  );
}
