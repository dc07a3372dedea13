import { fail } from '#core/errors.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import type { Exclusion } from './exclude-player.ts';
import type { PlayDeps } from './play-deps.ts';
import { findExclusionsInForce, setReturn, showExclusion } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';

/** Asks to play again after a self-exclusion: only after its end, and it takes another day. */
export function askReturn(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  operationId: string,
): Promise<Exclusion> {
  const asked = { operationId, command: 'ask-return', input: {}, origin };
  return runPlayCommand(db, player, asked, async (tx) => {
    const inForce = await findExclusionsInForce(tx, player.playerId);
    const waiting = inForce.filter(({ kind, returnsAt }) => kind === 'self_exclusion' && returnsAt === null);
    if (waiting.some(({ isOver }) => !isOver)) fail('exclusion_not_over');
    const [exclusion] = waiting;
    if (exclusion === undefined) return fail('exclusion_absent');
    const { looseningDelayMs } = await readSettings(tx);
    const returnsAt = await setReturn(
      tx,
      waiting.map(({ id }) => id),
      looseningDelayMs,
    );
    return showExclusion({ ...exclusion, returnsAt });
  });
}
