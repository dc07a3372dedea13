import type { ErrorCode } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { Denial } from '../http.ts';
import { recordAudit } from './record-audit.ts';

/** Somebody who is logged in asks for what is not his: a command of another role, somebody else's bet. */
export function recordDenial(db: Db, { identity, route, path, code, origin }: Denial): Promise<void> {
  const actor =
    identity.kind === 'staff'
      ? ({ kind: 'staff', id: identity.staffId } as const)
      : ({ kind: 'player', id: identity.playerId } as const);
  const outcome: ErrorCode = code;
  return db.transaction((tx) =>
    recordAudit(tx, {
      actor,
      command: 'refuse-access',
      target: `route ${route}`,
      input: { path },
      outcome,
      operationId: null,
      origin,
    }),
  );
}
