import type { Static } from 'typebox';
import type { LimitChangeView } from '#core/api/responsible-play.ts';
import { fail } from '#core/errors.ts';
import type { Xof } from '#core/money.ts';
import { changeOf, type LimitKind, type Period } from '#core/responsible-play.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import type { PlayDeps } from './play-deps.ts';
import { dropPending, endInForce, findLimitInForce, insertLimit } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';

export type LimitChange = Static<typeof LimitChangeView>;

export interface SetLimit {
  readonly operationId: string;
  readonly kind: LimitKind;
  readonly period: Period;
  /** Null removes it. */
  readonly limitXof: Xof | null;
}

/**
 * Sets a limit of one's own. A tightening holds at once and drops a loosening that waits; a loosening waits, and
 * replaces one that waited before.
 */
export function setLimit(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  { operationId, ...input }: SetLimit,
): Promise<LimitChange> {
  const { playerId } = player;
  return runPlayCommand(db, player, { operationId, command: 'set-limit', input, origin }, async (tx) => {
    const slot = { playerId, kind: input.kind, period: input.period };
    const change = changeOf(await findLimitInForce(tx, slot), input.limitXof);
    if (change === 'nothing') fail('limit_unchanged');
    await dropPending(tx, slot);
    const row = { ...slot, id: operationId, limitXof: input.limitXof };
    if (change === 'tightening') {
      await endInForce(tx, slot);
      return insertLimit(tx, row, null);
    }
    const { looseningDelayMs } = await readSettings(tx);
    return insertLimit(tx, row, looseningDelayMs);
  });
}
