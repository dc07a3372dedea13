/**
 * Postponement: one command moves a bout, with its reason and source. Before the close its markets are suspended and
 * their hard stop follows; offers stay, and may be taken back. After the close nothing is reopened, and the duels
 * stand. A date beyond what the rule cards promise stops betting at once, and the job gives every stake back.
 */
import { fail } from '#core/errors.ts';
import { type PostponementPlan, planPostponement } from '#core/postponement.ts';
import { requireMayRun } from '../bouts/access.ts';
import { type CloseDeps, closeBout } from '../bouts/close-market.ts';
import { type LockedBout, lockBoutFor } from '../bouts/lock-market.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { tellBettorsOf } from '../players/notices.ts';
import { lockPoolsOfBout } from '../pool-whistle/close-pools.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import {
  type BetsOfBout,
  countBetsOfBout,
  findMovableBout,
  insertMove,
  type MovableBout,
  suspendPools,
  writeMove,
} from './queries.ts';

export interface PostponeBout {
  readonly operationId: string;
  readonly boutId: number;
  /** ISO 8601; null when there is no new date yet. */
  readonly scheduledAt: string | null;
  readonly reason: string;
  readonly source: string;
}

export interface Effect extends BetsOfBout {
  readonly isClosed: boolean;
  readonly standsUntil: string | null;
  readonly isVoid: boolean;
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
  return effectOf(bout, planOf(bout, scheduledAt), await countBetsOfBout(db, boutId));
}

export function postponeBout(
  deps: CloseDeps,
  staff: StaffIdentity,
  { operationId, boutId, scheduledAt, reason, source }: PostponeBout,
): Promise<Effect & { readonly operationId: string }> {
  const input = { scheduledAt, reason, source };
  const command = { operationId, command: 'postpone-bout', target: `bout ${boutId}`, input };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const locked = await lockBoutFor(tx, staff, boutId);
    // Read again under the lock.
    const bout = (await findMovableBout(tx, boutId)) ?? fail('not_found');
    requireMovable(bout, scheduledAt);
    const plan = planOf(bout, scheduledAt);
    const bets = await countBetsOfBout(tx, boutId);
    await insertMove(tx, {
      ...{ id: operationId, boutId, from: bout.scheduledAt, to: scheduledAt, reason, source },
      movedBy: staff.staffId,
    });
    await move(tx, deps, locked, bout, plan, scheduledAt);
    if (plan !== null) await tellBettorsOf(tx, boutId, 'bout_postponed', noticeOf(plan, scheduledAt));
    return { operationId, ...effectOf(bout, plan, bets) };
  });
}

function requireMovable(bout: MovableBout, scheduledAt: string | null): void {
  if (bout.boutState === 'decided' || bout.boutState === 'cancelled') fail('result_already_confirmed');
  if (bout.hasProposal) fail('result_already_proposed');
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

async function move(
  tx: Tx,
  { jobs }: CloseDeps,
  locked: LockedBout,
  bout: MovableBout,
  plan: PostponementPlan | null,
  scheduledAt: string | null,
): Promise<void> {
  const { hardStopDelayMs } = await readSettings(tx);
  const dateMs = scheduledAt === null ? plan?.standsUntilMs : Date.parse(scheduledAt);
  await writeMove(tx, locked.id, {
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
  if (plan?.isVoid === true) await closeBout(tx, jobs, locked, 'cancelled');
  else await suspendPools(tx, await lockPoolsOfBout(tx, locked.id));
}

function effectOf(bout: MovableBout, plan: PostponementPlan | null, bets: BetsOfBout): Effect {
  return {
    ...bets,
    isClosed: bout.boutState === 'whistled',
    standsUntil: plan === null ? null : new Date(plan.standsUntilMs).toISOString(),
    isVoid: plan?.isVoid ?? false,
  };
}

/** What the notice says of it, for player/src/texts.ts. */
function noticeOf({ isVoid }: PostponementPlan, scheduledAt: string | null): string {
  return isVoid ? 'void' : (scheduledAt ?? 'undated');
}
