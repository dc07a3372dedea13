/**
 * Where tickets are bought: a batcher over all pools, apart from the markets' own, so that a hot pool takes none of
 * their turns with the database.
 */
import { fail, RefusalError } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { Batcher, type BatcherLimits, defaultBatcherLimits } from '../operations/batcher.ts';
import { isStoredRefusal } from '../operations/operation.ts';
import type { Settings } from '../settings/open-settings.ts';
import { decidePoolBatch } from './decide-pool-batch.ts';
import { findPoolDoor, type PoolDoor } from './queries.ts';
import type { BoughtTicket, TicketAnswer, TicketCommand } from './ticket-command.ts';

export interface PoolDesk {
  /** The pool as this player may see it; `not_found` when it does not exist for him. */
  enter(poolId: number, player: PlayerIdentity): Promise<PoolDoor>;
  /** Has the ticket decided in its pool's next batch. Refusals are thrown. */
  submit(door: PoolDoor, command: TicketCommand): Promise<BoughtTicket>;
}

/** Smaller than the markets': their bets go first. */
const poolBatcherLimits: BatcherLimits = { ...defaultBatcherLimits, concurrencyMax: 2 };
const DOORS_MAX = 10_000;

export function openPoolDesk(deps: {
  readonly db: Db;
  readonly settings: Settings;
  readonly limits?: BatcherLimits;
}): PoolDesk {
  const doors = new Map<number, PoolDoor>();
  const batcher = new Batcher<TicketCommand, TicketAnswer>(
    (poolId, commands) => decidePoolBatch(deps.db, poolId, commands, deps.settings.current()),
    deps.limits ?? poolBatcherLimits,
  );
  return {
    enter: async (poolId, player) => {
      const known = doors.get(poolId);
      const door = known ?? (await findPoolDoor(deps.db, poolId)) ?? fail('not_found');
      if (known === undefined) {
        if (doors.size >= DOORS_MAX) doors.clear();
        doors.set(poolId, door);
      }
      // Test money and real money never meet: the other kind of pool does not exist for this player.
      return player.isTest === door.isTest ? door : fail('not_found');
    },
    submit: async (door, command) => {
      const answer = await batcher.submit(door.poolId, command);
      if (isStoredRefusal(answer)) throw new RefusalError(answer);
      return answer;
    },
  };
}
