/** Pages about pools, of the player's app. */
import { type Static, Type } from 'typebox';
import type { Spoken } from '../errors.ts';
import type { BetStep } from './bet-history-pages.ts';
import { AmountXof, IdText, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';
import type { PoolBrief, PoolSettlementView, PoolView, TicketSlipView, TicketView } from './pools.ts';
import type { PublishedRoot } from './proof-pages.ts';

const PoolId = strict({ poolId: IdText });
const PickText = Type.Optional(Type.String({ pattern: '^[A-Za-z_]{1,20}$' }));

/** One field a leg, in their order: a pool has ten at most. */
const pickFields = {
  choix1: PickText,
  choix2: PickText,
  choix3: PickText,
  choix4: PickText,
  choix5: PickText,
  choix6: PickText,
  choix7: PickText,
  choix8: PickText,
  choix9: PickText,
  choix10: PickText,
} as const;
export type PickField = keyof typeof pickFields;
export type PickFields = { readonly [Name in PickField]?: string | undefined };

/** Where the pick of a leg is, from 0. */
export function pickField(leg: number): PickField {
  const name = Object.keys(pickFields).find((field) => field === `choix${leg + 1}`);
  if (name === undefined) throw new RangeError(`no leg ${leg}`);
  // One of the keys that were just searched.
  return name as PickField;
}

/** What a player picks for a ticket: a typed amount goes before a proposed one. */
const choice = {
  ...pickFields,
  stakeXof: Type.Optional(AmountXof),
  otherStakeXof: Type.Optional(AmountXof),
};

export const playerPoolPages = {
  'GET /mutuels/:poolId': {
    caller: 'anyone',
    summary: 'A pool: what it holds, what its outcomes would bring now, and the form of a ticket.',
    params: PoolId,
    query: strict(choice),
  },
  'GET /mutuels/:poolId/bulletin': {
    caller: 'anyone',
    summary: 'The slip of a ticket, before it is bought.',
    params: PoolId,
    query: strict(choice),
  },
  'POST /mutuels/:poolId/tickets': {
    caller: 'player',
    summary: 'Buys a ticket: what the slip showed.',
    params: PoolId,
    form: strict({ ...pickFields, stakeXof: AmountXof, slip: SlipText }),
  },
  'GET /mutuels/:poolId/calcul': {
    caller: 'anyone',
    summary: 'Every step of what a pool paid.',
    params: PoolId,
  },
  'GET /mutuels/:poolId/fichier': {
    caller: 'anyone',
    summary: 'What anybody can recompute a settled pool from, as a file.',
    params: PoolId,
  },
  'GET /mutuels/recalculer': {
    caller: 'anyone',
    summary: 'The script that recomputes a pool’s file without our code, as a file.',
  },
  'GET /tickets': {
    caller: 'player',
    summary: 'My tickets.',
    query: strict({ before: Type.Optional(Uuid) }),
  },
  'GET /tickets/:ticketId': {
    caller: 'owner',
    summary: 'One of my tickets: its receipt.',
    params: strict({ ticketId: Uuid }),
    query: strict({ nouveau: Type.Optional(Type.Enum(['1'])) }),
  },
} as const satisfies PageContract;

export type Pool = Static<typeof PoolView>;
export type PoolLine = Static<typeof PoolBrief>;
export type PoolLeg = Pool['legs'][number];
export type PoolSettlement = Static<typeof PoolSettlementView>;
export type TicketSlip = Static<typeof TicketSlipView>;
export type Ticket = Static<typeof TicketView>;

/** A pool that a page leads to. */
export type PoolLink = Pick<PoolLine, 'id' | 'name' | 'state' | 'legCount' | 'stakedXof'>;

/** What the stake of the example would bring on these picks now; null while nobody has picked them. */
export interface OutcomeLine {
  readonly picks: string;
  readonly text: string;
  readonly stakedXof: number;
  readonly indicativeNetXof: number | null;
  readonly isBelowStake: boolean;
}

export interface TicketChoice {
  /** One a leg, in their order; null where nothing was picked. */
  readonly picks: readonly (string | null)[];
  readonly stakeXof: number | null;
  readonly otherStakeXof: number | null;
}

export interface PoolPageView {
  readonly pool: Pool;
  readonly exampleXof: number;
  /** Every outcome of a pool on one question; of another, the combinations with most stakes. */
  readonly lines: readonly OutcomeLine[];
  readonly choice: TicketChoice;
  readonly ownTickets: readonly Ticket[];
}

export interface TicketSlipPageView {
  readonly pool: Pool;
  readonly picks: readonly string[];
  /** The picks in words, one a leg. */
  readonly texts: readonly string[];
  readonly stakeXof: number;
  /** Null when it is refused: `refusal` says why. */
  readonly sums: TicketSlip | null;
  readonly refusal: Spoken | null;
  /** The most that the limit which refused leaves. */
  readonly lessXof: number | null;
  readonly missingXof: number;
  readonly depositXof: number;
  readonly slip: string;
}

export interface PlayerPoolViews {
  readonly pool: PoolPageView;
  readonly ticketSlip: TicketSlipPageView;
  readonly poolSteps: {
    readonly pool: Pool;
    readonly settlement: PoolSettlement;
    /** What a round stake that was right was paid; null when every stake went back. */
    readonly example: {
      readonly stakeXof: number;
      readonly grossXof: number;
      readonly taxXof: number;
      readonly payoutXof: number;
    } | null;
    /** The take-out was less than the card's, so that nobody who was right got less than his stake before tax. */
    readonly isMinimum: boolean;
    readonly scriptLines: number;
  };
  readonly tickets: {
    readonly tickets: readonly Ticket[];
    /** `before` of the next page. */
    readonly next: string | null;
  };
  readonly ticket: {
    readonly ticket: Ticket;
    readonly pool: Pool;
    /** What it would bring as things stand; null once it is settled. */
    readonly now: TicketSlip | null;
    readonly story: readonly BetStep[];
    /** Of all tickets; null before the close. */
    readonly root: PublishedRoot | null;
    readonly isNew: boolean;
    readonly isTest: boolean;
  };
}
