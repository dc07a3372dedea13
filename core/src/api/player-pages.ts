/** The pages of the player's app, and what each of them shows. */
import { type Static, Type } from 'typebox';
import { type RatioChoice, ratioChoices } from '../choice.ts';
import type { BetLimits, Rates, Side } from '../market.ts';
import { type PlayerAccessViews, playerAccessPages, type VisitorNotice } from './access-pages.ts';
import type { BoutBrief, BoutView, GalaView, OpenOfferView } from './bouts.ts';
import { type PlayerCaseViews, playerCasePages } from './case-pages.ts';
import { AmountXof, IdText, SideSchema, strict, Uuid } from './contract.ts';
import { type PlayerDataViews, playerDataPages } from './data-rights-pages.ts';
import { type PlayerDepositViews, playerDepositPages } from './deposit-pages.ts';
import { type PlayerIdentityViews, playerIdentityPages } from './identity-pages.ts';
import type { BetView, OwnOfferView, SlipView } from './offers.ts';
import { BackPath, type CheckingView, type ErrorView, type PageContract, SlipText } from './pages.ts';
import {
  type LimitFormView,
  type PauseView,
  playerPlayPages,
  type RealityCheckPageView,
  type ResponsibleView,
} from './play-pages.ts';
import { type PlayerSessionViews, playerSessionPages } from './session-pages.ts';
import { type PlayerStatementViews, playerStatementPages } from './statement-pages.ts';
import type { MovementView, WalletView } from './wallet.ts';
import {
  type AutomaticPayout,
  type PlayerWithdrawalViews,
  playerWithdrawalPages,
  type WithdrawalLine,
} from './withdrawal-pages.ts';
import type { WrestlerSummary, WrestlerView } from './wrestlers.ts';

/** What a player picks for an offer: a typed amount goes before a proposed one. */
const choice = {
  side: Type.Optional(SideSchema),
  stakeXof: Type.Optional(AmountXof),
  otherStakeXof: Type.Optional(AmountXof),
  ratio: Type.Optional(Type.Enum([...ratioChoices])),
  otherAskXof: Type.Optional(AmountXof),
};
const BoutId = strict({ boutId: IdText });
const BoutOffer = strict({ boutId: IdText, offerId: Uuid });
const Back = Type.Optional(BackPath);

/** What the wallet says after a form: that a deposit has come. */
const walletNews = ['depot'] as const;

export const playerPages = {
  'GET /': { caller: 'anyone', summary: 'Tonight’s gala and the next ones.' },
  'GET /galas/:galaId': { caller: 'anyone', summary: 'One gala.', params: strict({ galaId: IdText }) },
  'GET /combats/:boutId': {
    caller: 'anyone',
    summary: 'One bout: its open offers, and the form for a new one.',
    params: BoutId,
    query: strict({ ...choice, tous: Type.Optional(Type.Enum(['1'])) }),
  },
  'GET /combats/:boutId/bulletin': {
    caller: 'anyone',
    summary: 'The slip of an offer, before it is placed.',
    params: BoutId,
    query: strict(choice),
  },
  'POST /combats/:boutId/defis': {
    caller: 'player',
    summary: 'Places an offer: the amounts that the slip showed.',
    params: BoutId,
    form: strict({ side: SideSchema, stakeXof: AmountXof, askXof: AmountXof, slip: SlipText }),
  },
  'GET /combats/:boutId/defis/:offerId': {
    caller: 'anyone',
    summary: 'The slip of an acceptance.',
    params: BoutOffer,
    query: strict({ stakeXof: Type.Optional(AmountXof) }),
  },
  'POST /combats/:boutId/defis/:offerId/accepter': {
    caller: 'player',
    summary: 'Accepts an offer.',
    params: BoutOffer,
    form: strict({ stakeXof: AmountXof, slip: SlipText }),
  },
  'POST /combats/:boutId/defis/:offerId/retirer': {
    caller: 'owner',
    summary: 'Takes back the open part of an own offer.',
    params: BoutOffer,
    form: strict({ slip: SlipText }),
  },
  'GET /bulletin/neuf': { caller: 'player', summary: 'A fresh slip for a page that stayed open (JSON).' },
  'GET /live/bouts/:boutId': { caller: 'anyone', summary: 'Live state of a bout (SSE).', params: BoutId },
  'GET /defis/:offerId': {
    caller: 'owner',
    summary: 'One of my offers: its receipt.',
    params: strict({ offerId: Uuid }),
    query: strict({ nouveau: Type.Optional(Type.Enum(['1'])) }),
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
  'GET /portefeuille': {
    caller: 'player',
    summary: 'Balance, and the last movements.',
    query: strict({ fait: Type.Optional(Type.Enum([...walletNews])) }),
  },
  ...playerDepositPages,
  ...playerStatementPages,
  ...playerWithdrawalPages,
  'GET /verification/:operationId': {
    caller: 'owner',
    summary: 'Asks what became of an operation whose outcome is not known yet.',
    params: strict({ operationId: Uuid }),
    query: strict({ essai: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })), suite: Back }),
  },
  'POST /deconnexion': { caller: 'player', summary: 'Logs out.', form: strict({}) },
  'GET /moi': { caller: 'player', summary: 'My account.' },
  ...playerSessionPages,
  ...playerIdentityPages,
  ...playerAccessPages,
  ...playerDataPages,
  ...playerCasePages,
  'GET /lutteurs': {
    caller: 'anyone',
    summary: 'Search of wrestlers.',
    query: strict({ q: Type.Optional(Type.String({ maxLength: 60 })) }),
  },
  'GET /lutteurs/:wrestlerId': {
    caller: 'anyone',
    summary: 'One wrestler.',
    params: strict({ wrestlerId: IdText }),
  },
  'GET /regles': { caller: 'anyone', summary: 'How betting works and what wins.' },
  'GET /conditions': { caller: 'anyone', summary: 'The terms.' },
  ...playerPlayPages,
} as const satisfies PageContract;

export type WalletNews = (typeof walletNews)[number];
export type PlayerPageKey = keyof typeof playerPages;

/** Who looks at a page of the player's app. */
export interface PlayerVisitor {
  readonly playerId: string;
  readonly pseudonym: string;
  readonly isTest: boolean;
  readonly availableXof: number;
  /** Since the log-in of this session. */
  readonly minutesHere: number;
  /** What he has to be told; the oldest first, until he has read it. */
  readonly notice: VisitorNotice | null;
}

export type Gala = Static<typeof GalaView>;
export type Brief = Static<typeof BoutBrief>;
export type Bout = Static<typeof BoutView>;
export type Bet = Static<typeof BetView>;
export type OwnOffer = Static<typeof OwnOfferView>;
export type OpenOffer = Static<typeof OpenOfferView>;
export type Slip = Static<typeof SlipView>;
export type Wallet = Static<typeof WalletView>;
export type Movement = Static<typeof MovementView>;
export type Wrestler = Static<typeof WrestlerView>;
export type WrestlerLine = Static<typeof WrestlerSummary>;

/** The choice of a slip as it stands in the form. */
export interface OfferChoice {
  readonly side: Side | null;
  readonly stakeXof: number | null;
  readonly otherStakeXof: number | null;
  readonly ratio: RatioChoice | null;
  readonly otherAskXof: number | null;
}

/** What changes on a bout's page while it is looked at: the live snapshot. */
export interface LiveBout {
  readonly state: Bout['bout']['state'];
  readonly market: Pick<
    NonNullable<Bout['market']>,
    'state' | 'version' | 'closedAt' | 'engagedAXof' | 'engagedBXof'
  > | null;
  readonly result: Bout['result'];
  /** Best first; those beyond the page's places are counted. */
  readonly offers: readonly OpenOffer[];
  readonly moreOffers: Readonly<Record<Side, number>>;
}

export interface BoutPageView {
  readonly boutId: number;
  readonly wrestlerA: Brief['wrestlerA'];
  readonly wrestlerB: Brief['wrestlerB'];
  readonly title: string | null;
  readonly scheduledAt: string;
  readonly gala: Bout['gala'];
  readonly ruleCard: NonNullable<Bout['market']>['ruleCard'];
  readonly root: string | null;
  readonly live: LiveBout;
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
  readonly wrestler: string;
  readonly isTest: boolean;
}

export interface SlipPageView {
  readonly subject: SlipSubject;
  readonly stakeXof: number;
  readonly askXof: number;
  /** Null when these amounts are refused: `refusal` says why. */
  readonly sums: Slip | null;
  readonly refusal: SlipRefusal | null;
  /** The stake that was picked, when the ratio moved it. */
  readonly movedFromXof: number | null;
  /** What the balance lacks; 0 when it is enough or not known. */
  readonly missingXof: number;
  readonly depositXof: number;
  readonly slip: string;
  /** What this slip's operation has done before, when its id comes back. */
  readonly earlier: OwnOffer | null;
}

export interface SlipRefusal {
  readonly sentence: string;
  readonly nearest: { readonly stakeXof: number; readonly askXof: number } | null;
}

export interface AcceptPageView {
  readonly subject: SlipSubject;
  /** Null when it is gone. */
  readonly offer: OpenOffer | null;
  readonly stakeXof: number;
  readonly sums: Slip | null;
  readonly refusal: string | null;
  readonly missingXof: number;
  readonly depositXof: number;
  /** May a part be taken? */
  readonly canSplit: boolean;
  readonly slip: string;
}

/** Page name → what it shows. */
export interface PlayerViews
  extends PlayerIdentityViews,
    PlayerAccessViews,
    PlayerCaseViews,
    PlayerSessionViews,
    PlayerStatementViews,
    PlayerDepositViews,
    PlayerDataViews,
    PlayerWithdrawalViews {
  readonly error: ErrorView;
  readonly home: { readonly galas: readonly Gala[] };
  readonly gala: { readonly gala: Gala };
  readonly bout: BoutPageView;
  readonly slip: SlipPageView;
  readonly accept: AcceptPageView;
  readonly offer: {
    readonly offer: OwnOffer;
    readonly bets: readonly Bet[];
    readonly isNew: boolean;
    readonly isTest: boolean;
    readonly slip: string;
  };
  readonly bet: {
    readonly bet: Bet;
    readonly sums: Slip;
    readonly bout: {
      readonly state: Brief['state'];
      readonly result: Bout['result'];
      readonly scheduledAt: string;
    };
    readonly isNew: boolean;
    readonly isTest: boolean;
  };
  readonly bets: {
    readonly offers: readonly OwnOffer[];
    readonly bets: readonly Bet[];
    /** `before` of the next page. */
    readonly next: string | null;
    readonly isFirstPage: boolean;
  };
  readonly wallet: {
    readonly wallet: Wallet;
    /** The last ones. */
    readonly movements: readonly Movement[];
    readonly news: WalletNews | null;
    /** On their way, newest first. */
    readonly withdrawals: readonly WithdrawalLine[];
    readonly automatic: AutomaticPayout;
    /** What seven days have cost, open stakes included; below zero when they have brought something. */
    readonly weekLossXof: number;
  };
  readonly checking: CheckingView;
  readonly me: { readonly pseudonym: string; readonly maskedPhone: string; readonly isTest: boolean };
  readonly wrestlers: { readonly search: string; readonly wrestlers: readonly WrestlerLine[] };
  readonly wrestler: { readonly wrestler: Wrestler };
  readonly rules: {
    readonly rates: Rates;
    readonly limits: BetLimits;
    readonly example: Slip;
    readonly wins: readonly string[];
    readonly voids: readonly string[];
  };
  readonly terms: { readonly version: string };
  readonly responsible: ResponsibleView;
  readonly limit: LimitFormView;
  readonly pause: PauseView;
  readonly realityCheck: RealityCheckPageView;
}
