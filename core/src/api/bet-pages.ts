/** The pages of bets: a bout with its markets, slips, offers, private challenges, what a player has placed. */
import { type Static, Type } from 'typebox';
import { type Audience, audiences, type EndChoice, endChoices } from '../bet-paths.ts';
import { type RatioChoice, ratioChoices } from '../choice.ts';
import type { Language, Spoken } from '../errors.ts';
import type { Side } from '../market.ts';
import type { Question } from '../question.ts';
import type { PayoutPolicy } from '../rule-card.ts';
import type { BetStep } from './bet-history-pages.ts';
import type { BoutBrief, BoutView, OpenOfferView } from './bouts.ts';
import { AmountXof, IdText, SideSchema, strict, Uuid } from './contract.ts';
import type { BetObjection } from './objection-pages.ts';
import { type BetView, ChallengeKey, type OwnOfferView, type SlipView } from './offers.ts';
import { type PageContract, SlipText } from './pages.ts';
import type { PoolLink } from './pool-pages.ts';
import type { PublishedRoot } from './proof-pages.ts';
import type { RebetView } from './rebet-pages.ts';

/** What a player picks for an offer: a typed amount goes before a proposed one. */
const choice = {
  side: Type.Optional(SideSchema),
  stakeXof: Type.Optional(AmountXof),
  otherStakeXof: Type.Optional(AmountXof),
  ratio: Type.Optional(Type.Enum([...ratioChoices])),
  otherAskXof: Type.Optional(AmountXof),
  audience: Type.Optional(Type.Enum([...audiences])),
  endsIn: Type.Optional(Type.Enum([...endChoices])),
};
/** The offer that a new one answers, and the key of its link. */
const answer = { answers: Type.Optional(Uuid), cle: Type.Optional(ChallengeKey) };
/** Any of the ladder: what I put to what the other puts. */
const RatioText = Type.String({ pattern: '^([1-9]|1[0-9]|20):([1-9]|1[0-9]|20)$' });
/** Which market of the bout; the one of the winner unless named. */
const marche = Type.Optional(IdText);
const BoutId = strict({ boutId: IdText });
const BoutOffer = strict({ boutId: IdText, offerId: Uuid });

export const playerBetPages = {
  'GET /combats/:boutId': {
    caller: 'anyone',
    summary: 'One bout: its open offers, and the form for a new one.',
    params: BoutId,
    query: strict({ ...choice, marche, tous: Type.Optional(Type.Enum(['1'])) }),
  },
  'GET /combats/:boutId/bulletin': {
    caller: 'anyone',
    summary: 'The slip of an offer, before it is placed.',
    params: BoutId,
    query: strict({ ...choice, ...answer, marche, ratio: Type.Optional(RatioText) }),
  },
  'POST /combats/:boutId/defis': {
    caller: 'player',
    summary: 'Places an offer: the amounts that the slip showed.',
    params: BoutId,
    form: strict({
      side: SideSchema,
      stakeXof: AmountXof,
      askXof: AmountXof,
      marche,
      audience: choice.audience,
      invitedPhone: Type.Optional(Type.String({ minLength: 4, maxLength: 30 })),
      endsIn: choice.endsIn,
      ...answer,
      slip: SlipText,
    }),
  },
  'GET /combats/:boutId/defis/:offerId': {
    caller: 'anyone',
    summary: 'The slip of an acceptance.',
    params: BoutOffer,
    query: strict({
      stakeXof: Type.Optional(AmountXof),
      /** An own offer that is taken back with it. */
      cancels: Type.Optional(Uuid),
    }),
  },
  'POST /combats/:boutId/defis/:offerId/accepter': {
    caller: 'player',
    summary: 'Accepts an offer.',
    params: BoutOffer,
    form: strict({
      stakeXof: AmountXof,
      cle: Type.Optional(ChallengeKey),
      /** An own offer that is taken back with it. */
      cancels: Type.Optional(Uuid),
      slip: SlipText,
    }),
  },
  'POST /combats/:boutId/defis/:offerId/retirer': {
    caller: 'owner',
    summary: 'Takes back the open part of an own offer.',
    params: BoutOffer,
    form: strict({ slip: SlipText }),
  },
  'GET /bulletin/neuf': { caller: 'player', summary: 'A fresh slip for a page that stayed open (JSON).' },
  'GET /live/bouts/:boutId': {
    caller: 'anyone',
    summary: 'Live state of a bout (SSE).',
    params: BoutId,
    query: strict({ marche }),
  },
  'GET /defis/:offerId': {
    caller: 'anyone',
    summary:
      'One of my offers: its receipt. Or a private one: for whom it is for, and for whoever has the key of its link.',
    params: strict({ offerId: Uuid }),
    query: strict({
      nouveau: Type.Optional(Type.Enum(['1'])),
      cle: Type.Optional(ChallengeKey),
      stakeXof: Type.Optional(AmountXof),
    }),
  },
  'GET /paris': {
    caller: 'player',
    summary: 'My open offers and my bets.',
    query: strict({ before: Type.Optional(Uuid) }),
  },
  'GET /paris/:betId': {
    caller: 'owner',
    summary: 'One of my bets: its receipt.',
    params: strict({ betId: Uuid }),
    query: strict({ nouveau: Type.Optional(Type.Enum(['1'])) }),
  },
} as const satisfies PageContract;

export type Brief = Static<typeof BoutBrief>;
export type Bout = Static<typeof BoutView>;
export type Bet = Static<typeof BetView>;
export type OwnOffer = Static<typeof OwnOfferView>;
export type OpenOffer = Static<typeof OpenOfferView>;
export type Slip = Static<typeof SlipView>;

/** The choice of a slip as it stands in the form. */
export interface OfferChoice {
  readonly side: Side | null;
  readonly stakeXof: number | null;
  readonly otherStakeXof: number | null;
  readonly ratio: RatioChoice | null;
  readonly otherAskXof: number | null;
  readonly audience: Audience | null;
  readonly endsIn: EndChoice | null;
}

/** What changes on a bout's page while it is looked at: the live snapshot. */
export interface LiveBout {
  readonly state: Bout['bout']['state'];
  readonly scheduledAt: string;
  readonly moved: Brief['moved'];
  readonly isCalledOff: boolean;
  readonly market: Pick<
    NonNullable<Bout['market']>,
    | 'id'
    | 'state'
    | 'version'
    | 'closedAt'
    | 'rootPublishedAt'
    | 'engagedAXof'
    | 'engagedBXof'
    | 'payoutPolicy'
    | 'outcome'
  > | null;
  /** With how it ended in words. */
  readonly result: (NonNullable<Bout['result']> & { readonly how: string }) | null;
  /** Best first; those beyond the page's places are counted. */
  readonly offers: readonly OpenOffer[];
  readonly moreOffers: Readonly<Record<Side, number>>;
  readonly book: Bout['book'];
}

/** A market of a bout, to go to. */
export interface MarketTab {
  readonly id: number;
  readonly marche: number | null;
  readonly question: string;
  readonly state: NonNullable<Bout['market']>['state'];
  readonly openOfferCount: number;
}

/** A market's question and sides in words. */
export interface MarketWords {
  readonly kind: Question['kind'];
  readonly question: string;
  readonly sides: Readonly<Record<Side, SideWords>>;
}

export interface SideWords {
  /** A wrestler, or the side of another question. */
  readonly pick: string;
  /** "si Modou Lô gagne". */
  readonly winsIf: string;
}

export interface BoutPageView {
  readonly boutId: number;
  readonly wrestlerA: Brief['wrestlerA'];
  readonly wrestlerB: Brief['wrestlerB'];
  readonly title: string | null;
  readonly gala: Bout['gala'];
  /** Those one may look at; empty before the first has opened. */
  readonly markets: readonly MarketTab[];
  /** The one looked at, for addresses; null for the one of the winner. */
  readonly marche: number | null;
  readonly question: MarketWords;
  readonly ruleCard: NonNullable<Bout['market']>['ruleCard'];
  readonly ruleCardHash: string | null;
  readonly root: string | null;
  readonly live: LiveBout;
  /** Those with a leg on this bout. */
  readonly pools: readonly PoolLink[];
  /** Empty for who is not logged in. */
  readonly ownOffers: readonly OwnOffer[];
  readonly ownBets: readonly Bet[];
  readonly choice: OfferChoice;
  /** For the form that posts at once; null for who is not logged in. */
  readonly slip: string | null;
  /** For taking back each own offer, in order. */
  readonly cancelSlips: readonly string[];
  /** The sentences of what a choice can be refused for, before it is sent. */
  readonly sentences: Readonly<Record<string, string>>;
}

/** What a slip is about, whether an offer is placed or accepted. */
export interface SlipSubject {
  readonly boutId: number;
  readonly boutName: string;
  readonly scheduledAt: string;
  readonly side: Side;
  readonly kind: Question['kind'];
  readonly question: string;
  readonly pick: string;
  readonly winsIf: string;
  /** The market, for addresses; null for the one of the winner. */
  readonly marche: number | null;
  readonly isTest: boolean;
}

export interface SlipPageView {
  readonly subject: SlipSubject;
  readonly stakeXof: number;
  readonly askXof: number;
  /** Null when these amounts are refused: `refusal` says why. */
  readonly sums: Slip | null;
  readonly refusal: Spoken | null;
  /** Amounts that would be taken instead. */
  readonly nearest: { readonly stakeXof: number; readonly askXof: number } | null;
  /** The stake that was picked, when the ratio moved it. */
  readonly movedFromXof: number | null;
  readonly audience: Audience | null;
  readonly endsIn: EndChoice | null;
  readonly answered: AnsweredOffer | null;
  /** What the balance lacks; 0 when it is enough or not known. */
  readonly missingXof: number;
  /** Bonus money in the stake. */
  readonly bonusXof: number;
  readonly depositXof: number;
  readonly slip: string;
  /** What can be had now, when nothing would meet this offer at once. */
  readonly best: BestInstead | null;
  /** What this slip's operation has done before, when its id comes back. */
  readonly earlier: OwnOffer | null;
}

/** An offer at the best ratio that waits on the other side, for the same stake. */
export interface BestInstead {
  readonly sums: Slip;
  /** Of the stake, what is taken at once. */
  readonly atOnceXof: number;
  /** What the balance lacks for it. */
  readonly missingXof: number;
  readonly bonusXof: number;
}

/** The offer that a new one answers. */
export interface AnsweredOffer {
  readonly offerId: string;
  readonly cle: string | null;
  readonly pseudonym: string;
}

/** Whether it can be taken, and why not: the market's state, somebody who was faster, its player, its end. */
export type OfferState = 'open' | 'suspended' | 'over' | 'taken' | 'withdrawn' | 'expired';

export interface AcceptPageView {
  readonly subject: SlipSubject;
  readonly offer: OpenOffer;
  readonly state: OfferState;
  /** What this player made of it already. */
  readonly ownBetId: string | null;
  readonly stakeXof: number;
  readonly sums: Slip | null;
  readonly refusal: Spoken | null;
  /** The most that the limit which refused leaves of this offer. */
  readonly lessXof: number | null;
  readonly missingXof: number;
  /** Bonus money in the stake. */
  readonly bonusXof: number;
  readonly depositXof: number;
  /** May a part be taken? */
  readonly canSplit: boolean;
  /** The own offer that is taken back with it. */
  readonly cancels: string | null;
  readonly slip: string;
}

/** A private offer, as the one it is for sees it. */
export interface ChallengePageView extends AcceptPageView {
  readonly cle: string | null;
  /** The side of the one who made it. */
  readonly makerPick: string;
  readonly expiresAt: string | null;
  readonly ruleCard: BoutPageView['ruleCard'];
  readonly ruleCardHash: string | null;
}

/** A private offer in the list of those that wait for a player. */
export interface ChallengeLine {
  /** Where it is answered: an answer to an own offer stands on the page of that one. */
  readonly offerId: string;
  readonly isAnswer: boolean;
  readonly pseudonym: string;
  readonly boutName: string;
  readonly question: string | null;
  readonly makerPick: string;
  readonly makerXof: number;
  readonly takerXof: number;
}

export interface OfferPageView {
  readonly offer: OwnOffer;
  readonly marche: number | null;
  readonly bets: readonly Bet[];
  readonly isNew: boolean;
  readonly isTest: boolean;
  readonly slip: string;
  /** To hand on while it is open; null for an answer, which is for one person. */
  readonly share: OfferShare | null;
  /** The answers to it, each with the slip of its acceptance. */
  readonly counters: readonly { readonly offer: OpenOffer; readonly slip: string }[];
  /** Null while it is open, and when there is no chance for it. */
  readonly rebet: RebetView | null;
}

export interface OfferShare {
  /** Whole, to hand on. */
  readonly link: string;
  /** Of the one who hands it on. */
  readonly language: Language;
  /** What the other is on, puts, and gets in hand. */
  readonly takerPick: string;
  readonly takerXof: number;
  readonly takerNetXof: number;
}

export interface PlayerBetViews {
  readonly bout: BoutPageView;
  readonly slip: SlipPageView;
  readonly accept: AcceptPageView;
  readonly challenge: ChallengePageView;
  readonly offer: OfferPageView;
  readonly bet: {
    readonly bet: Bet;
    readonly question: MarketWords;
    readonly winsIf: string;
    readonly sums: Slip;
    readonly payoutPolicy: PayoutPolicy;
    readonly bout: {
      readonly state: Brief['state'];
      readonly result: Bout['result'];
      readonly scheduledAt: string;
      readonly moved: Brief['moved'];
    };
    /** Null before the root of its market is published. */
    readonly root: PublishedRoot | null;
    readonly story: readonly BetStep[];
    readonly objection: BetObjection;
    /** Null while it is engaged, and when there is no chance for it. */
    readonly rebet: RebetView | null;
    /** For who tells that he has won: the bout's address, and his language. */
    readonly share: Pick<OfferShare, 'link' | 'language'>;
    readonly isNew: boolean;
    readonly isTest: boolean;
  };
  readonly bets: {
    readonly challenges: readonly ChallengeLine[];
    readonly offers: readonly OwnOffer[];
    /** Those of the last days that came back, in whole or in part. */
    readonly returned: readonly OwnOffer[];
    readonly bets: readonly Bet[];
    /** The bets and offers that can be bet again. */
    readonly chances: readonly string[];
    /** `before` of the next page. */
    readonly next: string | null;
    readonly isFirstPage: boolean;
  };
}
