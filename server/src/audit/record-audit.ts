/**
 * The audit log: one row for every staff command, every look at personal data, every log-in and refusal of one, in
 * the transaction of what it tells. It is not a log: no level filters it. No code, PIN, token or full phone goes in.
 */
import type { Tx } from '../db.ts';

/** Who did it. `system` is a job, `nobody` somebody who did not get in and is no one we know. */
export type Actor =
  | { readonly kind: 'staff' | 'player'; readonly id: string }
  | { readonly kind: 'system' | 'command_line' | 'nobody' };

/** Where a request came from. */
export interface Origin {
  readonly address: string;
  readonly requestId: string;
}

export interface AuditedEvent {
  readonly actor: Actor;
  /** Verb-noun, as in the file that carries it: "close-market", "log-in-player", "view-document". */
  readonly command: string;
  /** What it was aimed at: "market 12", "player 0190…". */
  readonly target: string;
  readonly input: object;
  /** `done`, or the code of the refusal. */
  readonly outcome: string;
  /** Null for what is no operation: a log-in, a look. */
  readonly operationId: string | null;
  /** Null for what no request did. */
  readonly origin: Origin | null;
}

export async function recordAudit(tx: Tx, event: AuditedEvent): Promise<void> {
  const { actor, command, target, input, outcome, operationId, origin } = event;
  await tx.query(
    `INSERT INTO audit_entry (actor_kind, actor_id, command, target, input, outcome, operation_id, address, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      actor.kind,
      'id' in actor ? actor.id : null,
      command,
      target,
      input,
      outcome,
      operationId,
      origin?.address ?? null,
      origin?.requestId ?? null,
    ],
  );
}
