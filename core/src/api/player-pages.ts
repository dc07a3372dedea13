/** The pages of the player's app, and what each of them shows. */
import { type Static, Type } from 'typebox';
import type { BoutView, GalaView, OpenOfferView } from './bouts.ts';
import { AmountXof, IdText, Instant, SideSchema, strict, Uuid } from './contract.ts';
import type { BetView, MadeBet, OwnOfferView, SlipView } from './offers.ts';
import { BackPath, type ErrorView, type PageContract, SlipText } from './pages.ts';
import type { PlayerView } from './people.ts';
import type { MovementView, WalletView } from './wallet.ts';

/** The proposed ratios: what I put to what the other puts. */
export const ratioChoices = ['1:1', '3:2', '2:1', '1:2', '2:3'] as const;
/** The proposed stakes, in francs. */
export const stakeChoices = [1_000, 2_000, 5_000, 10_000] as const;

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
const Phone = Type.String({ minLength: 6, maxLength: 24 });

export const playerPages = {
  'GET /': { caller: 'anyone', summary: 'Tonight’s gala and the next ones.' },
  'GET /galas/:galaId': { caller: 'anyone', summary: 'One gala.', params: strict({ galaId: IdText }) },
  'GET /combats/:boutId': {
    caller: 'anyone',
    summary: 'One bout: its open offers, and the form for a new one.',
    params: BoutId,
    query: strict(choice),
  },
  'GET /combats/:boutId/bulletin': {
    caller: 'anyone',
    summary: 'The slip of an offer, before it is placed.',
    params: BoutId,
    query: strict(choice),
  },
  'POST /combats/:boutId/defis': {
    caller: 'player',
    summary: 'Places an offer.',
    params: BoutId,
    form: strict({ ...choice, side: SideSchema, slip: SlipText }),
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
    query: strict({ before: Type.Optional(Instant) }),
  },
  'GET /paris/:betId': {
    caller: 'owner',
    summary: 'One of my bets: its receipt.',
    params: strict({ betId: Uuid }),
    query: strict({ nouveau: Type.Optional(Type.Enum(['1'])) }),
  },
  'GET /portefeuille': {
    caller: 'player',
    summary: 'Balance and statement.',
    query: strict({ before: Type.Optional(Instant), fait: Type.Optional(Type.Enum(['depot', 'retrait'])) }),
  },
  'GET /portefeuille/depot': {
    caller: 'player',
    summary: 'The form of a deposit.',
    query: strict({ amountXof: Type.Optional(AmountXof), suite: Back }),
  },
  'POST /portefeuille/depot': {
    caller: 'player',
    summary: 'Asks for a deposit.',
    form: strict({ amountXof: AmountXof, suite: Back, slip: SlipText }),
  },
  'GET /portefeuille/retrait': { caller: 'player', summary: 'The form of a withdrawal.' },
  'POST /portefeuille/retrait': {
    caller: 'player',
    summary: 'Asks for a withdrawal.',
    form: strict({ amountXof: AmountXof, slip: SlipText }),
  },
  'GET /verification/:operationId': {
    caller: 'owner',
    summary: 'Asks what became of an operation whose outcome is not known yet.',
    params: strict({ operationId: Uuid }),
    query: strict({ essai: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })), suite: Back }),
  },
  'GET /connexion': { caller: 'anyone', summary: 'Log-in: the phone.', query: strict({ suite: Back }) },
  'POST /connexion': {
    caller: 'anyone',
    summary: 'Sends a one-time code.',
    form: strict({ phone: Phone, suite: Back }),
  },
  'GET /connexion/code': { caller: 'anyone', summary: 'Log-in: the code.' },
  'POST /connexion/code': {
    caller: 'anyone',
    summary: 'Logs in, or opens a sign-up.',
    form: strict({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  },
  'GET /inscription': { caller: 'anyone', summary: 'Sign-up: pseudonym, birth date, terms.' },
  'POST /inscription': {
    caller: 'anyone',
    summary: 'Signs up and logs in.',
    form: strict({
      pseudonym: Type.String({ minLength: 1, maxLength: 60 }),
      birthDay: Type.Integer({ minimum: 1, maximum: 31 }),
      birthMonth: Type.Integer({ minimum: 1, maximum: 12 }),
      birthYear: Type.Integer({ minimum: 1900, maximum: 2100 }),
      terms: Type.Boolean(),
    }),
  },
  'POST /deconnexion': { caller: 'player', summary: 'Logs out.', form: strict({}) },
  'GET /moi': { caller: 'player', summary: 'My account.' },
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
  'GET /jouer-responsable': { caller: 'anyone', summary: 'Responsible play and help.' },
} as const satisfies PageContract;

export type PlayerPageKey = keyof typeof playerPages;

/** Who looks at a page of the player's app. */
export interface PlayerVisitor {
  readonly playerId: string;
  readonly pseudonym: string;
  readonly isTest: boolean;
  readonly availableXof: number;
}

export type Gala = Static<typeof GalaView>;
export type Bout = Static<typeof BoutView>;
export type Bet = Static<typeof BetView>;
export type OwnOffer = Static<typeof OwnOfferView>;
export type OpenOffer = Static<typeof OpenOfferView>;
export type Slip = Static<typeof SlipView>;
export type Wallet = Static<typeof WalletView>;
export type Movement = Static<typeof MovementView>;
export type Player = Static<typeof PlayerView>;
export type Made = Static<typeof MadeBet>;

/** The choice of a slip as it stands in the form. */
export interface OfferChoice {
  readonly side: 'A' | 'B' | null;
  readonly stakeXof: number | null;
  readonly otherStakeXof: number | null;
  readonly ratio: (typeof ratioChoices)[number] | null;
  readonly otherAskXof: number | null;
}

/** Page name → what it shows. */
export interface PlayerViews {
  readonly error: ErrorView;
  readonly home: { readonly galas: readonly Gala[] };
  // gala: { readonly gala: Gala };
  // bout: BoutPageView;
}

export interface BoutPageView {
  readonly bout: Bout;
  /** Empty for who is not logged in. */
  readonly ownOffers: readonly OwnOffer[];
  readonly ownBets: readonly Bet[];
  readonly choice: OfferChoice;
  readonly slip: string | null;
}
