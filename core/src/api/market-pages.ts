/** The office's page of the markets of a bout: the questions it asks, each opened, suspended and resumed by itself. */
import { Type } from 'typebox';
import type { BoutState } from '../bout.ts';
import type { MarketState } from '../market.ts';
import { type MarketKind, type MethodGroup, methodGroups } from '../question.ts';
import type { PayoutPolicy } from '../rule-card.ts';
import { PayoutPolicySchema } from './bouts.ts';
import { IdText, strict } from './contract.ts';
import type { DeskSubject, Stakes } from './desk-views.ts';
import { type PageContract, SlipText } from './pages.ts';

const BoutId = strict({ boutId: IdText });
const MarketOfBout = strict({ boutId: IdText, marketId: IdText });
const Command = strict({ slip: SlipText });

export const marketsDone = ['ajoute', 'ouvert', 'suspendu', 'repris'] as const;
export type MarketsDone = (typeof marketsDone)[number];

export const officeMarketPages = {
  'GET /combats/:boutId/marches': {
    caller: 'operator',
    summary: 'The markets of a bout, drafts included: what each asks, and the forms of new ones.',
    params: BoutId,
    query: strict({ fait: Type.Optional(Type.Enum([...marketsDone])) }),
  },
  'POST /combats/:boutId/marches/duree': {
    caller: 'operator',
    summary: 'Adds a market in draft on the time wrestled: over or under a line.',
    params: BoutId,
    form: strict({
      lineMinutes: Type.Integer({ minimum: 0, maximum: 119 }),
      lineSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 59 })),
      slip: SlipText,
    }),
  },
  'POST /combats/:boutId/marches/maniere': {
    caller: 'operator',
    summary: 'Adds a market in draft on the way to win.',
    params: BoutId,
    form: strict({ group: Type.Enum([...methodGroups]), slip: SlipText }),
  },
  'POST /combats/:boutId/marches/:marketId/ouvrir': {
    caller: 'operator',
    summary: 'Opens one market: freezes its rule card, with the payout policy that was picked.',
    params: MarketOfBout,
    form: strict({ payoutPolicy: PayoutPolicySchema, slip: SlipText }),
  },
  'POST /combats/:boutId/marches/:marketId/suspendre': {
    caller: 'operator',
    summary: 'Stops taking bets on one market for a while.',
    params: MarketOfBout,
    form: Command,
  },
  'POST /combats/:boutId/marches/:marketId/reprendre': {
    caller: 'operator',
    summary: 'Takes bets on one market again.',
    params: MarketOfBout,
    form: Command,
  },
} as const satisfies PageContract;

/** A market of a bout as its desk shows it. */
export interface DeskMarket extends Stakes {
  readonly marketId: number;
  readonly kind: MarketKind;
  /** Of a market on the way to win; null for the others. */
  readonly group: MethodGroup | null;
  readonly question: string;
  readonly sideA: string;
  readonly sideB: string;
  readonly state: MarketState;
  readonly payoutPolicy: PayoutPolicy;
  /** Of the card that was frozen at the opening, its hash in hex; null before. */
  readonly ruleCard: { readonly version: number; readonly hash: string } | null;
}

export interface OfficeMarketViews {
  readonly markets: {
    readonly subject: DeskSubject;
    readonly boutState: BoutState;
    readonly hardStopAt: string;
    /** The winner's first. */
    readonly markets: readonly (DeskMarket & { readonly slip: string })[];
    /** The ways to win that no market of the bout asks about yet. */
    readonly groupsLeft: readonly MethodGroup[];
    readonly done: MarketsDone | null;
    readonly slips: { readonly time: string; readonly method: string };
  };
}
