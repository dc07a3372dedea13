/** Decides on a change of a setting: another person than the one who proposed it. */
import type { SettingChangeShown } from '#core/api/settings.ts';
import { fail } from '#core/errors.ts';
import { isSettingName } from '#core/settings.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { judgeAgreement, judgeValue, lockWaiting } from './judge-change.ts';
import { findChange, findClock, recordDecision } from './queries.ts';
import { type SettingDeps, tellChanged } from './setting-deps.ts';
import { showChange } from './show-changes.ts';

export interface DecideChange {
  readonly operationId: string;
  readonly changeId: string;
}

/** From its date on, or from now on when that has passed, the setting has the new value. */
export async function approveChange(
  deps: SettingDeps,
  staff: StaffIdentity,
  asked: DecideChange,
): Promise<SettingChangeShown> {
  const approved = await decide(deps, staff, asked, 'approved');
  await tellChanged(deps);
  return approved;
}

export function refuseChange(
  deps: SettingDeps,
  staff: StaffIdentity,
  asked: DecideChange,
): Promise<SettingChangeShown> {
  return decide(deps, staff, asked, 'refused');
}

async function decide(
  { db }: SettingDeps,
  staff: StaffIdentity,
  { operationId, changeId }: DecideChange,
  decision: 'approved' | 'refused',
): Promise<SettingChangeShown> {
  // What a change is never changes: the audit row says it in full.
  const { name, value } = (await findChange(db, changeId)) ?? fail('not_found');
  if (!isSettingName(name)) return fail('not_found');
  const command = {
    operationId,
    command: decision === 'approved' ? 'approve-setting' : 'refuse-setting',
    target: `setting ${name}`,
    input: { changeId, value },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const change = await lockWaiting(tx, changeId);
    if (change.proposerId === staff.staffId) fail('same_person');
    if (decision === 'approved') {
      // Bounds may have become narrower since it was proposed, and other settings may have changed.
      judgeValue(name, value);
      const now = await findClock(tx);
      const at = change.effectiveAt > now ? change.effectiveAt : now;
      await judgeAgreement(tx, { name, value, effectiveAt: at.toISOString() });
    }
    await recordDecision(tx, changeId, staff.staffId, decision);
    const row = (await findChange(tx, changeId)) ?? fail('internal');
    return showChange(row, staff) ?? fail('internal');
  });
}
