import { fail } from '#core/errors.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayDeps } from './play-deps.ts';
import { endInForce, findPendingLimit, putInForce } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';
import type { LimitChange } from './set-limit.ts';

/** The second word of a loosening, once it has waited. */
export function confirmLimit(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  { operationId, changeId }: { readonly operationId: string; readonly changeId: string },
): Promise<LimitChange> {
  const asked = { operationId, command: 'confirm-limit', input: { changeId }, origin };
  return runPlayCommand(db, player, asked, async (tx) => {
    const { playerId } = player;
    const pending = (await findPendingLimit(tx, playerId, changeId)) ?? fail('not_found');
    if (!pending.isRipe) fail('limit_change_too_early', { until: pending.confirmFrom.toISOString() });
    await endInForce(tx, { playerId, kind: pending.kind, period: pending.period });
    return putInForce(tx, changeId);
  });
}
