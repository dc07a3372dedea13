import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { findOperation } from './queries.ts';

export function registerOperations(implement: Implement, deps: { readonly db: Db }): void {
  implement('GET /operations/:operationId', async ({ caller, params }) => {
    const operation = await findOperation(deps.db, params.operationId);
    // Someone else's operation is as unknown as one that never came.
    if (operation === null || operation.actorId !== caller.playerId) return fail('operation_unknown');
    return {
      operationId: operation.id,
      kind: operation.kind,
      status: operation.status,
      answer: operation.answer,
      recordedAt: operation.recordedAt.toISOString(),
    };
  });
}
