/** What every command on a change shares: the settings are locked, and the change is one that can still be decided. */
import { fail, RefusalError } from '#core/errors.ts';
import { refuseSchedule, type ScheduledValue, valueAt } from '#core/setting-agreement.ts';
import { writeSetting } from '#core/setting-value-text.ts';
import {
  isSettingName,
  isSettingValue,
  type SettingDefinition,
  type SettingName,
  settingDefinitions,
} from '#core/settings.ts';
import type { Tx } from '../db.ts';
import { readSettings } from '../settings/open-settings.ts';
import { type ChangeRow, findChange, findOpenChanges, lockSettings } from './queries.ts';

/** Refuses what is no value of this setting. */
export function judgeValue(name: SettingName, value: number | string): void {
  if (isSettingValue(name, value)) return;
  const definition: SettingDefinition = settingDefinitions[name];
  if (definition.unit === 'choice' || !Number.isSafeInteger(value)) fail('setting_value_invalid');
  else {
    const { min, max } = definition;
    fail('setting_out_of_bounds', { lowest: writeSetting(name, min), highest: writeSetting(name, max) });
  }
}

/** Refuses a change that would make settings disagree, at its time or at the time of what comes after it. */
export async function judgeAgreement(tx: Tx, change: ScheduledValue): Promise<void> {
  await judgeSchedule(tx, (coming) =>
    [...coming, change].sort((a, b) => Date.parse(a.effectiveAt) - Date.parse(b.effectiveAt)),
  );
}

/** Refuses to take a change out when what comes after it counts on it. */
export async function judgeAgreementWithout(tx: Tx, changeId: string): Promise<void> {
  await judgeSchedule(tx, (coming) => coming.filter((change) => change.changeId !== changeId));
}

/** Refuses a change to what the setting has then anyway. */
export async function judgeIsNews(tx: Tx, { name, value, effectiveAt }: ScheduledValue): Promise<void> {
  const coming = await findComing(tx);
  const inForceThen = valueAt(await readSettings(tx), coming, name, effectiveAt);
  if (inForceThen === value) fail('setting_unchanged');
}

/** Locks the settings and finds a change that nobody has decided or withdrawn. */
export async function lockWaiting(tx: Tx, changeId: string): Promise<ChangeRow> {
  await lockSettings(tx);
  const change = (await findChange(tx, changeId)) ?? fail('not_found');
  return change.state === 'waiting' ? change : fail('setting_change_decided');
}

type Coming = ScheduledValue & { readonly changeId: string };

async function judgeSchedule(
  tx: Tx,
  arrange: (coming: readonly Coming[]) => readonly ScheduledValue[],
): Promise<void> {
  // In this order: what comes into force between the two is in both, never in neither.
  const coming = await findComing(tx);
  const refused = refuseSchedule(await readSettings(tx), arrange(coming));
  if (refused !== null) throw new RefusalError(refused);
}

async function findComing(tx: Tx): Promise<Coming[]> {
  const rows = await findOpenChanges(tx);
  return rows.flatMap(({ changeId, name, value, effectiveAt, state }) =>
    state === 'coming' && isSettingName(name)
      ? { changeId, name, value, effectiveAt: effectiveAt.toISOString() }
      : [],
  );
}
