/** What happens to a bout before it is fought: it gets new markets, is moved, or is not fought at all. */
import { Type } from 'typebox';
import { QuestionSchema } from './bouts.ts';
import { type Contract, IdText, Instant, OperationId, strict, Uuid, XofOrZero } from './contract.ts';

const operation = ['operation_id_reused', 'not_found', 'not_allowed'] as const;
const BoutId = strict({ boutId: IdText });
const Said = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });

/** How a bout ends without being fought, by a command that stops betting at once. */
export const unfoughtEndings = ['cancelled', 'opponent_replaced', 'forfeit'] as const;
export type UnfoughtEnding = (typeof unfoughtEndings)[number];

/** What a move does to every bet on the bout. */
export const PostponementEffect = strict({
  /** Before the close offers and duels are both there; after it only duels. */
  isClosed: Type.Boolean(),
  openOfferCount: Type.Integer(),
  openXof: XofOrZero,
  duelCount: Type.Integer(),
  /** Both sides. */
  duelXof: XofOrZero,
  ticketCount: Type.Integer(),
  ticketXof: XofOrZero,
  /** The bets stand while the same two meet until then; null when nothing was ever opened on the bout. */
  standsUntil: Type.Union([Instant, Type.Null()]),
  /** The new date is too late: every stake goes back now. */
  isVoid: Type.Boolean(),
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
  'POST /staff/bouts/:boutId/cancel': {
    caller: 'operator',
    summary:
      'The bout is not fought: betting stops at once, in every market and pool of it, and that result is proposed.',
    params: BoutId,
    body: strict({ operationId: OperationId, ending: Type.Enum([...unfoughtEndings]), source: Said }),
    reply: strict({ operationId: Uuid, resultId: Uuid, closedAt: Type.Union([Instant, Type.Null()]) }),
    errors: [...operation, 'result_already_proposed', 'result_already_confirmed'],
  },
  'GET /staff/bouts/:boutId/postponement': {
    caller: 'operator',
    summary: 'What a move of the bout would do to every bet on it. Without a date: none is known yet.',
    params: BoutId,
    query: strict({ scheduledAt: Type.Optional(Instant) }),
    reply: PostponementEffect,
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
    }),
    reply: strict({ operationId: Uuid, ...PostponementEffect.properties }),
    errors: [
      ...operation,
      'date_in_past',
      'date_unchanged',
      'result_already_proposed',
      'result_already_confirmed',
    ],
  },
} as const satisfies Contract;
