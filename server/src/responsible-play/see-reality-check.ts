import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayDeps } from './play-deps.ts';
import { postponeRealityCheck } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';
import { type RealityCheck, showRealityCheck } from './show-play.ts';

/** The player has seen how long he has been here, and goes on: the next check is an interval away. */
export function seeRealityCheck(
  { db }: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  operationId: string,
): Promise<RealityCheck> {
  const asked = { operationId, command: 'see-reality-check', input: {}, origin };
  return runPlayCommand(db, player, asked, async (tx) => {
    await postponeRealityCheck(tx, player.playerId);
    return showRealityCheck(tx, player);
  });
}
