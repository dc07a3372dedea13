/**
 * A bout that is not fought: called off, an opponent replaced, a forfeit before the whistle. One command stops betting
 * on every market and pool of it and proposes that result; a colleague confirms it, and every stake goes back.
 */
import type { UnfoughtEnding } from '#core/api/bout-changes.ts';
import { fail } from '#core/errors.ts';
import { requireMayRun } from '../bouts/access.ts';
import { type CloseDeps, closeBout } from '../bouts/close-market.ts';
import { closedAtOf, lockBoutFor } from '../bouts/lock-market.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { tellBettorsOf } from '../players/notices.ts';
import { lockPoolsOfBout } from '../pool-whistle/close-pools.ts';
import { proposeUnfought } from '../settlement/propose-result.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type Effect, readEffect, requireAsPreviewed, requireUndecided } from './preview-change.ts';
import { findMovableBout } from './queries.ts';

export interface CancelBout {
  readonly operationId: string;
  readonly boutId: number;
  readonly ending: UnfoughtEnding;
  readonly source: string;
  /** The digest of the preview that was read. */
  readonly previewed: string;
}

export interface CancelledBout {
  readonly operationId: string;
  readonly resultId: string;
  /** Null when nothing was ever opened on the bout. */
  readonly closedAt: string | null;
}

/** What it would do to every bet. Refuses what the command itself would refuse. */
export async function previewCancellation(
  db: Db,
  staff: StaffIdentity,
  boutId: number,
  ending: UnfoughtEnding,
): Promise<Effect> {
  const bout = (await findMovableBout(db, boutId)) ?? fail('not_found');
  requireMayRun(staff, bout);
  requireUndecided(bout);
  return readEffect(db, bout, { kind: ending });
}

export function cancelBout(
  deps: CloseDeps,
  staff: StaffIdentity,
  { operationId, boutId, ending, source, previewed }: CancelBout,
): Promise<CancelledBout> {
  const input = { ending, source, previewed };
  const command = { operationId, command: 'cancel-bout', target: `bout ${boutId}`, input };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const locked = await lockBoutFor(tx, staff, boutId);
    await lockPoolsOfBout(tx, boutId);
    const bout = (await findMovableBout(tx, boutId)) ?? fail('not_found');
    requireUndecided(bout);
    requireAsPreviewed(await readEffect(tx, bout, { kind: ending }), previewed);
    // While open offers are still there to be told.
    await tellBettorsOf(tx, boutId, 'bout_unfought', ending);
    const closedAt = (await closeBout(tx, deps.jobs, locked, 'cancelled')) ?? closedAtOf(locked);
    // Nothing of it was ever opened: nothing can be opened any more.
    await tx.query(`UPDATE bout SET state = 'whistled' WHERE id = $1 AND state = 'announced'`, [boutId]);
    await proposeUnfought(tx, staff, boutId, { id: operationId, ending, source });
    return { operationId, resultId: operationId, closedAt: closedAt?.toISOString() ?? null };
  });
}
