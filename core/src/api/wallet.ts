/** The player's money: balance and statement. */
import { type TSchema, Type } from 'typebox';
import { tiers } from '../ceilings.ts';
import { statementKinds } from '../statement.ts';
import { type Contract, Instant, strict, Uuid, XofOrZero } from './contract.ts';

export const MovementKind = Type.Enum([
  'deposit_credited',
  'deposit_returned',
  'offer_placed',
  'offer_accepted',
  'offer_cancelled',
  'offer_returned',
  'duel_settled',
  'ticket_bought',
  'ticket_settled',
  'ticket_returned',
  'correction_taken',
  'correction_given',
  'withdrawal_requested',
  'withdrawal_paid',
  'withdrawal_refused',
  'withdrawal_reversed',
  'suspense_credited',
  'bonus_granted',
]);

export const StatementKindName = Type.Enum([...statementKinds]);

const OrNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const MovementView = strict({
  transferId: Uuid,
  kind: MovementKind,
  /** What it is to the player: a settled duel is a gain, or a return when both stakes went back. */
  group: StatementKindName,
  /** Positive: in. Negative: out. */
  amountXof: Type.Integer(),
  /** Of the whole account, whatever the list leaves out. */
  balanceAfterXof: XofOrZero,
  at: Instant,
  /** Kept from a gain. */
  commissionXof: XofOrZero,
  taxXof: XofOrZero,
  /** The bout it belongs to, with the own offer or the bet; null when it is no matter of a bout. */
  bout: OrNull(
    strict({ boutId: Type.Integer(), boutName: Type.String(), offerId: OrNull(Uuid), betId: OrNull(Uuid) }),
  ),
  /** The deposit or the withdrawal it belongs to. */
  payment: OrNull(strict({ provider: Type.String(), depositId: OrNull(Uuid), withdrawalId: OrNull(Uuid) })),
});

/** A day of the statement, in Dakar: UTC. */
export const StatementDay = Type.String({ format: 'date', pattern: '^2[01]' });

/** Both days belong to the period. */
export const statementPeriod = { from: Type.Optional(StatementDay), to: Type.Optional(StatementDay) };

export const statementQuery = {
  ...statementPeriod,
  kind: Type.Optional(StatementKindName),
  before: Type.Optional(Instant),
};

const sums = {
  depositsXof: XofOrZero,
  /** Net of those that came back. */
  withdrawalsXof: Type.Integer(),
  /** Deposits less withdrawals. */
  netDepositsXof: Type.Integer(),
  stakesXof: XofOrZero,
  gainsXof: XofOrZero,
  returnsXof: XofOrZero,
  commissionXof: XofOrZero,
  taxXof: XofOrZero,
};

/** opening + deposits − withdrawals − stakes + gains + returns = closing. */
export const StatementTotalsView = strict({
  openingXof: XofOrZero,
  closingXof: XofOrZero,
  movementCount: Type.Integer({ minimum: 0 }),
  ...sums,
  /** This calendar year, and the one before it. */
  years: Type.Array(strict({ year: Type.Integer(), ...sums })),
});

export const WalletView = strict({
  availableXof: XofOrZero,
  /** Staked first, never taken out; not in `availableXof`. */
  bonusXof: XofOrZero,
  /** In open offers. */
  openXof: XofOrZero,
  /** Own stakes in duels not settled yet. */
  engagedXof: XofOrZero,
  /** Asked for and not paid out yet. */
  withdrawingXof: XofOrZero,
  isTest: Type.Boolean(),
  /** What we know of the player, and the room that leaves him. */
  room: strict({
    tier: Type.Enum([...tiers]),
    mayDeposit: Type.Boolean(),
    balanceMaxXof: XofOrZero,
    /** The most that one more deposit may be now. */
    depositLeftXof: XofOrZero,
    /** The most that one more withdrawal may be now; null: no ceiling. */
    withdrawalLeftXof: Type.Union([XofOrZero, Type.Null()]),
  }),
});

export const walletContract = {
  'GET /wallet': { caller: 'player', summary: 'What I have.', reply: WalletView, errors: [] },
  'GET /wallet/statement': {
    caller: 'player',
    summary:
      'Movements with the balance after each, newest first, about 50 a page: movements of one instant stay together.',
    query: strict(statementQuery),
    reply: strict({
      movements: Type.Array(MovementView),
      /** `before` of the next page, to the microsecond; null when there is none. */
      next: OrNull(Instant),
    }),
    errors: ['period_reversed'],
  },
  'GET /wallet/statement/totals': {
    caller: 'player',
    summary:
      'What came, went and stayed in a period: balances before and after, net deposits, commission, tax.',
    query: strict(statementPeriod),
    reply: StatementTotalsView,
    errors: ['period_reversed'],
  },
} as const satisfies Contract;
