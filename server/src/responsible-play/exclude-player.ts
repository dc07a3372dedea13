import type { Static } from 'typebox';
import type { ExclusionView } from '#core/api/responsible-play.ts';
import { RefusalError } from '#core/errors.ts';
import { type ExclusionKind, refuseExclusion } from '#core/responsible-play.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { PlayerIdentity } from '../http.ts';
import { cancelOffersOf } from '../offers/cancel-offers-of.ts';
import { readSettings } from '../settings/open-settings.ts';
import type { PlayDeps } from './play-deps.ts';
import { insertExclusion, showExclusion } from './queries.ts';
import { runPlayCommand } from './run-play-command.ts';

export type Exclusion = Static<typeof ExclusionView>;

export interface ExcludePlayer {
  readonly operationId: string;
  readonly kind: ExclusionKind;
  /** Null: for good. */
  readonly days: number | null;
}

/**
 * A pause or an exclusion: from the commit on every bet and deposit of his is refused, those that wait in a batch too.
 * Then his open offers come back, at once; a job does what a process that dies here leaves over.
 */
export async function excludePlayer(
  deps: PlayDeps,
  player: PlayerIdentity,
  origin: Origin,
  { operationId, ...input }: ExcludePlayer,
): Promise<Exclusion> {
  const { playerId } = player;
  const asked = { operationId, command: 'exclude-player', input, origin };
  const exclusion = await runPlayCommand(deps.db, player, asked, async (tx) => {
    const refused = refuseExclusion(input.kind, input.days, await readSettings(tx));
    if (refused !== null) throw new RefusalError(refused);
    const row = await insertExclusion(tx, { id: operationId, playerId, ...input });
    await deps.jobs.send(tx, 'cancel-offers', { playerId });
    return showExclusion(row);
  });
  await cancelOffersOf(deps, playerId);
  return exclusion;
}
