/** Bonus money: what a player has of it, why, and whom he has referred. */
import { type Static, Type } from 'typebox';
import { type Contract, Instant, strict, Uuid, XofOrZero } from './contract.ts';
import { MovementView } from './wallet.ts';

export const bonusReasons = ['referred', 'referrer', 'first_lost_bet'] as const;
export const bonusRefusals = ['may_not_play', 'linked', 'enough'] as const;

export const BonusGrantView = strict({
  /** Also of the transfer, when it was given. */
  grantId: Uuid,
  reason: Type.Enum([...bonusReasons]),
  amountXof: XofOrZero,
  /** Why it was not given; null: it was. */
  refusal: Type.Union([Type.Enum([...bonusRefusals]), Type.Null()]),
  decidedAt: Instant,
});

export const BonusView = strict({
  balanceXof: XofOrZero,
  /** What is given now for a referral, to each, and back for a first bet that is lost, at most. */
  referralXof: XofOrZero,
  firstLostBetBackMaxXof: XofOrZero,
  /** Newest first. */
  grants: Type.Array(BonusGrantView),
});

export const FriendView = strict({
  pseudonym: Type.String(),
  signedUpAt: Instant,
  /** `waiting` for his first bet that counts; `none`: nothing was given then. */
  state: Type.Enum(['waiting', 'given', 'refused', 'none']),
  /** Of my own bonus. */
  amountXof: XofOrZero,
  refusal: Type.Union([Type.Enum([...bonusRefusals]), Type.Null()]),
});

export const ReferralView = strict({
  /** What a new player types when he signs up: my pseudonym. */
  code: Type.String(),
  link: Type.String(),
  referralXof: XofOrZero,
  friendsMax: Type.Integer(),
  /** The last ones, newest first. */
  friends: Type.Array(FriendView),
});

export type BonusGrant = Static<typeof BonusGrantView>;
export type Bonus = Static<typeof BonusView>;
export type Friend = Static<typeof FriendView>;
export type Referral = Static<typeof ReferralView>;

export const bonusContract = {
  'GET /bonuses': {
    caller: 'player',
    summary: 'My bonus money and what was decided of it.',
    reply: BonusView,
    errors: [],
  },
  'GET /bonuses/statement': {
    caller: 'player',
    summary: 'Movements of my bonus money, as those of the wallet.',
    query: strict({ before: Type.Optional(Instant) }),
    reply: strict({
      movements: Type.Array(MovementView),
      next: Type.Union([Instant, Type.Null()]),
    }),
    errors: [],
  },
  'GET /referral': {
    caller: 'player',
    summary: 'My code and link for friends, and the friends who came.',
    reply: ReferralView,
    errors: [],
  },
} as const satisfies Contract;
