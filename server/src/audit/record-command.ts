/** The audit log: one row for every staff command, in the command's own transaction. */
import type { Tx } from '../db.ts';

export interface AuditedCommand {
  readonly staffId: string;
  readonly command: string;
  /** What it was aimed at: "market 12", "gala 3". */
  readonly target: string;
  readonly input: object;
  /** `done`, or the code of the refusal. */
  readonly outcome: string;
  /** Null for what is no operation: a log-in. */
  readonly operationId: string | null;
}

export async function recordCommand(tx: Tx, command: AuditedCommand): Promise<void> {
  await tx.query(
    `INSERT INTO audit_entry (staff_id, command, target, input, outcome, operation_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    [command.staffId, command.command, command.target, command.input, command.outcome, command.operationId],
  );
}
