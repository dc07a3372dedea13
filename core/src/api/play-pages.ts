/** Pages about responsible play, of both sites: each site's contract takes its own in. */
import { type Static, Type } from 'typebox';
import {
  type LimitKind,
  limitKinds,
  type Pause,
  type Period,
  pauseNames,
  periods,
} from '../responsible-play.ts';
import type { ReplyOf } from './contract.ts';
import { LimitXof, strict, Uuid } from './contract.ts';
import { BackPath, type PageContract, SlipText } from './pages.ts';
import type { LimitView, PlayView, RealityCheckView, responsiblePlayContract } from './responsible-play.ts';

const Kind = Type.Enum([...limitKinds]);
const PeriodName = Type.Enum([...periods]);
const PauseName = Type.Enum([...pauseNames]);
const ChangeId = strict({ changeId: Uuid });
const Back = Type.Optional(BackPath);

/** What the page says after a form. */
const playNews = ['limite', 'attente', 'confirme', 'abandon', 'pause', 'retour', 'rappel'] as const;
export type PlayNews = (typeof playNews)[number];

export const playerPlayPages = {
  'GET /jouer-responsable': {
    caller: 'anyone',
    summary: 'Responsible play: my limits, pauses, reality check, and help.',
    query: strict({ fait: Type.Optional(Type.Enum([...playNews])) }),
  },
  'GET /jouer-responsable/limite': {
    caller: 'player',
    summary: 'The form of one limit.',
    query: strict({ kind: Type.Optional(Kind), period: Type.Optional(PeriodName), suite: Back }),
  },
  'POST /jouer-responsable/limite': {
    caller: 'player',
    summary: 'Sets a limit, or asks to remove it.',
    form: strict({
      kind: Kind,
      period: PeriodName,
      limitXof: Type.Optional(LimitXof),
      sans: Type.Boolean(),
      suite: Back,
      slip: SlipText,
    }),
  },
  'POST /jouer-responsable/limite/:changeId/confirmer': {
    caller: 'owner',
    summary: 'Confirms a loosening that has waited.',
    params: ChangeId,
    form: strict({ slip: SlipText }),
  },
  'POST /jouer-responsable/limite/:changeId/abandonner': {
    caller: 'owner',
    summary: 'Drops a loosening that waits.',
    params: ChangeId,
    form: strict({ slip: SlipText }),
  },
  'GET /jouer-responsable/pause': {
    caller: 'player',
    summary: 'What a pause or an exclusion does, before it is confirmed.',
    query: strict({ duree: Type.Optional(PauseName) }),
  },
  'POST /jouer-responsable/pause': {
    caller: 'player',
    summary: 'Pauses or excludes me.',
    form: strict({ duree: PauseName, slip: SlipText }),
  },
  'POST /jouer-responsable/retour': {
    caller: 'player',
    summary: 'Asks to play again after a self-exclusion.',
    form: strict({ slip: SlipText }),
  },
  'POST /jouer-responsable/rappel': {
    caller: 'player',
    summary: 'How often I want to be told how long I have been here.',
    form: strict({ minutes: Type.Integer({ minimum: 0, maximum: 60 }), slip: SlipText }),
  },
  'GET /rappel': {
    caller: 'player',
    summary: 'The reality check: how long, and what it has cost.',
    query: strict({ suite: Back }),
  },
  'POST /rappel': {
    caller: 'player',
    summary: 'Seen: on with it.',
    form: strict({ suite: Back, slip: SlipText }),
  },
} as const satisfies PageContract;

export const officePlayPages = {
  'GET /jeu-responsable': {
    caller: ['compliance'],
    summary: 'Pauses, exclusions, and loosenings that wait.',
  },
} as const satisfies PageContract;

export type Limit = Static<typeof LimitView>;

export interface ResponsibleView {
  /** Null for who is not logged in. */
  readonly play: Static<typeof PlayView> | null;
  /** His self-exclusion has ended, and he may ask to come back. */
  readonly mayReturn: boolean;
  readonly news: PlayNews | null;
  /** One for each form of the page. */
  readonly slips: Readonly<Record<string, string>>;
}

export interface LimitFormView {
  readonly kind: LimitKind;
  readonly period: Period;
  readonly limit: Limit;
  readonly back: string | null;
  readonly slip: string;
  readonly removeSlip: string;
}

export interface PauseView {
  readonly pause: Pause;
  readonly openOffers: number;
  readonly slip: string;
}

export interface RealityCheckPageView {
  readonly check: Static<typeof RealityCheckView>;
  readonly back: string;
  readonly slip: string;
}

export type OfficePlayView = ReplyOf<(typeof responsiblePlayContract)['GET /staff/play']>;

/** The office's page name → what it shows. */
export interface OfficePlayViews {
  readonly play: OfficePlayView;
}
