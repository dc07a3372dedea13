/** The pages of settings: the table, one setting with its history, and the forms of both people. */
import type { OpenChange, SettingsDone } from '#core/api/settings-pages.ts';
import { fail, RefusalError, refusal } from '#core/errors.ts';
import { readSetting } from '#core/setting-value-text.ts';
import type { SettingName } from '#core/settings.ts';
import { readLocalMinute } from '../desk/local-time.ts';
import { FieldRefusalError } from '../forms.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { approveChange, refuseChange } from './decide-change.ts';
import { proposeChange } from './propose-change.ts';
import type { SettingDeps } from './setting-deps.ts';
import { showHistory, showSettings } from './show-changes.ts';
import { withdrawChange } from './withdraw-change.ts';

export function registerSettingsOfficePages(site: OfficePages, deps: SettingDeps): void {
  registerTable(site, deps);
  registerOne(site, deps);
}

function registerTable(site: OfficePages, deps: SettingDeps): void {
  const table = async (caller: StaffIdentity, done: SettingsDone | null, newSlip: () => string) => {
    const { settings, changes } = await showSettings(deps.db, caller);
    const open = changes.map((change) => withSlips(change, newSlip));
    return { page: 'settings' as const, view: { settings, open, done } };
  };
  site.page('GET /reglages', ({ caller, query, newSlip }) => table(caller, query.fait ?? null, newSlip));

  site.form('POST /reglages/changements/:changeId/approuver', {
    whereIs: () => '/reglages',
    act: async ({ caller, params, slip: { operationId } }) => {
      await approveChange(deps, caller, { operationId, ...params });
      return { seeOther: '/reglages?fait=approuve' };
    },
    again: ({ caller, newSlip }) => table(caller, null, newSlip),
  });

  site.form('POST /reglages/changements/:changeId/refuser', {
    whereIs: () => '/reglages',
    act: async ({ caller, params, slip: { operationId } }) => {
      await refuseChange(deps, caller, { operationId, ...params });
      return { seeOther: '/reglages?fait=refuse' };
    },
    again: ({ caller, newSlip }) => table(caller, null, newSlip),
  });

  site.form('POST /reglages/changements/:changeId/retirer', {
    whereIs: () => '/reglages',
    act: async ({ caller, params, slip: { operationId } }) => {
      await withdrawChange(deps, caller, { operationId, ...params });
      return { seeOther: '/reglages?fait=retire' };
    },
    again: ({ caller, newSlip }) => table(caller, null, newSlip),
  });
}

function registerOne(site: OfficePages, deps: SettingDeps): void {
  const one = async (
    caller: StaffIdentity,
    name: SettingName,
    before: string | null,
    newSlip: () => string,
  ) => {
    const { settings, changes } = await showSettings(deps.db, caller);
    const { changes: history, next } = await showHistory(deps.db, caller, { name, before });
    const open = changes.filter((change) => change.name === name);
    return {
      page: 'setting' as const,
      view: {
        setting: settings.find((setting) => setting.name === name) ?? fail('not_found'),
        open: open.map((change) => withSlips(change, newSlip)),
        history,
        older: next,
        slip: newSlip(),
      },
    };
  };
  site.page('GET /reglages/:name', ({ caller, params, query, newSlip }) =>
    one(caller, params.name, query.avant ?? null, newSlip),
  );

  site.form('POST /reglages/:name', {
    whereIs: ({ name }) => `/reglages/${name}`,
    act: async ({ caller, params: { name }, form, slip: { operationId } }) => {
      const value = readSetting(name, form.value, form.per ?? null) ?? refuseField('value');
      const effectiveAt = form.effectiveAt === undefined ? undefined : readDate(form.effectiveAt);
      await proposeChange(deps, caller, { operationId, name, value, reason: form.reason, effectiveAt });
      return { seeOther: '/reglages?fait=propose' };
    },
    again: ({ caller, params, newSlip }) => one(caller, params.name, null, newSlip),
  });
}

function withSlips(change: OpenChange['change'], newSlip: () => string): OpenChange {
  return { change, approveSlip: newSlip(), refuseSlip: newSlip(), withdrawSlip: newSlip() };
}

function readDate(text: string): string {
  try {
    return readLocalMinute(text);
  } catch (error) {
    if (error instanceof RefusalError) throw new FieldRefusalError('effectiveAt', error.refusal);
    throw error;
  }
}

function refuseField(field: string): never {
  throw new FieldRefusalError(field, refusal('field_invalid'));
}
