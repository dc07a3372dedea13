/** The player's money: balance, statement, deposits and withdrawals. */
import { Type } from 'typebox';
import { tiers } from '../ceilings.ts';
import { depositStates, withdrawalStates } from '../payment.ts';
import { AmountXof, type Contract, Instant, OperationId, strict, Uuid, XofOrZero } from './contract.ts';

const Provider = Type.Enum(['internal']);

export const DepositView = strict({
  operationId: Uuid,
  provider: Provider,
  amountXof: XofOrZero,
  state: Type.Enum([...depositStates]),
  requestedAt: Instant,
});

export const WithdrawalView = strict({
  operationId: Uuid,
  provider: Provider,
  amountXof: XofOrZero,
  state: Type.Enum([...withdrawalStates]),
  requestedAt: Instant,
});

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

const operation = ['operation_id_reused', 'busy', 'provider_not_for_you'] as const;

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
  'POST /deposits': {
    caller: 'player',
    summary: 'Asks for a deposit.',
    body: strict({ operationId: OperationId, provider: Provider, amountXof: AmountXof }),
    status: 201,
    reply: DepositView,
    errors: [
      ...operation,
      'deposit_below_min',
      'deposit_above_max',
      'balance_over_ceiling',
      'deposit_over_ceiling',
      'deposit_over_whole_ceiling',
      'deposit_not_for_you',
      'limit_deposit',
      'player_cooling_off',
      'player_self_excluded',
      'player_under_age',
    ],
  },
  'GET /deposits/:operationId': {
    caller: 'owner',
    summary: 'How far one of my deposits is.',
    params: strict({ operationId: Uuid }),
    reply: DepositView,
    errors: ['not_found'],
  },
  'POST /withdrawals': {
    caller: 'player',
    stepUp: true,
    summary: 'Asks for a withdrawal: the money leaves the balance now.',
    body: strict({ operationId: OperationId, provider: Provider, amountXof: AmountXof }),
    status: 202,
    reply: WithdrawalView,
    errors: [
      'step_up_required',
      ...operation,
      'withdrawal_below_min',
      'withdrawal_not_multiple',
      'withdrawal_insufficient_funds',
      'withdrawal_over_ceiling',
      'withdrawal_over_whole_ceiling',
    ],
  },
  'GET /withdrawals/:operationId': {
    caller: 'owner',
    summary: 'How far one of my withdrawals is.',
    params: strict({ operationId: Uuid }),
    reply: WithdrawalView,
    errors: ['not_found'],
  },
} as const satisfies Contract;
