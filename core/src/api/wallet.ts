/** The player's money: balance and statement. */
import { Type } from 'typebox';
import { tiers } from '../ceilings.ts';
import { type Contract, Instant, strict, Uuid, XofOrZero } from './contract.ts';

export const MovementKind = Type.Enum([
  'deposit_credited',
  'deposit_returned',
  'offer_placed',
  'offer_accepted',
  'offer_cancelled',
  'offer_returned',
  'duel_settled',
  'withdrawal_requested',
  'withdrawal_paid',
  'withdrawal_refused',
  'withdrawal_reversed',
  'suspense_credited',
]);

export const MovementView = strict({
  transferId: Uuid,
  kind: MovementKind,
  /** Positive: in. Negative: out. */
  amountXof: Type.Integer(),
  balanceAfterXof: XofOrZero,
  at: Instant,
});

export const WalletView = strict({
  availableXof: XofOrZero,
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
      'Every movement with the balance after it, newest first, about 50 a page: movements of one instant stay together.',
    query: strict({ before: Type.Optional(Instant) }),
    reply: strict({
      movements: Type.Array(MovementView),
      /** `before` of the next page, to the microsecond; null when there is none. */
      next: Type.Union([Instant, Type.Null()]),
    }),
    errors: [],
  },
} as const satisfies Contract;
