/** Reconciliation as scripts run and read it. */
import { Type } from 'typebox';
import { balanceSources, explanationKinds } from '../reconciliation.ts';
import { type Contract, Instant, OperationId, ProviderName, strict, Uuid } from './contract.ts';

const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const Francs = Type.Integer({ description: 'Whole XOF francs, negative as well.' });

export const ExplanationShown = strict({
  kind: Type.Enum([...explanationKinds]),
  /** By how much the provider has more than our books because of it. */
  amountXof: Francs,
  count: Type.Integer(),
});

/** One reconciliation of one of our accounts with a provider, as it was found. */
export const RunShown = strict({
  id: Uuid,
  provider: Type.String(),
  account: Type.String(),
  at: Instant,
  startedBy: Nullable(Type.String()),
  state: Type.Enum(['done', 'unreadable']),
  detail: Nullable(Type.String()),
  clearingXof: Francs,
  providerXof: Francs,
  source: Type.Enum([...balanceSources]),
  explanations: Type.Array(ExplanationShown),
  unexplainedXof: Francs,
  explainedXof: Francs,
  /** In hundredths of a percent of the provider's money. */
  explainedBps: Type.Integer(),
  suspenseXof: Francs,
  lineCount: Type.Integer(),
});

export const BreakShown = strict({
  id: Uuid,
  provider: Type.String(),
  account: Type.String(),
  day: Type.String({ format: 'date' }),
  kind: Type.Enum(['extra', 'missing', 'different', 'outside']),
  amountXof: Francs,
  oursXof: Nullable(Francs),
  theirsXof: Nullable(Francs),
  transaction: Nullable(Type.String()),
  openedAt: Instant,
});

/** Who watches the money. */
export const moneyKeepers = ['finance'] as const;

export const reconciliationContract = {
  'GET /staff/reconciliation': {
    caller: moneyKeepers,
    summary: 'The last run of each account, and every open break.',
    reply: strict({ runs: Type.Array(RunShown), breaks: Type.Array(BreakShown) }),
    errors: [],
  },
  'POST /staff/reconciliation/runs': {
    caller: moneyKeepers,
    summary: 'Reads the statements now, of all providers or of one, and answers what was found.',
    body: strict({ operationId: OperationId, provider: Type.Optional(ProviderName) }),
    reply: strict({ runs: Type.Array(RunShown) }),
    errors: ['operation_id_reused'],
  },
} as const satisfies Contract;
