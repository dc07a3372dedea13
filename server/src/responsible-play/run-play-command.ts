/**
 * Runs one command of a player about his own play: once by its id, with its audit row, under the lock of his balance.
 * Every bet of his takes that lock and reads afterwards: it is decided before this command or by it.
 */
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { lockBalances } from '../ledger/post.ts';
import { runOperation } from '../operations/operation.ts';

export interface PlayCommand {
  readonly operationId: string;
  /** Verb-noun, as in the file that carries it: "set-limit". */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export function runPlayCommand<Answer extends object>(
  db: Db,
  { playerId, accountId }: PlayerIdentity,
  { operationId, command, input, origin }: PlayCommand,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const operation = { id: operationId, kind: command, actorId: playerId, input };
  return runOperation(
    db,
    operation,
    async (tx) => {
      await lockBalances(tx, [accountId]);
      return work(tx);
    },
    (tx, outcome) =>
      recordAudit(tx, {
        actor: { kind: 'player', id: playerId },
        command,
        target: `player ${playerId}`,
        input,
        outcome,
        operationId,
        origin,
      }),
  );
}
