/** Changes of settings as staff read them. */
import type { SettingChangeShown, SettingShown } from '#core/api/settings.ts';
import { settingTexts } from '#core/setting-texts.ts';
import {
  type CorrectedSetting,
  isSettingName,
  type SettingDefinition,
  type SettingName,
  type SettingValues,
  settingDefinitions,
  settingNames,
} from '#core/settings.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { readFitted } from '../settings/open-settings.ts';
import { type ChangeRow, findHistory, findOpenChanges } from './queries.ts';

const PAGE = 50;

export async function showSettings(
  db: Db,
  staff: StaffIdentity,
): Promise<{ settings: SettingShown[]; changes: SettingChangeShown[] }> {
  const { values, corrected } = await readFitted(db);
  const changes = showChanges(await findOpenChanges(db), staff);
  return { settings: settingNames.map((name) => showSetting(name, values, corrected)), changes };
}

/** One page of what was proposed, and where the next one begins. */
export async function showHistory(
  db: Db,
  staff: StaffIdentity,
  { name = null, before = null }: { readonly name?: SettingName | null; readonly before?: string | null },
): Promise<{ changes: SettingChangeShown[]; next: string | null }> {
  const rows = await findHistory(db, { name, before, limit: PAGE + 1 });
  const page = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? (page.at(-1)?.changeId ?? null) : null;
  return { changes: showChanges(page, staff), next };
}

/** A setting that this version does not know any more is left out. */
export function showChanges(rows: readonly ChangeRow[], staff: StaffIdentity): SettingChangeShown[] {
  return rows.flatMap((row) => showChange(row, staff) ?? []);
}

export function showChange(row: ChangeRow, staff: StaffIdentity): SettingChangeShown | null {
  const { changeId, name, value, reason, state, proposedBy, decidedBy, withdrawnBy } = row;
  if (!isSettingName(name)) return null;
  return {
    changeId,
    name,
    value,
    reason,
    effectiveAt: row.effectiveAt.toISOString(),
    state,
    proposedBy,
    isOwn: row.proposerId === staff.staffId,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    withdrawnBy,
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  };
}

function showSetting(
  name: SettingName,
  values: SettingValues,
  corrected: readonly CorrectedSetting[],
): SettingShown {
  const stored = corrected.find((one) => one.name === name)?.stored;
  const definition: SettingDefinition = settingDefinitions[name];
  const bounds =
    definition.unit === 'choice'
      ? { min: null, max: null, choices: [...definition.choices] }
      : { min: definition.min, max: definition.max, choices: null };
  return {
    name,
    section: definition.section,
    unit: definition.unit,
    ...settingTexts[name],
    value: values[name],
    approved: typeof stored === 'number' || typeof stored === 'string' ? stored : null,
    default: definition.default,
    ...bounds,
  };
}
