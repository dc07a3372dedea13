/** Settings: what is in force and what is coming; changes are proposed by one person and approved by another. */
import { type Static, Type } from 'typebox';
import { settingNames } from '../settings.ts';
import { type Contract, Instant, OperationId, strict, Uuid } from './contract.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const SettingNameSchema = Type.Enum([...settingNames]);
/** Francs, basis points, milliseconds or a count, as the setting's unit says; a word for a choice. */
const Value = Type.Union([
  Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 }),
  Type.String({ maxLength: 40 }),
]);
export const ReasonText = Type.String({ minLength: 3, maxLength: 300, pattern: '\\S' });

export const changeStates = ['waiting', 'coming', 'in_force', 'replaced', 'refused', 'withdrawn'] as const;

export const SettingChangeView = strict({
  changeId: Uuid,
  name: SettingNameSchema,
  value: Value,
  reason: Type.String(),
  /** When it was approved, if that was later than asked for. */
  effectiveAt: Instant,
  state: Type.Enum([...changeStates]),
  proposedBy: Type.String(),
  /** The caller proposed it himself: somebody else decides. */
  isOwn: Type.Boolean(),
  proposedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  withdrawnBy: Nullable(Type.String()),
  withdrawnAt: Nullable(Instant),
});

export const SettingView = strict({
  name: SettingNameSchema,
  section: Type.Enum(['betting', 'money', 'ceilings', 'play', 'bonus', 'access', 'rates']),
  unit: Type.Enum(['xof', 'bps', 'ms', 'count', 'choice']),
  label: Type.String(),
  hint: Type.String(),
  /** In force. */
  value: Value,
  /** What was approved, where this version's bounds do not allow it: the nearest value is in force instead. */
  approved: Nullable(Value),
  default: Value,
  min: Nullable(Type.Integer()),
  max: Nullable(Type.Integer()),
  choices: Nullable(Type.Array(Type.String())),
});

const changeErrors = ['not_found', 'operation_id_reused', 'setting_change_decided'] as const;
const agreementErrors = ['settings_out_of_order', 'settings_not_multiple'] as const;
/** Who may change settings, and who may look at them. */
export const settingChangers = ['administrator', 'finance'] as const;
export const settingReaders = ['administrator', 'finance', 'compliance'] as const;

const decision = {
  caller: settingChangers,
  params: strict({ changeId: Uuid }),
  body: strict({ operationId: OperationId }),
  reply: SettingChangeView,
} as const;

export const settingsContract = {
  'GET /staff/settings': {
    caller: settingReaders,
    summary: 'Every setting with its value in force, and the changes that wait or are to come.',
    reply: strict({ settings: Type.Array(SettingView), changes: Type.Array(SettingChangeView) }),
    errors: [],
  },
  'GET /staff/settings/history': {
    caller: settingReaders,
    summary: 'Changes that were proposed, of one setting or of all, newest first, 50 at a time.',
    query: strict({
      name: Type.Optional(SettingNameSchema),
      /** The last change of the page before. */
      before: Type.Optional(Uuid),
    }),
    reply: strict({ changes: Type.Array(SettingChangeView), next: Nullable(Uuid) }),
    errors: [],
  },
  'POST /staff/settings/changes': {
    caller: settingChangers,
    summary: 'Proposes a change. Its id is the operation’s.',
    body: strict({
      operationId: OperationId,
      name: SettingNameSchema,
      value: Value,
      reason: ReasonText,
      /** None: as soon as it is approved. */
      effectiveAt: Type.Optional(Instant),
    }),
    status: 201,
    reply: SettingChangeView,
    errors: [
      'operation_id_reused',
      'setting_value_invalid',
      'setting_out_of_bounds',
      'setting_unchanged',
      'setting_change_waiting',
      'date_in_past',
      ...agreementErrors,
    ],
  },
  'POST /staff/settings/changes/:changeId/approve': {
    ...decision,
    summary: 'Approves a change: another person than the one who proposed it.',
    stepUp: true,
    errors: [...changeErrors, 'same_person', ...agreementErrors],
  },
  'POST /staff/settings/changes/:changeId/refuse': {
    ...decision,
    summary: 'Refuses a change: another person than the one who proposed it.',
    errors: [...changeErrors, 'same_person'],
  },
  'POST /staff/settings/changes/:changeId/withdraw': {
    ...decision,
    summary: 'Withdraws a change that waits, or an approved one before its time.',
    errors: [...changeErrors, 'setting_change_in_force', ...agreementErrors],
  },
} as const satisfies Contract;

export type SettingShown = Static<typeof SettingView>;
export type SettingChangeShown = Static<typeof SettingChangeView>;
