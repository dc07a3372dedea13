/** A player shows his PIN again: his session is stepped up. Wrong ones count with those of his log-ins. */
import { RefusalError } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { tryPin } from '../pins/try-pin.ts';
import { seatOf } from '../players/change-pin.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import type { StartedSession } from '../sessions/start-session.ts';
import { stepUp } from '../sessions/step-up.ts';

export async function confirmPin(
  deps: PeopleDeps,
  player: PlayerIdentity,
  asked: { readonly pin: string; readonly origin: Origin },
): Promise<StartedSession> {
  const { playerId } = player;
  const outcome = await tryPin(deps, seatOf(player), asked.pin, (tx) =>
    stepUp(tx, player, { factor: 'pin', origin: asked.origin }),
  );
  if (!('code' in outcome)) {
    deps.sessions.refresh({ playerId });
    return outcome;
  }
  await deps.db.transaction((tx) =>
    recordAudit(tx, {
      actor: { kind: 'player', id: playerId },
      command: 'step-up',
      target: `session ${player.session.sessionId}`,
      input: { factor: 'pin' },
      outcome: outcome.code,
      operationId: null,
      origin: asked.origin,
    }),
  );
  throw new RefusalError(outcome);
}
