/** The office's pages of a bout's results: every version, what each pays, corrections, homologation; and the house's losses. */
import { Type } from 'typebox';
import type { BoutEnding } from '../bout.ts';
import { enteredEndings } from '../bout.ts';
import type { Side } from '../market.ts';
import type { MarketOutcome } from '../outcome.ts';
import type { Question } from '../question.ts';
import type { SettlementTotals } from '../settlement-totals.ts';
import { IdText, SideSchema, type StaffRole, strict, Uuid } from './contract.ts';
import type { DeskSubject, Person } from './desk-views.ts';
import { type PageContract, SlipText } from './pages.ts';
import { MoneyAsked } from './tax-pages.ts';

/** Who reads what corrections have cost. */
export const lossReaders = ['finance', 'administrator'] as const satisfies readonly StaffRole[];

const BoutId = strict({ boutId: IdText });
const Said = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const Annulled = Type.Optional(IdText);

/** How many markets of a bout one form can annul: a box each, whose value is the market's id. */
export const annulledFields = [
  'annule1',
  'annule2',
  'annule3',
  'annule4',
  'annule5',
  'annule6',
  'annule7',
  'annule8',
] as const;

/** What a result says, as both its forms ask it. */
export const verdictFields = {
  ending: Type.Enum(enteredEndings),
  /** None for an ending without a winner. */
  winnerSide: Type.Optional(SideSchema),
  /** Time wrestled, breaks excluded. */
  wrestledMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 119 })),
  wrestledSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 59 })),
  annule1: Annulled,
  annule2: Annulled,
  annule3: Annulled,
  annule4: Annulled,
  annule5: Annulled,
  annule6: Annulled,
  annule7: Annulled,
  annule8: Annulled,
  source: Said,
  slip: SlipText,
};

export const resultsDone = [
  'correction',
  'correction-retiree',
  'correction-confirmee',
  'homologation',
  'homologation-retiree',
  'homologation-confirmee',
] as const;
export type ResultsDone = (typeof resultsDone)[number];

export const officeResultPages = {
  'GET /combats/:boutId/resultats': {
    caller: 'staff',
    summary:
      'Every version of a bout’s result, what each of its markets pays, and what a proposed one would change.',
    params: BoutId,
    query: strict({ fait: Type.Optional(Type.Enum([...resultsDone])) }),
  },
  'GET /combats/:boutId/correction': {
    caller: 'operator',
    summary: 'The form of a correction: another result in the place of the confirmed one.',
    params: BoutId,
  },
  'POST /combats/:boutId/correction': {
    caller: 'operator',
    summary: 'Proposes a correction.',
    params: BoutId,
    form: strict({ ...verdictFields, reason: Said }),
  },
  'POST /combats/:boutId/correction/retirer': {
    caller: 'operator',
    summary: 'Takes a proposed correction back.',
    params: BoutId,
    form: strict({ resultId: Uuid, slip: SlipText }),
  },
  'POST /combats/:boutId/correction/confirmer': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the correction that was read, by another person: the difference is paid.',
    params: BoutId,
    form: strict({ resultId: Uuid, slip: SlipText }),
  },
  'POST /combats/:boutId/homologation': {
    caller: 'operator',
    summary: 'Proposes the homologation of the confirmed result.',
    params: BoutId,
    form: strict({ source: Said, slip: SlipText }),
  },
  'POST /combats/:boutId/homologation/retirer': {
    caller: 'operator',
    summary: 'Takes a proposed homologation back.',
    params: BoutId,
    form: strict({ homologationId: Uuid, slip: SlipText }),
  },
  'POST /combats/:boutId/homologation/confirmer': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the homologation, by another person: what waited for it is paid.',
    params: BoutId,
    form: strict({ homologationId: Uuid, slip: SlipText }),
  },
  'GET /pertes': {
    caller: lossReaders,
    summary: 'What corrections have cost the house: the sum, and each correction, the newest first.',
    query: MoneyAsked,
  },
} as const satisfies PageContract;

/** A market of a bout as the forms and pages of its result name it. */
export interface ResultMarket {
  readonly marketId: number;
  readonly asks: Question;
  /** The same in words. */
  readonly question: string;
  readonly sideA: string;
  readonly sideB: string;
  readonly duelCount: number;
  readonly stakedXof: number;
  /** How it ends by what was paid; null before. */
  readonly outcome: MarketOutcome | null;
  readonly isPaying: boolean;
  /** Its card waits for the homologation of the confirmed result. */
  readonly isHeld: boolean;
}

/** What a correction has booked in one market, or would: differences, with their signs. */
export interface HouseChangeShown {
  readonly takenXof: number;
  readonly givenXof: number;
  readonly commissionXof: number;
  readonly taxXof: number;
  readonly claimXof: number;
  readonly lossXof: number;
}

export interface ResultVersion {
  readonly resultId: string;
  readonly version: number;
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  readonly wrestledSeconds: number | null;
  readonly voidMarketIds: readonly number[];
  readonly source: string;
  /** Why it replaces the one before; null for the first. */
  readonly reason: string | null;
  /** Null when the job made it: a bout that was moved and did not meet in time. */
  readonly proposedBy: Person | null;
  readonly proposedAt: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
  /** What it has changed, for each market that was paid before; null while that is being computed. */
  readonly changes: readonly { readonly marketId: number; readonly change: HouseChangeShown | null }[];
}

/** What a proposed result would do to one market if nothing moved until its confirmation. */
export interface MarketPreview {
  readonly marketId: number;
  readonly before: MarketOutcome | null;
  readonly after: MarketOutcome;
  /** Paid only once the result is homologated. */
  readonly isHeld: boolean;
  readonly totals: SettlementTotals | null;
  /** Null when nothing was paid before, or nothing changes. */
  readonly change: HouseChangeShown | null;
}

export interface HomologationShown {
  readonly homologationId: string;
  readonly source: string;
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly confirmedBy: string | null;
}

export interface LossLine {
  readonly correctionId: string;
  readonly boutId: number | null;
  /** "Modou Lô – Siteu", or the pool's name. */
  readonly name: string;
  readonly question: string;
  readonly gala: string;
  readonly version: number;
  readonly reason: string;
  readonly at: string;
  /** Positive: lost; negative: an earlier loss that came back. */
  readonly lossXof: number;
  readonly claimXof: number;
  /** Who still holds more than he is due, and how much. */
  readonly kept: readonly { readonly pseudonym: string; readonly keptXof: number }[];
}

export interface OfficeResultViews {
  readonly results: {
    readonly subject: DeskSubject;
    readonly markets: readonly ResultMarket[];
    /** Newest first; one that is proposed comes first. */
    readonly versions: readonly ResultVersion[];
    /** Of the proposed version. */
    readonly preview: readonly MarketPreview[];
    readonly homologation: HomologationShown | null;
    readonly mayCorrect: boolean;
    readonly done: ResultsDone | null;
    readonly slips: {
      readonly withdraw: string;
      readonly confirm: string;
      readonly homologate: string;
      readonly withdrawHomologation: string;
      readonly confirmHomologation: string;
    };
  };
  readonly correction: {
    readonly subject: DeskSubject;
    readonly markets: readonly ResultMarket[];
    readonly standing: ResultVersion | null;
    readonly slip: string;
  };
  readonly losses: {
    readonly lossXof: number;
    readonly claimXof: number;
    readonly lines: readonly LossLine[];
    readonly isTest: boolean;
  };
}
