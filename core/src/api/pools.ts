/** Pools and their tickets: for everybody, for their buyers, and for the operators who run them. */
import { Type } from 'typebox';
import type { PoolCard } from '../pool-card.ts';
import { LEGS_MAX, legKinds } from '../pool-leg.ts';
import {
  AmountXof,
  type Contract,
  IdText,
  Instant,
  OperationId,
  strict,
  Uuid,
  XofOrZero,
} from './contract.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const PoolState = Type.Enum(['draft', 'open', 'suspended', 'closed', 'settling', 'settled']);
const RuleTexts = strict({ wins: Type.Array(Type.String()), voids: Type.Array(Type.String()) });

export const LegQuestionView = Type.Union([
  strict({ kind: Type.Literal('winner') }),
  strict({ kind: Type.Literal('over_under'), lineSeconds: Type.Integer() }),
  strict({ kind: Type.Literal('method') }),
]);

/** The shape of `PoolCard`: a card is never changed. */
export const PoolCardView = Type.Unsafe<PoolCard>(
  strict({
    version: Type.Integer(),
    kind: Type.Literal('pool'),
    legs: Type.Array(
      strict({
        boutId: Type.Integer(),
        nameA: Type.String(),
        nameB: Type.String(),
        question: LegQuestionView,
      }),
    ),
    rates: strict({
      takeOutBps: Type.Integer(),
      taxBps: Type.Integer(),
      taxBase: Type.Enum(['payout', 'winnings', 'none']),
    }),
    limits: strict({ stakeMinXof: XofOrZero, stakeMaxXof: XofOrZero }),
    authority: Type.String(),
    decidedBy: Instant,
    texts: strict({ fr: RuleTexts, wo: RuleTexts }),
  }),
);

export const PoolLegView = strict({
  boutId: Type.Integer(),
  boutName: Type.String({ description: 'The two wrestlers.' }),
  nameA: Type.String(),
  nameB: Type.String(),
  question: LegQuestionView,
  text: Type.String({ description: 'What the leg asks.' }),
  outcomes: Type.Array(strict({ outcome: Type.String(), text: Type.String() })),
  /** What is right, or "void" when every pick is; null while undecided. */
  right: Nullable(Type.String()),
});

/** What a combination holds, and what 1 000 F on it would bring now, net of take-out and tax. */
export const PicksTotalView = strict({
  picks: Type.String({ description: 'One outcome a leg, joined by hyphens: "A-over".' }),
  text: Type.String(),
  stakedXof: XofOrZero,
  indicativeNetXof: XofOrZero,
  isBelowStake: Type.Boolean(),
});

export const PoolBrief = strict({
  id: Type.Integer(),
  galaId: Type.Integer(),
  name: Type.String(),
  state: PoolState,
  legCount: Type.Integer(),
  stakedXof: XofOrZero,
  hardStopAt: Instant,
});

export const PoolView = strict({
  ...PoolBrief.properties,
  galaName: Type.String(),
  isTest: Type.Boolean(),
  ruleCard: Nullable(PoolCardView),
  ruleCardHash: Nullable(Type.String({ description: 'Hex SHA-256 of the rule card in canonical JSON.' })),
  legs: Type.Array(PoolLegView),
  ticketCount: Type.Integer(),
  combinationCount: Type.Integer(),
  /** The combinations with most stakes, 20 at most. */
  totals: Type.Array(PicksTotalView),
  /** When these amounts were read: the server's clock. */
  readAt: Instant,
  closedAt: Nullable(Instant),
  root: Nullable(Type.String({ description: 'Hex SHA-256 of the tickets at the close.' })),
});

export const TicketSlipView = strict({
  stakeXof: XofOrZero,
  poolXof: XofOrZero,
  samePicksXof: XofOrZero,
  takeOutXof: XofOrZero,
  grossXof: XofOrZero,
  taxXof: XofOrZero,
  netXof: XofOrZero,
  isBelowStake: Type.Boolean({
    description: 'As things stand, being right would bring less than the stake.',
  }),
  isRefund: Type.Boolean({ description: 'As things stand, every stake would go back.' }),
});

export const BoughtTicketView = strict({
  operationId: Uuid,
  ticketId: Uuid,
  poolId: Type.Integer(),
  seq: Type.Integer(),
  picks: Type.String(),
  stakeXof: XofOrZero,
  boughtAt: Instant,
  /** Indicative: it changes with every ticket until the pool closes. */
  slip: TicketSlipView,
});

export const TicketView = strict({
  ticketId: Uuid,
  poolId: Type.Integer(),
  poolName: Type.String(),
  seq: Type.Integer(),
  picks: Type.String(),
  text: Type.String({ description: 'What was picked.' }),
  stakeXof: XofOrZero,
  bonusXof: Type.Integer({ minimum: 0, description: 'The bonus money in the stake.' }),
  state: Type.Enum(['engaged', 'won', 'lost', 'refunded']),
  /** Before tax, tax, and what was paid; null while engaged. */
  grossXof: Nullable(XofOrZero),
  taxXof: Nullable(XofOrZero),
  payoutXof: Nullable(XofOrZero),
  boughtAt: Instant,
});

/** Every step of what a pool paid. */
export const PoolSettlementView = strict({
  version: Type.Integer(),
  state: Type.Enum(['paying', 'done']),
  outcomes: Type.Array(Type.String()),
  lateAfter: Nullable(Instant),
  lateXof: XofOrZero,
  stakesXof: XofOrZero,
  rightXof: XofOrZero,
  refundReason: Nullable(Type.Enum(['all_void', 'no_winner', 'one_sided'])),
  takeOutXof: XofOrZero,
  netPoolXof: XofOrZero,
  /** Of one franc, in ten-thousandths, down; null when refunded. */
  dividendBps: Nullable(Type.Integer()),
  grossXof: XofOrZero,
  taxXof: XofOrZero,
  refundedXof: XofOrZero,
  remainderXof: Nullable(XofOrZero),
  ticketCount: Type.Integer(),
  paidCount: Type.Integer(),
  startedAt: Instant,
  finishedAt: Nullable(Instant),
});

const operation = ['operation_id_reused', 'not_found', 'not_allowed'] as const;
const PoolId = strict({ poolId: IdText });
const Command = strict({ operationId: OperationId });
export const PicksBody = Type.Array(Type.String({ pattern: '^[A-Za-z_]{1,20}$' }), {
  minItems: 1,
  maxItems: LEGS_MAX,
});
/** "A-over": as in the totals. */
export const PicksText = Type.String({ pattern: '^[A-Za-z_]{1,20}(-[A-Za-z_]{1,20}){0,9}$' });

export const NewLeg = strict({
  boutId: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
  kind: Type.Enum([...legKinds]),
  lineSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 7_200 })),
});
export const PoolName = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });

const PoolChanged = strict({ operationId: Uuid, state: PoolState, at: Instant });

export const poolsContract = {
  'GET /galas/:galaId/pools': {
    caller: 'anyone',
    summary: 'The pools of a gala.',
    params: strict({ galaId: IdText }),
    reply: strict({ pools: Type.Array(PoolBrief) }),
    errors: ['not_found'],
  },
  'GET /pools/:poolId': {
    caller: 'anyone',
    summary: 'One pool: its legs, its rule card, what it holds, and what its combinations would bring now.',
    params: PoolId,
    reply: PoolView,
    errors: ['not_found'],
  },
  'GET /pools/:poolId/slip': {
    caller: 'anyone',
    summary: 'What a ticket would bring as things stand, before it is bought.',
    params: PoolId,
    query: strict({ picks: PicksText, stakeXof: Type.String({ pattern: '^[0-9]{1,9}$' }) }),
    reply: TicketSlipView,
    errors: ['not_found', 'pool_not_open', 'picks_invalid', 'stake_below_min', 'stake_above_max'],
  },
  'POST /pools/:poolId/tickets': {
    caller: 'player',
    summary: 'Buys a ticket: one pick a leg, and a stake. A ticket is final.',
    params: PoolId,
    body: strict({
      operationId: OperationId,
      picks: PicksBody,
      stakeXof: AmountXof,
      validUntil: Type.Optional(Instant),
    }),
    status: 201,
    reply: BoughtTicketView,
    errors: [
      'operation_id_reused',
      'busy',
      'not_found',
      'pool_not_open',
      'pool_suspended',
      'pool_closed',
      'player_may_not_bet',
      'player_cooling_off',
      'player_self_excluded',
      'player_under_age',
      'reality_check_due',
      'limit_stake',
      'limit_loss',
      'limit_market',
      'limit_house_day',
      'limit_total_market',
      'limit_total_gala',
      'limit_total_house',
      'slip_expired',
      'picks_invalid',
      'stake_below_min',
      'stake_above_max',
      'insufficient_funds',
    ],
  },
  'GET /pools/:poolId/settlement': {
    caller: 'anyone',
    summary: 'Every step of what the pool paid, its newest version.',
    params: PoolId,
    reply: PoolSettlementView,
    errors: ['not_found'],
  },
  'GET /tickets': {
    caller: 'player',
    summary: 'My tickets, newest first, 50 a page: those before the ticket named.',
    query: strict({ before: Type.Optional(Uuid) }),
    reply: strict({ tickets: Type.Array(TicketView) }),
    errors: [],
  },
  'GET /tickets/:ticketId': {
    caller: 'owner',
    summary: 'One of my tickets.',
    params: strict({ ticketId: Uuid }),
    reply: TicketView,
    errors: ['not_found'],
  },
  'POST /staff/galas/:galaId/pools': {
    caller: 'operator',
    summary: 'Creates a pool in draft on bouts of a gala.',
    params: strict({ galaId: IdText }),
    body: strict({
      operationId: OperationId,
      name: PoolName,
      legs: Type.Array(NewLeg, { minItems: 1, maxItems: LEGS_MAX }),
    }),
    status: 201,
    reply: strict({ operationId: Uuid, poolId: Type.Integer() }),
    errors: [...operation, 'pool_legs_invalid', 'hard_stop_passed'],
  },
  'POST /staff/pools/:poolId/open': {
    caller: 'operator',
    summary: 'Opens a pool: its rule card is frozen from the settings of now.',
    params: PoolId,
    body: Command,
    reply: PoolChanged,
    errors: [...operation, 'pool_state_forbids', 'pool_legs_invalid', 'hard_stop_passed'],
  },
  'POST /staff/pools/:poolId/suspend': {
    caller: 'operator',
    summary: 'Takes no tickets for a while.',
    params: PoolId,
    body: Command,
    reply: PoolChanged,
    errors: [...operation, 'pool_state_forbids', 'hard_stop_passed'],
  },
  'POST /staff/pools/:poolId/resume': {
    caller: 'operator',
    summary: 'Takes tickets again.',
    params: PoolId,
    body: Command,
    reply: PoolChanged,
    errors: [...operation, 'pool_state_forbids', 'hard_stop_passed'],
  },
  'GET /staff/pools/:poolId': {
    caller: 'staff',
    summary: 'One pool, in any state.',
    params: PoolId,
    reply: strict({ pool: PoolView, settlement: Nullable(PoolSettlementView) }),
    errors: ['not_found'],
  },
} as const satisfies Contract;
