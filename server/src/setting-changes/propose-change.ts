/** Proposes another value of a setting, from now on or from a later moment. Nothing changes before it is approved. */
import type { SettingChangeShown } from '#core/api/settings.ts';
import { fail } from '#core/errors.ts';
import { tidyText } from '#core/name.ts';
import type { SettingName } from '#core/settings.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { judgeAgreement, judgeIsNews, judgeValue } from './judge-change.ts';
import { findChange, findClock, insertChange, lockSettings } from './queries.ts';
import type { SettingDeps } from './setting-deps.ts';
import { showChange } from './show-changes.ts';

export interface ProposeChange {
  readonly operationId: string;
  readonly name: SettingName;
  readonly value: number | string;
  readonly reason: string;
  /** None: as soon as it is approved. */
  readonly effectiveAt?: string | undefined;
}

export function proposeChange(
  { db }: SettingDeps,
  staff: StaffIdentity,
  { operationId, name, value, effectiveAt, ...asked }: ProposeChange,
): Promise<SettingChangeShown> {
  const reason = tidyText(asked.reason);
  const command = {
    operationId,
    command: 'propose-setting',
    target: `setting ${name}`,
    input: { value, reason, effectiveAt: effectiveAt ?? null },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    judgeValue(name, value);
    await lockSettings(tx);
    const now = await findClock(tx);
    const at = effectiveAt === undefined ? now : new Date(effectiveAt);
    if (at < now) fail('date_in_past');
    const change = { name, value, effectiveAt: at.toISOString() };
    await judgeIsNews(tx, change);
    await judgeAgreement(tx, change);
    await insertOnly(tx, { ...change, changeId: operationId, reason, staffId: staff.staffId });
    const row = (await findChange(tx, operationId)) ?? fail('internal');
    return showChange(row, staff) ?? fail('internal');
  });
}

/** One change of a setting waits at a time. */
async function insertOnly(tx: Tx, change: Parameters<typeof insertChange>[1]): Promise<void> {
  try {
    await tx.attempt(() => insertChange(tx, change));
  } catch (error) {
    if (violatedConstraint(error) === 'setting_change_one_waits') fail('setting_change_waiting');
    throw error;
  }
}
