/** Alerts about how some play: raised by the house, dealt with by compliance. */
import { type Static, Type } from 'typebox';
import { type Contract, IdText, Instant, OperationId, strict, XofOrZero } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const playAlertKinds = ['same_pair', 'linked_accounts', 'stake_spike'] as const;
export type PlayAlertKind = (typeof playAlertKinds)[number];

export const PlayAlertView = strict({
  alertId: Type.Integer(),
  kind: Type.Enum([...playAlertKinds]),
  /** Of a pair with the money going one way: the one it goes to. */
  pseudonym: Type.String(),
  otherPseudonym: Nullable(Type.String()),
  betCount: Type.Integer({ minimum: 0 }),
  stakedXof: XofOrZero,
  /** Of a pair: what the first has won, less what he lost. Of a spike: an ordinary day of his. */
  comparedXof: XofOrZero,
  raisedAt: Instant,
  closedAt: Nullable(Instant),
  closedBy: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

const Note = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const compliance = ['compliance'] as const;

export const playAlertsContract = {
  'GET /staff/play-alerts': {
    caller: compliance,
    summary: 'Alerts about how some play: open ones first, oldest first; then the last closed. Audited.',
    reply: strict({ alerts: Type.Array(PlayAlertView) }),
    errors: [],
  },
  'POST /staff/play-alerts/:alertId/close': {
    caller: compliance,
    summary: 'An alert is dealt with: what was seen and done. What happens afterwards raises a new one.',
    params: strict({ alertId: IdText }),
    body: strict({ operationId: OperationId, note: Note }),
    reply: strict({ alertId: Type.Integer() }),
    errors: ['operation_id_reused', 'not_found', 'alert_already_closed'],
  },
} as const satisfies Contract;

export const officePlayAlertPages = {
  'GET /alertes': {
    caller: compliance,
    summary: 'Alerts about how some play.',
    query: strict({ fait: Type.Optional(Type.Enum(['ferme'])) }),
  },
  'POST /alertes/:alertId/fermer': {
    caller: compliance,
    summary: 'Closes one, with a note.',
    params: strict({ alertId: IdText }),
    form: strict({ note: Note, slip: SlipText }),
  },
} as const satisfies PageContract;

export type PlayAlert = Static<typeof PlayAlertView>;

export interface OfficePlayAlertViews {
  readonly playAlerts: {
    readonly alerts: readonly (PlayAlert & { readonly slip: string })[];
    readonly hasClosed: boolean;
  };
}
