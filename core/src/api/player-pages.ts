/** The pages of the player's app, and what each of them shows. */
import { type Static, Type } from 'typebox';
import type { BetLimits, Rates } from '../market.ts';
import { type PlayerAccessViews, playerAccessPages, type VisitorNotice } from './access-pages.ts';
import { type PlayerHistoryViews, playerHistoryPages } from './bet-history-pages.ts';
import { type PlayerBetViews, playerBetPages, type Slip } from './bet-pages.ts';
import { type PlayerBonusViews, playerBonusPages } from './bonus-pages.ts';
import type { GalaView } from './bouts.ts';
import { type PlayerCaseViews, playerCasePages } from './case-pages.ts';
import { IdText, strict, Uuid } from './contract.ts';
import { type PlayerDataViews, playerDataPages } from './data-rights-pages.ts';
import { type PlayerDepositViews, playerDepositPages } from './deposit-pages.ts';
import { type PlayerIdentityViews, playerIdentityPages } from './identity-pages.ts';
import { type PlayerObjectionViews, playerObjectionPages } from './objection-pages.ts';
import { BackPath, type CheckingView, type ErrorView, type PageContract } from './pages.ts';
import {
  type LimitFormView,
  type PauseView,
  playerPlayPages,
  type RealityCheckPageView,
  type ResponsibleView,
} from './play-pages.ts';
import { type PlayerPoolViews, type PoolLink, playerPoolPages } from './pool-pages.ts';
import { type PlayerProofViews, playerProofPages } from './proof-pages.ts';
import { type PlayerRebetViews, playerRebetPages } from './rebet-pages.ts';
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

const Back = Type.Optional(BackPath);

export type * from './bet-pages.ts';
export type * from './rebet-pages.ts';

/** What the wallet says after a form: that a deposit has come. */
const walletNews = ['depot'] as const;

export const playerPages = {
  'GET /': { caller: 'anyone', summary: 'Tonight’s gala and the next ones.' },
  'GET /galas/:galaId': { caller: 'anyone', summary: 'One gala.', params: strict({ galaId: IdText }) },
  'GET /portefeuille': {
    caller: 'player',
    summary: 'Balance, and the last movements.',
    query: strict({ fait: Type.Optional(Type.Enum([...walletNews])) }),
  },
  ...playerPoolPages,
  ...playerBetPages,
  ...playerRebetPages,
  ...playerHistoryPages,
  ...playerObjectionPages,
  ...playerProofPages,
  ...playerDepositPages,
  ...playerStatementPages,
  ...playerBonusPages,
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
  /** Staked first, never taken out. */
  readonly bonusXof: number;
  /** Since the log-in of this session. */
  readonly minutesHere: number;
  /** What he has to be told; the oldest first, until he has read it. */
  readonly notice: VisitorNotice | null;
  /** Private offers that wait for him. */
  readonly challengeCount: number;
}

export type Gala = Static<typeof GalaView>;
export type Wallet = Static<typeof WalletView>;
export type Movement = Static<typeof MovementView>;
export type Wrestler = Static<typeof WrestlerView>;
export type WrestlerLine = Static<typeof WrestlerSummary>;

/** Page name → what it shows. */
export interface PlayerViews
  extends PlayerBetViews,
    PlayerHistoryViews,
    PlayerObjectionViews,
    PlayerIdentityViews,
    PlayerAccessViews,
    PlayerCaseViews,
    PlayerSessionViews,
    PlayerStatementViews,
    PlayerBonusViews,
    PlayerDepositViews,
    PlayerPoolViews,
    PlayerProofViews,
    PlayerRebetViews,
    PlayerDataViews,
    PlayerWithdrawalViews {
  readonly error: ErrorView;
  readonly home: { readonly galas: readonly Gala[] };
  readonly gala: { readonly gala: Gala; readonly pools: readonly PoolLink[] };
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
