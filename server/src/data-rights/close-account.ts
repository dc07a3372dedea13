/**
 * A player closes his account: from the commit on no bet and no deposit of his is taken. Then his open offers come back,
 * his duels are settled in their own time, his balance goes to his own number, and the account ends. Each step is found
 * in the database: a process that dies leaves nothing undone.
 */
import type { ClosureShown } from '#core/api/data-rights.ts';
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { violatedConstraint } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { lockBalances } from '../ledger/post.ts';
import { runOperation } from '../operations/operation.ts';
import { advanceClosure } from './advance-closure.ts';
import type { ClosureDeps } from './data-deps.ts';
import { findClosure, insertClosure, lockPlayer } from './queries.ts';
import { showClosure } from './show-data.ts';

export async function closeAccount(
  deps: ClosureDeps,
  player: PlayerIdentity,
  { operationId, origin }: { readonly operationId: string; readonly origin: Origin },
): Promise<ClosureShown> {
  const { playerId, accountId } = player;
  const operation = { id: operationId, kind: 'close-account', actorId: playerId, input: {} };
  await runOperation(
    deps.db,
    operation,
    async (tx) => {
      await lockPlayer(tx, playerId);
      // Every bet and deposit of his takes this lock and looks at the account afterwards.
      await lockBalances(tx, [accountId]);
      try {
        await tx.attempt(() => insertClosure(tx, operationId, playerId));
      } catch (error) {
        if (violatedConstraint(error) === 'account_closure_once') return fail('closure_already_asked');
        throw error;
      }
      await deps.jobs.send(tx, 'cancel-offers', { playerId });
      return { closureId: operationId };
    },
    (tx, outcome) =>
      recordAudit(tx, {
        actor: { kind: 'player', id: playerId },
        command: 'close-account',
        target: `player ${playerId}`,
        input: {},
        outcome,
        operationId,
        origin,
      }),
  );
  await advanceClosure(deps, playerId);
  const closure = await findClosure(deps.db, playerId);
  if (closure === null) throw new Error(`the closure of ${playerId} has vanished`);
  return showClosure(deps.db, closure);
}
