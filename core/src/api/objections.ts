/** Objections: raised by players within 48 hours of a settlement, answered by the house by a date. */
import { Type } from 'typebox';
import { OBJECTION_REASON_MAX, objectionVerdicts } from '../objection.ts';
import { type Contract, Instant, OperationId, strict, Uuid, XofOrZero } from './contract.ts';
import { BetState } from './offers.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const ObjectionReason = Type.String({ minLength: 3, maxLength: OBJECTION_REASON_MAX, pattern: '\\S' });

export const ObjectionView = strict({
  objectionId: Uuid,
  reference: Type.String(),
  reason: Type.String(),
  raisedAt: Instant,
  /** The house answers by then. */
  dueAt: Instant,
  state: Type.Enum(['open', ...objectionVerdicts]),
  answer: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  /** The version of the result by which it was upheld. */
  correctionVersion: Nullable(Type.Integer()),
});

/** What a bettor may do about a bet of his. */
export const BetObjectionView = strict({
  objection: Nullable(ObjectionView),
  /** Until when he may object; null when there is nothing to object to yet. */
  untilAt: Nullable(Instant),
  mayObject: Type.Boolean(),
});

export const StaffObjectionView = strict({
  ...ObjectionView.properties,
  pseudonym: Type.String(),
  boutId: Type.Integer(),
  boutName: Type.String(),
  betId: Uuid,
  pick: Type.String(),
  stakeXof: XofOrZero,
  payoutXof: Nullable(XofOrZero),
  betState: BetState,
  answeredBy: Nullable(Type.String()),
  /** A correction of the bout that came after what is objected to: without one an objection cannot be upheld. */
  hasCorrection: Type.Boolean(),
});

const readers = ['support', 'operator', 'compliance'] as const;

export const objectionsContract = {
  'GET /bets/:betId/objection': {
    caller: 'owner',
    summary: 'My objection to what this bet’s market paid, or until when I may raise one.',
    params: strict({ betId: Uuid }),
    reply: BetObjectionView,
    errors: ['not_found'],
  },
  'POST /bets/:betId/objection': {
    caller: 'owner',
    summary: 'Objects to what the bet’s market paid: free, once, within 48 hours of the settlement.',
    params: strict({ betId: Uuid }),
    body: strict({ operationId: OperationId, reason: ObjectionReason }),
    status: 201,
    reply: ObjectionView,
    errors: [
      'operation_id_reused',
      'not_found',
      'objection_too_early',
      'objection_too_late',
      'objection_already_made',
    ],
  },
  'GET /staff/objections': {
    caller: readers,
    summary: 'Objections: open ones first, by what is left of their clock; then the last answered. Audited.',
    reply: strict({ objections: Type.Array(StaffObjectionView) }),
    errors: [],
  },
  'POST /staff/objections/:objectionId/answer': {
    caller: ['support'],
    summary:
      'Answers an objection. Upheld only once the result is corrected: nothing else changes a settled bet.',
    params: strict({ objectionId: Uuid }),
    body: strict({
      operationId: OperationId,
      verdict: Type.Enum([...objectionVerdicts]),
      answer: ObjectionReason,
    }),
    reply: StaffObjectionView,
    errors: ['operation_id_reused', 'not_found', 'objection_already_answered', 'objection_needs_correction'],
  },
} as const satisfies Contract;
