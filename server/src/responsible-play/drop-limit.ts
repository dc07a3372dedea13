import { fail } from '#core/errors.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayDeps } from './play-deps.ts';
import { dropPending, findPendingLimit } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';
import type { LimitChange } from './set-limit.ts';

/** Drops a loosening that waits: the limit stays as it is. */
export function dropLimit(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  { operationId, changeId }: { readonly operationId: string; readonly changeId: string },
): Promise<LimitChange> {
  const asked = { operationId, command: 'drop-limit', input: { changeId }, origin };
  return runPlayCommand(db, player, asked, async (tx) => {
    const { playerId } = player;
    const { kind, period, limitXof, confirmFrom } =
      (await findPendingLimit(tx, playerId, changeId)) ?? fail('not_found');
    await dropPending(tx, { playerId, kind, period });
    const state = 'dropped' as const;
    return { changeId, kind, period, limitXof, state, confirmFrom: confirmFrom.toISOString() };
  });
}
