/** Replaces a person's data by a pseudonym when its time has come; the database decides whether it has. */
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { dropExpiredExports, erase, findErasuresDue } from './queries.ts';

/** False when it is not to be done, or was done before. Safe to run any number of times. */
export function erasePlayer(db: Db, playerId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isDone = await erase(tx, playerId);
    if (!isDone) return false;
    await recordAudit(tx, {
      actor: { kind: 'system' },
      command: 'erase-player',
      target: `player ${playerId}`,
      input: { job: 'erase-player', askedBy: `player ${playerId}` },
      outcome: 'done',
      operationId: null,
      origin: null,
    });
    return true;
  });
}

/** Files of exports that have expired are taken out. */
export function dropExpired(db: Db): Promise<void> {
  return dropExpiredExports(db);
}

/** One job for each erasure that is due; files of exports that nobody may fetch any more are taken out. */
export async function sendErasuresDue({ db, jobs }: { readonly db: Db; readonly jobs: Jobs }): Promise<void> {
  await dropExpired(db);
  const due = await findErasuresDue(db);
  await db.transaction(async (tx) => {
    for (const { playerId } of due) await jobs.send(tx, 'erase-player', { playerId });
  });
}
