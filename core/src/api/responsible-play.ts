/** Responsible play: a player's own limits, pauses and reality check; what compliance sees of them. */
import { Type } from 'typebox';
import { exclusionKinds, limitKinds, periods, realityCheckMinutes } from '../responsible-play.ts';
import { type Contract, Instant, LimitXof, OperationId, strict, Uuid, XofOrZero } from './contract.ts';

const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const LimitKind = Type.Enum([...limitKinds]);
const Period = Type.Enum([...periods]);

export const LimitView = strict({
  kind: LimitKind,
  period: Period,
  /** Null: no limit. */
  limitXof: orNull(LimitXof),
  /** What counts against it now; below zero when more was won than lost. */
  usedXof: Type.Integer(),
  leftXof: orNull(XofOrZero),
  /** When the first part of what is used leaves the window. */
  until: orNull(Instant),
  /** A loosening that waits for its player's confirmation. */
  pending: orNull(
    strict({ changeId: Uuid, limitXof: orNull(LimitXof), confirmFrom: Instant, isRipe: Type.Boolean() }),
  ),
});

export const LimitChangeView = strict({
  changeId: Uuid,
  kind: LimitKind,
  period: Period,
  limitXof: orNull(LimitXof),
  state: Type.Enum(['in_force', 'pending', 'dropped']),
  /** Of a loosening: from when on it may be confirmed. */
  confirmFrom: orNull(Instant),
});

export const ExclusionView = strict({
  exclusionId: Uuid,
  kind: Type.Enum([...exclusionKinds]),
  beganAt: Instant,
  /** Null: for good. */
  endsAt: orNull(Instant),
  /** When he may play again; null as long as that is not known. */
  returnsAt: orNull(Instant),
});

export const RealityCheckView = strict({
  /** 0: never. */
  everyMinutes: Type.Enum([...realityCheckMinutes]),
  isDue: Type.Boolean(),
  /** Since when this session lasts. */
  since: Instant,
  /** What the bets that ended in this session have brought (above zero) or cost. */
  netXof: Type.Integer(),
});

export const PlayView = strict({
  limits: Type.Array(LimitView),
  exclusion: orNull(ExclusionView),
  realityCheck: RealityCheckView,
});

const Change = strict({ changeId: Uuid });
const Operation = strict({ operationId: OperationId });
const operation = ['operation_id_reused', 'busy'] as const;

export const responsiblePlayContract = {
  'GET /play': {
    caller: 'player',
    summary: 'My limits with what is used and left, my pause, my reality check.',
    reply: PlayView,
    errors: [],
  },
  'POST /play/limits': {
    caller: 'player',
    summary:
      'Sets or removes a limit. Tightening holds at once; loosening waits a day and for a confirmation.',
    body: strict({
      operationId: OperationId,
      kind: LimitKind,
      period: Period,
      limitXof: orNull(LimitXof),
    }),
    reply: LimitChangeView,
    errors: [...operation, 'limit_unchanged'],
  },
  'POST /play/limits/:changeId/confirm': {
    caller: 'owner',
    summary: 'Confirms a loosening that has waited.',
    params: Change,
    body: Operation,
    reply: LimitChangeView,
    errors: [...operation, 'not_found', 'limit_change_too_early'],
  },
  'POST /play/limits/:changeId/drop': {
    caller: 'owner',
    summary: 'Drops a loosening that waits.',
    params: Change,
    body: Operation,
    reply: LimitChangeView,
    errors: [...operation, 'not_found'],
  },
  'POST /play/exclusions': {
    caller: 'player',
    summary: 'Pauses or excludes me, at once and irrevocably. My open offers come back; duels stand.',
    body: strict({
      operationId: OperationId,
      kind: Type.Enum([...exclusionKinds]),
      /** Null: for good. */
      days: orNull(Type.Integer({ minimum: 1, maximum: 36_500 })),
    }),
    status: 201,
    reply: ExclusionView,
    errors: [...operation, 'exclusion_length_forbidden'],
  },
  'POST /play/return': {
    caller: 'player',
    summary: 'Asks to play again after a self-exclusion has ended: a day later it is so.',
    body: Operation,
    reply: ExclusionView,
    errors: [...operation, 'exclusion_absent', 'exclusion_not_over'],
  },
  'POST /play/reality-check': {
    caller: 'player',
    summary: 'How often I want to be told how long I have been here.',
    body: strict({ operationId: OperationId, everyMinutes: Type.Enum([...realityCheckMinutes]) }),
    reply: RealityCheckView,
    errors: [...operation],
  },
  'POST /play/reality-check/seen': {
    caller: 'player',
    summary: 'I have seen how long I have been here, and go on.',
    body: Operation,
    reply: RealityCheckView,
    errors: [...operation],
  },
  'GET /staff/play': {
    caller: ['compliance'],
    summary: 'Pauses and exclusions, newest first, and loosenings that wait.',
    reply: strict({
      exclusions: Type.Array(
        strict({
          ...ExclusionView.properties,
          playerId: Uuid,
          pseudonym: Type.String(),
          isInForce: Type.Boolean(),
        }),
      ),
      pending: Type.Array(
        strict({
          changeId: Uuid,
          playerId: Uuid,
          pseudonym: Type.String(),
          kind: LimitKind,
          period: Period,
          fromXof: orNull(LimitXof),
          toXof: orNull(LimitXof),
          confirmFrom: Instant,
        }),
      ),
    }),
    errors: [],
  },
} as const satisfies Contract;
