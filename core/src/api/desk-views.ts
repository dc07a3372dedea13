/** What the desks of galas and bouts show. */
import type { BoutEnding, BoutState } from '../bout.ts';
import type { CloseCause, MarketState, Side } from '../market.ts';
import type { MarketOutcome } from '../outcome.ts';
import type { BoutRules } from '../rule-card.ts';
import type { SettlementTotals } from '../settlement-totals.ts';
import type { DeskMarket } from './market-pages.ts';
import type { MarketPreview, ResultMarket } from './result-pages.ts';

export interface GalaHead {
  readonly id: number;
  readonly name: string;
  readonly venue: string;
  readonly promoter: string | null;
  readonly authority: string;
  readonly startsAt: string;
  readonly visibility: 'public' | 'hidden';
  readonly isTest: boolean;
  readonly boutRules: BoutRules;
}

/** A gala in the list: its bouts counted by where they are. */
export interface GalaLine extends GalaHead {
  readonly boutCount: number;
  readonly openCount: number;
  /** Closed, and not paid yet. */
  readonly undecidedCount: number;
}

/** What players have put on a bout, in francs. */
export interface Stakes {
  readonly duelCount: number;
  readonly engagedAXof: number;
  readonly engagedBXof: number;
  readonly openOfferCount: number;
  readonly openXof: number;
}

/** A bout that was moved and has not met: what it waits for. */
export interface Waiting {
  /** Its new date is not known yet. */
  readonly isUndated: boolean;
  /** Every stake goes back then if the two have not met; null when nothing was ever opened. */
  readonly voidAt: string | null;
}

/** A bout in the list of its gala's desk. */
export interface GalaBout extends Stakes {
  readonly id: number;
  readonly position: number;
  readonly wrestlerA: string;
  readonly wrestlerB: string;
  readonly title: string | null;
  readonly scheduledAt: string;
  readonly state: BoutState;
  readonly marketState: MarketState;
  /** Who proposed the result that waits for its second person. */
  readonly proposedBy: string | null;
  readonly waiting: Waiting | null;
}

export interface Person {
  readonly staffId: string;
  readonly name: string;
}

/** A result that is proposed or confirmed. */
export interface DeskResult {
  readonly resultId: string;
  readonly ending: BoutEnding;
  /** Time wrestled, breaks excluded. */
  readonly wrestledSeconds: number | null;
  readonly winnerSide: Side | null;
  /** Markets annulled with it, whatever the ending. */
  readonly voidMarketIds: readonly number[];
  readonly version: number;
  readonly source: string;
  /** Null when the job made it: a bout that was moved and did not meet in time. */
  readonly proposedBy: Person | null;
  readonly proposedAt: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
}

export interface DeskWhistle {
  readonly at: string;
  readonly proposedBy: Person;
  readonly confirmedBy: string | null;
  /** Duels made after it: their stakes go back. */
  readonly lateCount: number;
  readonly lateXof: number;
}

/** The last move of a bout. */
export interface DeskMove {
  /** Null: no date yet. */
  readonly to: string | null;
  readonly reason: string;
  readonly source: string;
  readonly movedBy: string;
  readonly movedAt: string;
  /** The date that the bettors agreed to; null when nothing was ever opened. */
  readonly firstAt: string | null;
  readonly waiting: Waiting | null;
}

export interface DeskPayment {
  readonly outcome: MarketOutcome;
  readonly state: 'paying' | 'done';
  readonly duelCount: number;
  readonly paidCount: number;
  readonly finishedAt: string | null;
}

export interface Entry {
  readonly at: string;
  readonly staff: string;
  readonly command: string;
  readonly target: string;
  readonly outcome: string;
  /** What somebody said who was asked for his yes or no. */
  readonly saidYes?: boolean | null;
  /** A refusal in words; null for what was done. */
  readonly sentence: string | null;
}

/** What changes on a bout's desk while it is looked at: the live snapshot. */
export interface LiveDesk {
  /** When it was read, on the database's clock, in microseconds: an older snapshot never replaces a newer one. */
  readonly readAtUs: number;
  readonly boutState: BoutState;
  readonly state: MarketState;
  readonly hardStopAt: string;
  readonly closedAt: string | null;
  readonly closeCause: CloseCause | null;
  /** Hex SHA-256 of the bets at the close, once published. */
  readonly root: string | null;
  readonly rootDuelCount: number | null;
  readonly stakes: Stakes;
  /** Null when it was never moved. */
  readonly move: DeskMove | null;
  readonly whistle: DeskWhistle | null;
  readonly result: DeskResult | null;
  /** What the result pays: to come while it is only proposed, what was paid once it is all done. */
  readonly totals: SettlementTotals | null;
  readonly payment: DeskPayment | null;
  /** Every market of the bout, drafts included, the winner’s first. */
  readonly markets: readonly DeskMarket[];
  /** What a result that is only proposed would do, market by market. */
  readonly previews: readonly { readonly market: ResultMarket; readonly preview: MarketPreview }[];
  /** Commands on this bout, newest first. */
  readonly entries: readonly Entry[];
}

/** A bout and its evening, on its desk and on the forms that belong to it. */
export interface DeskSubject {
  readonly boutId: number;
  readonly position: number;
  readonly wrestlerA: string;
  readonly wrestlerB: string;
  readonly title: string | null;
  /** The last known date when it is moved to one that is not known yet. */
  readonly scheduledAt: string;
  readonly isUndated: boolean;
  readonly gala: GalaHead;
}

/** The command that each form on a bout's desk carries. */
export interface DeskSlips {
  readonly open: string;
  readonly suspend: string;
  readonly resume: string;
  readonly whistle: string;
  readonly confirmWhistle: string;
  readonly withdraw: string;
  readonly confirm: string;
}
