/** Takes a change back: one that waits, or an approved one before its time. The setting stays as it is. */
import type { SettingChangeShown } from '#core/api/settings.ts';
import { fail } from '#core/errors.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { DecideChange } from './decide-change.ts';
import { judgeAgreementWithout } from './judge-change.ts';
import { findChange, lockSettings, recordWithdrawal } from './queries.ts';
import type { SettingDeps } from './setting-deps.ts';
import { showChange } from './show-changes.ts';

export async function withdrawChange(
  { db }: SettingDeps,
  staff: StaffIdentity,
  { operationId, changeId }: DecideChange,
): Promise<SettingChangeShown> {
  const { name, value } = (await findChange(db, changeId)) ?? fail('not_found');
  const command = {
    operationId,
    command: 'withdraw-setting',
    target: `setting ${name}`,
    input: { changeId, value },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockSettings(tx);
    const { state } = (await findChange(tx, changeId)) ?? fail('not_found');
    if (state === 'in_force' || state === 'replaced') fail('setting_change_in_force');
    if (state === 'refused' || state === 'withdrawn') fail('setting_change_decided');
    if (state === 'coming') await judgeAgreementWithout(tx, changeId);
    await recordWithdrawal(tx, changeId, staff.staffId);
    const row = (await findChange(tx, changeId)) ?? fail('internal');
    return showChange(row, staff) ?? fail('internal');
  });
}
