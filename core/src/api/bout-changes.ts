/** What happens to a bout before it is fought: it gets new markets, is moved, or is not fought at all. */
import { Type } from 'typebox';
import { MarketStateSchema, QuestionSchema } from './bouts.ts';
import { type Contract, IdText, Instant, OperationId, strict, Uuid, XofOrZero } from './contract.ts';

const operation = ['operation_id_reused', 'not_found', 'not_allowed'] as const;
const BoutId = strict({ boutId: IdText });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Said = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });

/** How a bout ends without being fought, by a command that stops betting at once. */
export const unfoughtEndings = ['cancelled', 'opponent_replaced', 'forfeit'] as const;
export type UnfoughtEnding = (typeof unfoughtEndings)[number];

const Betting = Type.Enum(['waits', 'never', 'suspended', 'closed']);

/** What a change does to every bet on the bout: the words are those of core/src/bout-change.ts. */
export const BoutChangeEffect = strict({
  /** Before the close offers and duels are both there; after it only duels. */
  isClosed: Type.Boolean(),
  /** The bets stand while the same two meet until then; null when none was ever opened, or the bout is not fought. */
  standsUntil: Type.Union([Instant, Type.Null()]),
  /** Not fought, or the new date is too late: every stake goes back. */
  isVoid: Type.Boolean(),
  markets: Type.Array(
    strict({
      marketId: Type.Integer(),
      /** In French. */
      question: Type.String(),
      state: MarketStateSchema,
      openOfferCount: Type.Integer(),
      openXof: XofOrZero,
      duelCount: Type.Integer(),
      /** Both sides. */
      duelXof: XofOrZero,
      fate: strict({
        betting: Betting,
        offers: Type.Enum(['stay', 'back']),
        duels: Type.Enum(['stand', 'back_now', 'back_confirmed']),
      }),
    }),
  ),
  /** Those with a leg on the bout that are not being paid. */
  pools: Type.Array(
    strict({
      poolId: Type.Integer(),
      name: Type.String(),
      state: MarketStateSchema,
      /** Legs on other bouts. */
      legsElsewhere: Type.Integer(),
      /** A leg without a result then is void. */
      decidedBy: Instant,
      ticketCount: Type.Integer(),
      ticketXof: XofOrZero,
      fate: strict({
        betting: Betting,
        leg: Type.Enum(['by_result', 'void_in_time', 'void']),
        tickets: Type.Enum(['stand', 'leg_for_all', 'back_in_time', 'back_now', 'back_confirmed']),
      }),
    }),
  ),
  /** Of these fates: the confirmation names the preview that was read. More bets do not change it. */
  digest: Digest,
});

export const boutChangesContract = {
  'POST /staff/bouts/:boutId/markets': {
    caller: 'operator',
    summary: 'Adds a market in draft to an announced bout: another question, asked once.',
    params: BoutId,
    body: strict({ operationId: OperationId, question: QuestionSchema }),
    status: 201,
    reply: strict({ operationId: Uuid, marketId: Type.Integer() }),
    errors: [...operation, 'bout_state_forbids', 'question_already_asked'],
  },
  'GET /staff/bouts/:boutId/cancellation': {
    caller: 'operator',
    summary: 'What it would do to every bet on the bout that it is not fought.',
    params: BoutId,
    query: strict({ ending: Type.Enum([...unfoughtEndings]) }),
    reply: BoutChangeEffect,
    errors: ['not_found', 'result_already_proposed', 'result_already_confirmed'],
  },
  'POST /staff/bouts/:boutId/cancel': {
    caller: 'operator',
    summary:
      'The bout is not fought: betting stops at once, in every market and pool of it, and that result is proposed.',
    params: BoutId,
    body: strict({
      operationId: OperationId,
      ending: Type.Enum([...unfoughtEndings]),
      source: Said,
      previewed: Digest,
    }),
    reply: strict({ operationId: Uuid, resultId: Uuid, closedAt: Type.Union([Instant, Type.Null()]) }),
    errors: [...operation, 'result_already_proposed', 'result_already_confirmed', 'preview_outdated'],
  },
  'GET /staff/bouts/:boutId/postponement': {
    caller: 'operator',
    summary: 'What a move of the bout would do to every bet on it. Without a date: none is known yet.',
    params: BoutId,
    query: strict({ scheduledAt: Type.Optional(Instant) }),
    reply: BoutChangeEffect,
    errors: [
      'not_found',
      'date_in_past',
      'date_unchanged',
      'result_already_proposed',
      'result_already_confirmed',
    ],
  },
  'POST /staff/bouts/:boutId/postponement': {
    caller: 'operator',
    summary:
      'Moves a bout. Before the close its markets are suspended; after it they stay closed and the duels stand. A date that is too late gives every stake back.',
    params: BoutId,
    body: strict({
      operationId: OperationId,
      scheduledAt: Type.Union([Instant, Type.Null()]),
      reason: Said,
      source: Said,
      previewed: Digest,
    }),
    reply: strict({ operationId: Uuid, ...BoutChangeEffect.properties }),
    errors: [
      ...operation,
      'date_in_past',
      'date_unchanged',
      'result_already_proposed',
      'result_already_confirmed',
      'preview_outdated',
    ],
  },
} as const satisfies Contract;
