/** The audit row of a log-in, or of one that was refused. A stranger's number is told by its last digits. */
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import { maskPhone } from '../sessions/read-phone.ts';

export function auditLogIn(
  tx: Tx,
  event: {
    readonly playerId: string | null;
    readonly phone: string;
    readonly by: 'code' | 'pin' | 'device' | 'sign_up';
    readonly outcome: string;
    readonly origin: Origin;
  },
): Promise<void> {
  const { playerId, phone, by, outcome, origin } = event;
  return recordAudit(tx, {
    actor: playerId === null ? { kind: 'nobody' } : { kind: 'player', id: playerId },
    command: 'log-in-player',
    target: playerId === null ? `phone ${maskPhone(phone)}` : `player ${playerId}`,
    input: { by },
    outcome,
    operationId: null,
    origin,
  });
}
