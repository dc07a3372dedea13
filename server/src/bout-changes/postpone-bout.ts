/**
 * Postponement: one command moves a bout, with its reason and source. Before the close its markets are suspended and
 * their hard stop follows; offers stay, and may be taken back. After the close nothing is reopened, and the duels
 * stand. A date beyond what the rule cards promise stops betting at once, and the job gives every stake back.
 */
import { fail } from '#core/errors.ts';
import { type PostponementPlan, planPostponement } from '#core/postponement.ts';
import { requireMayRun } from '../bouts/access.ts';
import { type CloseDeps, closeBout } from '../bouts/close-market.ts';
import { lockBoutFor } from '../bouts/lock-market.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { tellBettorsOf } from '../players/notices.ts';
import { lockPoolsOfBout } from '../pool-whistle/close-pools.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import {
  type Effect,
  noticeOfMove,
  readEffect,
  requireAsPreviewed,
  requireUndecided,
} from './preview-change.ts';
import { findMovableBout, insertMove, type MovableBout, suspendPools, writeMove } from './queries.ts';

export interface PostponeBout {
  readonly operationId: string;
  readonly boutId: number;
  /** ISO 8601; null when there is no new date yet. */
  readonly scheduledAt: string | null;
  readonly reason: string;
  readonly source: string;
  /** The digest of the preview that was read. */
  readonly previewed: string;
}

/** What a move would do to every bet. Refuses what the move itself would refuse. */
export async function previewPostponement(
  db: Db,
  staff: StaffIdentity,
  boutId: number,
  scheduledAt: string | null,
): Promise<Effect> {
  const bout = (await findMovableBout(db, boutId)) ?? fail('not_found');
  requireMayRun(staff, bout);
  requireMovable(bout, scheduledAt);
  return readEffect(db, bout, { kind: 'move', scheduledAt, plan: planOf(bout, scheduledAt) });
}

export function postponeBout(
  deps: CloseDeps,
  staff: StaffIdentity,
  { operationId, boutId, scheduledAt, reason, source, previewed }: PostponeBout,
): Promise<Effect & { readonly operationId: string }> {
  const input = { scheduledAt, reason, source, previewed };
  const command = { operationId, command: 'postpone-bout', target: `bout ${boutId}`, input };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const locked = await lockBoutFor(tx, staff, boutId);
    const poolIds = await lockPoolsOfBout(tx, boutId);
    // Read again under the locks.
    const bout = (await findMovableBout(tx, boutId)) ?? fail('not_found');
    requireMovable(bout, scheduledAt);
    const plan = planOf(bout, scheduledAt);
    const effect = await readEffect(tx, bout, { kind: 'move', scheduledAt, plan });
    requireAsPreviewed(effect, previewed);
    await insertMove(tx, {
      ...{ id: operationId, boutId, from: bout.scheduledAt, to: scheduledAt, reason, source },
      movedBy: staff.staffId,
    });
    // While open offers are still there to be told.
    await tellBettorsOf(tx, boutId, 'bout_postponed', noticeOfMove(effect, scheduledAt));
    await writePlan(tx, bout, plan, scheduledAt);
    if (plan?.isVoid === true) await closeBout(tx, deps.jobs, locked, 'cancelled');
    else await suspendPools(tx, poolIds);
    return { operationId, ...effect };
  });
}

function requireMovable(bout: MovableBout, scheduledAt: string | null): void {
  requireUndecided(bout);
  if (scheduledAt === null) {
    if (bout.isUndated) fail('date_unchanged');
    return;
  }
  if (Date.parse(scheduledAt) <= bout.now.getTime()) fail('date_in_past');
  if (!bout.isUndated && Date.parse(scheduledAt) === bout.scheduledAt.getTime()) fail('date_unchanged');
}

/** Null when nothing was ever opened on the bout: there is no bet to decide about. */
function planOf(bout: MovableBout, scheduledAt: string | null): PostponementPlan | null {
  if (bout.postponementMs === null) return null;
  return planPostponement({
    firstMs: firstDateOf(bout).getTime(),
    toMs: scheduledAt === null ? null : Date.parse(scheduledAt),
    postponementMs: bout.postponementMs,
    nowMs: bout.now.getTime(),
  });
}

function firstDateOf(bout: MovableBout): Date {
  return bout.firstScheduledAt ?? bout.scheduledAt;
}

async function writePlan(
  tx: Tx,
  bout: MovableBout,
  plan: PostponementPlan | null,
  scheduledAt: string | null,
): Promise<void> {
  const { hardStopDelayMs } = await readSettings(tx);
  const dateMs = scheduledAt === null ? plan?.standsUntilMs : Date.parse(scheduledAt);
  await writeMove(tx, bout.boutId, {
    scheduledAt,
    hardStopAt: dateMs === undefined ? null : new Date(dateMs + hardStopDelayMs),
    bets:
      plan === null
        ? null
        : {
            first: firstDateOf(bout),
            standsUntil: new Date(plan.standsUntilMs),
            voidAt: new Date(plan.voidAtMs),
          },
  });
}
