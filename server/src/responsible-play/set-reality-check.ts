import type { RealityCheckMinutes } from '#core/responsible-play.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayDeps } from './play-deps.ts';
import { putRealityCheck } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';
import { type RealityCheck, showRealityCheck } from './show-play.ts';

/** How often a player wants to be told how long he has been here; 0 is never. The interval begins now. */
export function setRealityCheck(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  { operationId, everyMinutes }: { readonly operationId: string; readonly everyMinutes: RealityCheckMinutes },
): Promise<RealityCheck> {
  const asked = { operationId, command: 'set-reality-check', input: { everyMinutes }, origin };
  return runPlayCommand(db, player, asked, async (tx) => {
    await putRealityCheck(tx, player.playerId, everyMinutes);
    return showRealityCheck(tx, player);
  });
}
