/** Galas and bouts, for everybody and for the operators who run them. */
import { Type } from 'typebox';
import { boutEndings } from '../bout.ts';
import { LEVELS_MAX } from '../order-book.ts';
import { methodGroups } from '../question.ts';
import {
  type Contract,
  IdText,
  Instant,
  OperationId,
  SideSchema,
  strict,
  Uuid,
  XofOrZero,
} from './contract.ts';
import { SettlementView } from './results.ts';

const BoutStateSchema = Type.Enum(['announced', 'whistled', 'decided', 'cancelled']);
export const MarketStateSchema = Type.Enum(['draft', 'open', 'suspended', 'closed', 'settling', 'settled']);
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const WrestlerBrief = strict({
  id: Type.Integer(),
  name: Type.String(),
  stable: Nullable(Type.String()),
  /** A name without a page. */
  isStub: Type.Boolean(),
});

export const QuestionSchema = Type.Union([
  strict({ kind: Type.Literal('winner') }),
  strict({ kind: Type.Literal('over_under'), lineSeconds: Type.Integer({ minimum: 1, maximum: 7_200 }) }),
  strict({ kind: Type.Literal('method'), group: Type.Enum([...methodGroups]) }),
]);

/** Durations and warnings of the evening. */
export const BoutRulesSchema = strict({
  roundCount: Type.Integer({ minimum: 1, maximum: 10 }),
  roundMinutes: Type.Integer({ minimum: 1, maximum: 60 }),
  breakMinutes: Type.Integer({ minimum: 0, maximum: 30 }),
  extensionMinutes: Type.Integer({ minimum: 0, maximum: 60 }),
  warningsLimit: Type.Integer({ minimum: 1, maximum: 20 }),
});

export const PayoutPolicySchema = Type.Enum(['verdict', 'homologation']);

const RuleTextsSchema = strict({ wins: Type.Array(Type.String()), voids: Type.Array(Type.String()) });

export const RuleCardView = strict({
  version: Type.Integer(),
  question: QuestionSchema,
  rates: strict({
    commissionBps: Type.Integer(),
    commissionBase: Type.Enum(['pot', 'winnings']),
    taxBps: Type.Integer(),
    taxBase: Type.Enum(['payout', 'winnings', 'none']),
  }),
  limits: strict({ stakeMinXof: XofOrZero, stakeMaxXof: XofOrZero, stakeUnitXof: XofOrZero }),
  authority: Type.String(),
  boutRules: Nullable(BoutRulesSchema),
  payoutPolicy: PayoutPolicySchema,
  postponementMs: Type.Integer(),
  texts: strict({ fr: RuleTextsSchema, wo: RuleTextsSchema }),
});

export const MarketView = strict({
  id: Type.Integer(),
  question: QuestionSchema,
  state: MarketStateSchema,
  payoutPolicy: PayoutPolicySchema,
  ruleCard: Nullable(RuleCardView),
  ruleCardHash: Nullable(Type.String({ description: 'Hex SHA-256 of the card in canonical JSON.' })),
  hardStopAt: Instant,
  closedAt: Nullable(Instant),
  /** Changes with every batch: a page that shows an older one asks again. */
  version: Type.Integer(),
  /** Stakes engaged in duels, per side, in francs. */
  engagedAXof: XofOrZero,
  engagedBXof: XofOrZero,
  root: Nullable(Type.String({ description: 'Hex SHA-256 of the bets at the close.' })),
  rootPublishedAt: Nullable(Instant),
  /** How it ended, as it is paid by the newest result; null before its payment has begun. */
  outcome: Nullable(Type.Enum(['A', 'B', 'void'])),
});

/** A market of a bout in a list of them. */
export const MarketBrief = strict({
  id: Type.Integer(),
  question: QuestionSchema,
  state: MarketStateSchema,
  openOfferCount: Type.Integer(),
});

export const OpenOfferView = strict({
  offerId: Uuid,
  side: SideSchema,
  /** Unique: an offer under my own pseudonym is mine. */
  pseudonym: Type.String(),
  /** What is left of its stake, and what takes all of it. */
  openXof: XofOrZero,
  takerXof: XofOrZero,
  ratioStake: Type.Integer(),
  ratioAsk: Type.Integer(),
  /** Net in hand of the one who takes all of it and wins. */
  takerNetXof: XofOrZero,
});

/** Open public offers of one ratio. */
const BookLevelView = strict({
  /** In lowest terms: the part of those who made the offers, and of who takes them. */
  ratioStake: Type.Integer(),
  ratioAsk: Type.Integer(),
  /** What is left of their stakes, and what takes all of it. */
  openXof: XofOrZero,
  takerXof: XofOrZero,
  offerCount: Type.Integer(),
});

const BookSideView = strict({
  levels: Type.Array(BookLevelView, { maxItems: LEVELS_MAX }),
  /** Worse ratios wait beyond these. */
  more: Type.Boolean(),
});

/** By the side that the offers are on, best ratio first for the one who takes; private offers are not in it. */
export const BookView = strict({ A: BookSideView, B: BookSideView });

export const ResultView = strict({
  ending: Type.Enum([...boutEndings]),
  winnerSide: Nullable(SideSchema),
  /** Breaks excluded; null when it was not measured. */
  wrestledSeconds: Nullable(Type.Integer()),
  source: Type.String(),
  confirmedAt: Nullable(Instant),
});

/** What becomes of the bets on a bout that was moved. */
const Moved = strict({
  /** Its new date is not known yet: `scheduledAt` is the last one that was. */
  isUndated: Type.Boolean(),
  /** The bets stand while the same two meet until then; null when there are none. */
  standsUntil: Nullable(Instant),
  /** Too late: every stake goes back now. */
  isVoid: Type.Boolean(),
});

export const BoutBrief = strict({
  id: Type.Integer(),
  position: Type.Integer(),
  wrestlerA: WrestlerBrief,
  wrestlerB: WrestlerBrief,
  title: Nullable(Type.String()),
  scheduledAt: Instant,
  /** Null when it was not moved, or has met since. */
  moved: Nullable(Moved),
  /** Betting was stopped because it is not fought, which is not confirmed yet. */
  isCalledOff: Type.Boolean(),
  state: BoutStateSchema,
  marketId: Nullable(Type.Integer()),
  marketState: Nullable(MarketStateSchema),
  openOfferCount: Type.Integer(),
});

export const GalaView = strict({
  id: Type.Integer(),
  name: Type.String(),
  venue: Type.String(),
  promoter: Nullable(Type.String()),
  authority: Type.String(),
  startsAt: Instant,
  isTest: Type.Boolean(),
  /** A market that is opened keeps those of its opening, in its rule card. */
  boutRules: BoutRulesSchema,
  bouts: Type.Array(BoutBrief),
});

export const BoutView = strict({
  bout: BoutBrief,
  gala: strict({
    id: Type.Integer(),
    name: Type.String(),
    venue: Type.String(),
    startsAt: Instant,
    isTest: Type.Boolean(),
  }),
  /** The one asked for, or the one of the winner. */
  market: Nullable(MarketView),
  /** Those that were opened: the winner's first. */
  markets: Type.Array(MarketBrief),
  /** Open offers, best first for the one who takes them, 50 a side at most. */
  offers: Type.Array(OpenOfferView),
  book: BookView,
  result: Nullable(ResultView),
});

/** What an operator sees of a bout: the public view, and what is on its way. */
export const DeskBoutView = strict({
  ...BoutView.properties,
  trueWhistle: Nullable(
    strict({
      at: Instant,
      proposedBy: Type.String(),
      proposedById: Uuid,
      confirmedBy: Nullable(Type.String()),
    }),
  ),
  proposal: Nullable(
    strict({ ...ResultView.properties, resultId: Uuid, proposedBy: Type.String(), proposedById: Uuid }),
  ),
  settlement: Nullable(SettlementView),
  openXof: XofOrZero,
  duelCount: Type.Integer(),
});

const operation = ['operation_id_reused', 'not_found', 'not_allowed'] as const;
const Command = strict({ operationId: OperationId });
const MarketId = strict({ marketId: IdText });
const BoutId = strict({ boutId: IdText });
const GalaId = strict({ galaId: IdText });
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' });
const Done = strict({ operationId: Uuid, state: MarketStateSchema, at: Instant });

export const boutsContract = {
  'GET /galas': {
    caller: 'anyone',
    summary: 'Public galas: from one day ago on, soonest first.',
    reply: strict({ galas: Type.Array(GalaView) }),
    errors: [],
  },
  'GET /galas/:galaId': {
    caller: 'anyone',
    summary: 'One gala with its bouts. A hidden one only answers to accounts flagged as test.',
    params: GalaId,
    reply: GalaView,
    errors: ['not_found'],
  },
  'GET /bouts/:boutId': {
    caller: 'anyone',
    summary:
      'One bout with one of its markets, the winner’s unless named, the open offers of that market and its book by ratio.',
    params: BoutId,
    query: strict({ marketId: Type.Optional(IdText) }),
    reply: BoutView,
    errors: ['not_found'],
  },
  'GET /staff/galas': {
    caller: 'staff',
    summary: 'All galas, newest first; the role robot sees hidden test galas only.',
    reply: strict({
      galas: Type.Array(strict({ ...GalaView.properties, visibility: Type.Enum(['public', 'hidden']) })),
    }),
    errors: [],
  },
  'GET /staff/bouts/:boutId': {
    caller: 'staff',
    summary: 'One bout as the desk sees it.',
    params: BoutId,
    reply: DeskBoutView,
    errors: ['not_found'],
  },
  'POST /staff/galas': {
    caller: 'operator',
    summary: 'Creates a gala.',
    body: strict({
      operationId: OperationId,
      name: Name,
      venue: Name,
      promoter: Type.Optional(Name),
      authority: Name,
      startsAt: Instant,
      visibility: Type.Enum(['public', 'hidden']),
      isTest: Type.Boolean(),
      /** Two rounds of ten minutes unless said. */
      boutRules: Type.Optional(BoutRulesSchema),
    }),
    status: 201,
    reply: strict({ operationId: Uuid, galaId: Type.Integer() }),
    errors: ['operation_id_reused', 'not_allowed', 'date_in_past'],
  },
  'POST /staff/galas/:galaId/bouts': {
    caller: 'operator',
    summary: 'Adds a bout to a gala, with its winner market in draft.',
    params: GalaId,
    body: strict({
      operationId: OperationId,
      wrestlerAId: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
      wrestlerBId: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
      title: Type.Optional(Name),
      scheduledAt: Instant,
    }),
    status: 201,
    reply: strict({ operationId: Uuid, boutId: Type.Integer(), marketId: Type.Integer() }),
    errors: [...operation, 'request_invalid', 'date_in_past'],
  },
  'POST /staff/markets/:marketId/open': {
    caller: 'operator',
    summary: 'Opens betting: freezes the rule card. Never after the whistle of the bout.',
    params: MarketId,
    body: strict({ operationId: OperationId, payoutPolicy: Type.Optional(PayoutPolicySchema) }),
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed', 'bout_state_forbids'],
  },
  'POST /staff/markets/:marketId/suspend': {
    caller: 'operator',
    summary: 'Stops taking bets for a while. Offers stay and can be cancelled.',
    params: MarketId,
    body: Command,
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed'],
  },
  'POST /staff/markets/:marketId/resume': {
    caller: 'operator',
    summary: 'Takes bets again.',
    params: MarketId,
    body: Command,
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed'],
  },
  'POST /staff/markets/:marketId/whistle': {
    caller: 'operator',
    summary:
      'The whistle: closes every market of the bout for ever, at the database clock read under their locks.',
    params: MarketId,
    body: Command,
    reply: Done,
    errors: [...operation, 'market_state_forbids'],
  },
  'POST /staff/markets/:marketId/hard-stop': {
    caller: 'operator',
    summary: 'Moves the hard stop of the bout, until it has passed.',
    params: MarketId,
    body: strict({ operationId: OperationId, hardStopAt: Instant }),
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed', 'date_in_past'],
  },
  'POST /staff/bouts/:boutId/suspend': {
    caller: 'operator',
    summary: 'Stops taking bets for a while in every market of the bout that is open, at one instant.',
    params: BoutId,
    body: Command,
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed'],
  },
  'POST /staff/bouts/:boutId/resume': {
    caller: 'operator',
    summary: 'Takes bets again in every market of the bout that is suspended.',
    params: BoutId,
    body: Command,
    reply: Done,
    errors: [...operation, 'market_state_forbids', 'hard_stop_passed'],
  },
  'POST /staff/bouts/:boutId/true-whistle': {
    caller: 'operator',
    summary: 'Proposes the true instant of the whistle. Bets made after it are voided before settlement.',
    params: BoutId,
    body: strict({ operationId: OperationId, at: Instant }),
    reply: strict({ operationId: Uuid, at: Instant }),
    errors: [...operation, 'bout_state_forbids', 'true_whistle_not_before_close', 'result_already_confirmed'],
  },
  'POST /staff/bouts/:boutId/true-whistle/confirm': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the true instant of the whistle: another person than the one who proposed it.',
    params: BoutId,
    body: strict({ operationId: OperationId, at: Instant }),
    reply: strict({ operationId: Uuid, at: Instant }),
    errors: [
      'step_up_required',
      ...operation,
      'true_whistle_absent',
      'same_person',
      'result_already_confirmed',
    ],
  },
} as const satisfies Contract;
