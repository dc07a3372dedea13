/** How the requests about one's data stand, for the player himself and for compliance. */
import type { ClosureShown, ExportShown } from '#core/api/data-rights.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import {
  type ClosureRow,
  type ExportRow,
  findClosure,
  findClosures,
  findEngaged,
  findExports,
} from './queries.ts';

export async function showData(db: Db, player: PlayerIdentity) {
  const closure = await findClosure(db, player.playerId);
  return {
    exports: (await findExports(db, player.playerId)).map(showExport),
    closure: closure === null ? null : await showClosure(db, closure),
  };
}

export async function showClosure(db: Db | Tx, closure: ClosureRow): Promise<ClosureShown> {
  const { duelCount, withdrawingXof } = await findEngaged(db, closure);
  return {
    state: closure.state,
    askedAt: closure.askedAt.toISOString(),
    closedAt: closure.closedAt?.toISOString() ?? null,
    waitsForDuels: duelCount,
    withdrawingXof,
    remainderXof: closure.remainderXof,
    eraseAt: closure.eraseAt?.toISOString() ?? null,
    erasedAt: closure.erasedAt?.toISOString() ?? null,
    isHeld: closure.heldAt !== null,
  };
}

export function showExport({ exportId, askedAt, readyAt, expiresAt, isReady }: ExportRow): ExportShown {
  return {
    exportId,
    askedAt: askedAt.toISOString(),
    readyAt: readyAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    isReady,
  };
}

/** Every closure with what it waits for, and why its data are kept. */
export async function listRequests(db: Db) {
  const closures = await findClosures(db);
  return Promise.all(
    closures.map(async (closure) => ({
      playerId: closure.playerId,
      pseudonym: closure.pseudonym,
      heldBy: closure.heldBy,
      holdReason: closure.holdReason,
      closure: await showClosure(db, closure),
    })),
  );
}
