/**
 * The book of one market, as the matching engine (batch.ts) gets it and leaves it: commands, what was read under the
 * market's lock, and what was decided.
 */
import type { Refusal } from './errors.ts';
import type { MarketState, Side } from './market.ts';
import type { Xof } from './money.ts';
import type { Ratio, RestingOffer } from './offer.ts';
import type { RuleCard } from './rule-card.ts';
import type { StakeAllowance, TotalAllowance } from './stake-allowance.ts';

export interface PlaceCommand {
  readonly kind: 'place';
  readonly playerId: string;
  /** The id of the offer to make: the operation's own. */
  readonly offerId: string;
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  readonly validUntilMs: number | null;
  /** Whom it is for; null: everybody. */
  readonly challenge: NewChallenge | null;
  /** When it ends by itself; null: at the close. */
  readonly expiresAtMs: number | null;
}

/**
 * Whom a new offer is for: a phone number (with the account it has now, if it has one), the maker of the offer that
 * this one answers, or whoever gets its link.
 */
export type NewChallenge =
  | { readonly by: 'phone'; readonly phone: string; readonly playerId: string | null }
  | { readonly by: 'answer'; readonly offerId: string; readonly playerId: string }
  | { readonly by: 'link' };

export interface AcceptCommand {
  readonly kind: 'accept';
  readonly playerId: string;
  readonly offerId: string;
  /** What the taker puts. */
  readonly stakeXof: Xof;
  /** Take less when less is left. */
  readonly partial: boolean;
  readonly validUntilMs: number | null;
  /** He has the offer's link. */
  readonly hasLink: boolean;
  /** His own offer that this one answers: taken back in the same decision, or not at all. */
  readonly cancelsOfferId: string | null;
}

export interface CancelCommand {
  readonly kind: 'cancel';
  readonly playerId: string;
  readonly offerId: string;
}

export type Command = PlaceCommand | AcceptCommand | CancelCommand;

/** One side of the book: best price first, then oldest. `more` says that worse offers were left unread. */
export interface BookSide {
  readonly offers: readonly RestingOffer[];
  readonly more: boolean;
}

/** What was read under the market's lock. */
export interface MarketView {
  readonly state: MarketState;
  readonly ruleCard: RuleCard;
  readonly hardStopMs: number;
  /** The database's clock, read after the lock. */
  readonly nowMs: number;
  readonly lastSeq: number;
  readonly book: Readonly<Record<Side, BookSide>>;
  /** Offers that commands name, whether in `book` or not; absent ones do not exist in this market. */
  readonly named: ReadonlyMap<string, RestingOffer>;
  /** Available francs of each player of the batch. */
  readonly wallets: ReadonlyMap<string, Xof>;
  /** Bonus francs of those who have any. */
  readonly bonuses: ReadonlyMap<string, Xof>;
  /** Of each private offer that is named: whose accounts are linked with its maker's. */
  readonly linked: ReadonlyMap<string, ReadonlySet<string>>;
  /** Players of the batch who may not bet at all, and why. */
  readonly barred: ReadonlyMap<string, Refusal>;
  /** The limits of each player of the batch, his own and the house's; nothing for who has none. */
  readonly allowances: ReadonlyMap<string, readonly StakeAllowance[]>;
  /** What everybody together may stake here, in the gala and in the house. */
  readonly totals: readonly TotalAllowance[];
}

/** A duel to write. The taker's side is opposite to the maker's. */
export interface NewDuel {
  readonly seq: number;
  readonly makerOfferId: string;
  readonly makerId: string;
  readonly takerId: string;
  readonly makerSide: Side;
  readonly makerXof: Xof;
  readonly takerXof: Xof;
  /** The part of each stake that is bonus money: a void gives it back as such. */
  readonly makerBonusXof: Xof;
  readonly takerBonusXof: Xof;
}

export interface Placed {
  readonly kind: 'placed';
  readonly seq: number;
  readonly ratio: Ratio;
  readonly filledXof: Xof;
  readonly openXof: Xof;
  readonly returnedXof: Xof;
  /** The bonus money in what was held, and in what came straight back. */
  readonly bonusXof: Xof;
  readonly returnedBonusXof: Xof;
  readonly duels: readonly NewDuel[];
}

export interface Accepted {
  readonly kind: 'accepted';
  readonly duel: NewDuel;
  /** What his own offer gave back, when the acceptance took one back. */
  readonly cancelled: Returned | null;
}

export interface Cancelled extends Returned {
  readonly kind: 'cancelled';
}

/** An open part that goes back to its player. */
export interface Returned {
  readonly returnedXof: Xof;
  /** Of it, bonus money. */
  readonly bonusXof: Xof;
}

export type Decision = Placed | Accepted | Cancelled | Refusal;

/** How an offer that was in the book before the batch, or came with it, changes. */
export interface OfferChange {
  filledXof: Xof;
  returnedXof: Xof;
  /** Bonus money that left its open part. */
  bonusXof: Xof;
}

/** An offer made by the batch, as the whole batch leaves it. */
export interface OfferFinal {
  openXof: Xof;
  filledXof: Xof;
  returnedXof: Xof;
  /** Bonus money in its open part. */
  bonusXof: Xof;
}

export interface BatchDecision {
  /** One for each command, in their order. */
  readonly decisions: readonly Decision[];
  /** Changes of offers made before this batch. Offers of the batch itself carry their final state in `finals`. */
  readonly changes: ReadonlyMap<string, OfferChange>;
  /** Offers made by this batch, as the whole batch leaves them. */
  readonly finals: ReadonlyMap<string, OfferFinal>;
  readonly lastSeq: number;
  /** Stakes that came in, less what went back. */
  readonly stakedXof: number;
}
