/** The pages of settings, in the office. */
import { Type } from 'typebox';
import { timeUnits } from '../setting-value-text.ts';
import { strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';
import {
  ReasonText,
  type SettingChangeShown,
  SettingNameSchema,
  type SettingShown,
  settingChangers,
  settingReaders,
} from './settings.ts';

const Name = strict({ name: SettingNameSchema });
const settingsDone = ['propose', 'approuve', 'refuse', 'retire'] as const;
export type SettingsDone = (typeof settingsDone)[number];
const News = Type.Optional(Type.Enum([...settingsDone]));
/** As a field of the kind `datetime-local` writes it; Dakar's time is UTC. */
const LocalMinute = Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$' });

const decision = {
  caller: settingChangers,
  params: strict({ changeId: Uuid }),
  form: strict({ slip: SlipText }),
} as const;

export const officeSettingsPages = {
  'GET /reglages': {
    caller: settingReaders,
    summary: 'Every setting with its value, and the changes that wait or are to come.',
    query: strict({ fait: News }),
  },
  'GET /reglages/:name': {
    caller: settingReaders,
    summary: 'One setting: its value, its history, and the form to propose another value.',
    params: Name,
    query: strict({ avant: Type.Optional(Uuid) }),
  },
  'POST /reglages/:name': {
    caller: settingChangers,
    summary: 'Proposes another value.',
    params: Name,
    form: strict({
      value: Type.String({ minLength: 1, maxLength: 40 }),
      /** Of a time only. */
      per: Type.Optional(Type.Enum([...timeUnits])),
      /** None: as soon as it is approved. */
      effectiveAt: Type.Optional(LocalMinute),
      reason: ReasonText,
      slip: SlipText,
    }),
  },
  'POST /reglages/changements/:changeId/approuver': {
    ...decision,
    stepUp: true,
    summary: 'Approves a change: another person than the one who proposed it.',
  },
  'POST /reglages/changements/:changeId/refuser': { ...decision, summary: 'Refuses a change.' },
  'POST /reglages/changements/:changeId/retirer': {
    ...decision,
    summary: 'Withdraws a change that is not in force yet.',
  },
} as const satisfies PageContract;

/** A change with the command that each of its forms carries. */
export interface OpenChange {
  readonly change: SettingChangeShown;
  readonly approveSlip: string;
  readonly refuseSlip: string;
  readonly withdrawSlip: string;
}

export interface OfficeSettingsViews {
  readonly settings: {
    readonly settings: readonly SettingShown[];
    readonly open: readonly OpenChange[];
    readonly done: SettingsDone | null;
  };
  readonly setting: {
    readonly setting: SettingShown;
    readonly open: readonly OpenChange[];
    readonly history: readonly SettingChangeShown[];
    /** Where the page before begins. */
    readonly older: string | null;
    readonly slip: string;
  };
}
