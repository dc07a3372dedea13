/** Offers and bets: place, accept, cancel, and what became of them. */
import { Type } from 'typebox';
import {
  AmountXof,
  type Contract,
  IdText,
  Instant,
  OperationId,
  SideSchema,
  strict,
  Uuid,
  XofOrZero,
} from './contract.ts';

export const SlipView = strict({
  stakeXof: XofOrZero,
  opponentStakeXof: XofOrZero,
  potXof: XofOrZero,
  commissionXof: XofOrZero,
  taxXof: XofOrZero,
  netXof: Type.Unsafe<number>(
    Type.Integer({
      description: 'Net in hand if this side wins, in francs. Before acceptance: at least this.',
    }),
  ),
});

/** One side of one duel, as its player sees it when it is made. */
export const MadeBet = strict({
  betId: Uuid,
  stakeXof: XofOrZero,
  opponentStakeXof: XofOrZero,
  netXof: XofOrZero,
  opponent: Type.String(),
});

export const PlacedView = strict({
  operationId: Uuid,
  offerId: Uuid,
  marketId: Type.Integer(),
  side: SideSchema,
  stakeXof: XofOrZero,
  askXof: XofOrZero,
  filledXof: XofOrZero,
  openXof: XofOrZero,
  returnedXof: XofOrZero,
  placedAt: Instant,
  bets: Type.Array(MadeBet),
});

/** What the one who placed it gets to know: the key of a private offer's link is his to hand on. */
export const PlacedOfferView = strict({
  ...PlacedView.properties,
  challengeKey: Type.Optional(Type.String()),
});

export const AcceptedView = strict({
  operationId: Uuid,
  offerId: Uuid,
  marketId: Type.Integer(),
  side: SideSchema,
  acceptedAt: Instant,
  bet: MadeBet,
});

export const CancelledView = strict({ operationId: Uuid, offerId: Uuid, returnedXof: XofOrZero });

export const BetState = Type.Enum(['engaged', 'won', 'lost', 'void']);

export const BetView = strict({
  betId: Uuid,
  marketId: Type.Integer(),
  boutId: Type.Integer(),
  boutName: Type.String({ description: 'The two wrestlers.' }),
  side: SideSchema,
  pick: Type.String({ description: 'What this bet is on: a wrestler, or the side of another question.' }),
  stakeXof: XofOrZero,
  opponentStakeXof: XofOrZero,
  opponent: Type.String({ description: 'Pseudonym.' }),
  netXof: XofOrZero,
  state: BetState,
  /** What was paid, stake included; null while engaged. */
  payoutXof: Type.Union([XofOrZero, Type.Null()]),
  madeAt: Instant,
});

export const OwnOfferView = strict({
  offerId: Uuid,
  marketId: Type.Integer(),
  boutId: Type.Integer(),
  boutName: Type.String(),
  side: SideSchema,
  pick: Type.String(),
  stakeXof: XofOrZero,
  askXof: XofOrZero,
  openXof: XofOrZero,
  filledXof: XofOrZero,
  returnedXof: XofOrZero,
  placedAt: Instant,
  /** Whom it is for: everybody, one number, whoever has its link, or the maker of the offer it answers. */
  visibility: Type.Enum(['public', 'phone', 'link', 'counter']),
  /** Its last two digits, when it is for one number. */
  maskedPhone: Type.Union([Type.String(), Type.Null()]),
  /** When it ends by itself; null at the close. */
  expiresAt: Type.Union([Instant, Type.Null()]),
});

const placing = [
  'market_not_open',
  'market_suspended',
  'market_closed',
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
] as const;
const operation = ['operation_id_reused', 'busy'] as const;
/** When the slip that led to this tap stops being valid. */
const ValidUntil = Type.Optional(Instant);
export const ChallengeKey = Type.String({ minLength: 43, maxLength: 43, pattern: '^[A-Za-z0-9_-]+$' });

export const offersContract = {
  'POST /markets/:marketId/offers': {
    caller: 'player',
    summary: 'Places an offer: side, stake, ask. What crosses is filled at once, the rest stays open.',
    params: strict({ marketId: IdText }),
    body: strict({
      operationId: OperationId,
      side: SideSchema,
      stakeXof: AmountXof,
      askXof: AmountXof,
      validUntil: ValidUntil,
      expiresAt: Type.Optional(Instant),
      /** A private offer: for one phone, for whoever gets its link, or in answer to an offer. One of the three. */
      invitedPhone: Type.Optional(Type.String({ minLength: 4, maxLength: 30 })),
      byLink: Type.Optional(Type.Boolean()),
      answersOfferId: Type.Optional(Uuid),
      answersKey: Type.Optional(ChallengeKey),
    }),
    status: 201,
    reply: PlacedOfferView,
    errors: [
      ...operation,
      ...placing,
      'not_found',
      'stake_below_min',
      'stake_above_max',
      'ask_below_min',
      'ask_above_max',
      'amount_off_ladder',
      'net_below_stake',
      'insufficient_funds',
      'expiry_passed',
      'phone_invalid',
      'offer_own',
      'offer_not_found',
    ],
  },
  'POST /markets/:marketId/offers/:offerId/accept': {
    caller: 'player',
    summary: 'Accepts a visible offer, all or nothing of the stake named unless `partial`.',
    params: strict({ marketId: IdText, offerId: Uuid }),
    body: strict({
      operationId: OperationId,
      stakeXof: AmountXof,
      partial: Type.Optional(Type.Boolean()),
      validUntil: ValidUntil,
      /** The key of a private offer's link. */
      challengeKey: Type.Optional(ChallengeKey),
      /** An own offer, taken back in the same decision: the one that a counter-offer answers. */
      cancelsOfferId: Type.Optional(Uuid),
    }),
    status: 201,
    reply: AcceptedView,
    errors: [
      ...operation,
      ...placing,
      'not_found',
      'offer_not_found',
      'offer_own',
      'offer_gone',
      'offer_taken',
      'offer_whole_only',
      'amount_off_ladder',
      'fill_below_min',
      'rest_below_min',
      'insufficient_funds',
      'accounts_linked',
      'offer_expired',
      'offer_nothing_open',
    ],
  },
  'POST /markets/:marketId/offers/:offerId/cancel': {
    caller: 'owner',
    summary: 'Takes back the open part of an own offer. What is already a duel stands.',
    params: strict({ marketId: IdText, offerId: Uuid }),
    body: strict({ operationId: OperationId }),
    reply: CancelledView,
    errors: [...operation, 'not_found', 'offer_not_found', 'offer_nothing_open', 'market_closed'],
  },
  'GET /markets/:marketId/slip': {
    caller: 'anyone',
    summary: 'What a stake against an ask would pay, before anything is placed.',
    params: strict({ marketId: IdText }),
    query: strict({
      stakeXof: Type.String({ pattern: '^[0-9]{1,9}$' }),
      askXof: Type.String({ pattern: '^[0-9]{1,9}$' }),
    }),
    reply: SlipView,
    errors: [
      'not_found',
      'stake_below_min',
      'stake_above_max',
      'ask_below_min',
      'ask_above_max',
      'amount_off_ladder',
      'net_below_stake',
    ],
  },
  'GET /offers': {
    caller: 'player',
    summary: 'My offers with an open part, newest first.',
    reply: strict({ offers: Type.Array(OwnOfferView) }),
    errors: [],
  },
  'GET /offers/:offerId': {
    caller: 'owner',
    summary: 'One of my offers.',
    params: strict({ offerId: Uuid }),
    reply: OwnOfferView,
    errors: ['not_found'],
  },
  'GET /bets': {
    caller: 'player',
    summary: 'My bets, newest first, 50 a page: those before the bet named.',
    query: strict({ before: Type.Optional(Uuid) }),
    reply: strict({ bets: Type.Array(BetView) }),
    errors: [],
  },
  'GET /bets/:betId': {
    caller: 'owner',
    summary: 'One of my bets.',
    params: strict({ betId: Uuid }),
    reply: BetView,
    errors: ['not_found'],
  },
  'GET /operations/:operationId': {
    caller: 'owner',
    summary: 'What became of one of my operations: the answer it got, or that it was not received.',
    params: strict({ operationId: Uuid }),
    reply: strict({
      operationId: Uuid,
      kind: Type.String(),
      /** HTTP status of the first answer. */
      status: Type.Integer(),
      answer: Type.Unsafe<object>(Type.Object({}, { additionalProperties: true })),
      recordedAt: Instant,
    }),
    errors: ['operation_unknown'],
  },
} as const satisfies Contract;
