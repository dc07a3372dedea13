/** Pages of deposits: the form, one deposit while it is paid, and what to do when the money does not show. */
import { Type } from 'typebox';
import type { Tier } from '../ceilings.ts';
import type { Spoken } from '../errors.ts';
import type { DepositState } from '../payment.ts';
import type { PaymentReason } from '../payment-reasons.ts';
import { AmountXof, ProviderName, strict, Uuid } from './contract.ts';
import { BackPath, type PageContract, SlipText } from './pages.ts';

/** What a page says of the button that led to it: asked, asked without an answer, a fresh link. */
export const depositNews = ['verifie', 'silence', 'lien'] as const;
export type DepositNews = (typeof depositNews)[number];

const Back = Type.Optional(BackPath);
const DepositId = strict({ depositId: Uuid });

export const playerDepositPages = {
  'GET /portefeuille/depot': {
    caller: 'player',
    summary: 'The form of a deposit.',
    query: strict({
      amountXof: Type.Optional(AmountXof),
      /** What the slip lacks: the deposit is that, or the smallest one. */
      manque: Type.Optional(AmountXof),
      suite: Back,
    }),
  },
  'POST /portefeuille/depot': {
    caller: 'player',
    summary: 'Asks for a deposit.',
    form: strict({
      /** Typed: goes before what was picked. */
      amountXof: Type.Optional(AmountXof),
      pickedXof: Type.Optional(AmountXof),
      provider: Type.Optional(ProviderName),
      suite: Back,
      slip: SlipText,
    }),
  },
  'GET /portefeuille/depots': {
    caller: 'player',
    summary: 'My deposits of the last days, and where to look for one that does not show.',
  },
  'POST /portefeuille/depots/retrouver': {
    caller: 'player',
    summary: 'Finds a deposit of mine by the provider’s number of the payment.',
    form: strict({
      provider: ProviderName,
      transaction: Type.String({ pattern: '^[A-Za-z0-9._-]{4,64}$', maxLength: 64 }),
    }),
  },
  'GET /portefeuille/depots/:depositId': {
    caller: 'owner',
    summary: 'One of my deposits: how to pay it, how it stands, and what happened to it.',
    params: DepositId,
    query: strict({ fait: Type.Optional(Type.Enum([...depositNews])) }),
  },
  'GET /portefeuille/depots/:depositId/etat': {
    caller: 'owner',
    summary: 'Has it changed since the page was drawn? (JSON)',
    params: DepositId,
  },
  'GET /portefeuille/depots/:depositId/code.png': {
    caller: 'owner',
    summary: 'The code that another phone scans.',
    params: DepositId,
  },
  'POST /portefeuille/depots/:depositId/verifier': {
    caller: 'owner',
    summary: 'Has the provider asked now.',
    params: DepositId,
    form: strict({}),
  },
  'POST /portefeuille/depots/:depositId/nouveau': {
    caller: 'owner',
    summary: 'A fresh way to pay it: the first one is over, or used.',
    params: DepositId,
    form: strict({}),
  },
  'POST /portefeuille/depots/:depositId/annuler': {
    caller: 'owner',
    summary: 'Gives it up.',
    params: DepositId,
    form: strict({}),
  },
} as const satisfies PageContract;

export interface OfferedProvider {
  readonly name: string;
  readonly label: string;
  /** stopped: by the house. silent: it does not answer well now. */
  readonly trouble: 'stopped' | 'silent' | null;
  /** Nobody but his own number can pay; else another number's money waits for people. */
  readonly refusesOtherPayers: boolean;
}

export interface DepositFormView {
  readonly amountXof: number | null;
  /** What the slip lacks, when he comes from one. */
  readonly missingXof: number | null;
  readonly back: string | null;
  readonly isTest: boolean;
  readonly minXof: number;
  /** By the strictest limit now. */
  readonly maxXof: number;
  readonly tier: Tier;
  /** Why nothing can be put in now; null when something can. */
  readonly closedBecause: string | null;
  /** Before the first one: a limit is proposed. */
  readonly proposesLimit: boolean;
  /** The one he used last comes first. */
  readonly providers: readonly OfferedProvider[];
  readonly slip: string;
}

export interface DepositLine {
  readonly depositId: string;
  readonly provider: string;
  readonly amountXof: number;
  readonly state: DepositState;
  /** Still asked for, but its provider lets nobody pay it any more. */
  readonly isOver: boolean;
  readonly reason: Spoken | null;
  readonly requestedAt: string;
  /** Its money may still come. */
  readonly isWatched: boolean;
}

export interface DepositPageView extends DepositLine {
  /** What opens the provider's app; empty when there is nothing to pay. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly hasCode: boolean;
  readonly expiresAt: string | null;
  /** Given up or failed not long ago: it is paid by a fresh session of its own, and not by another deposit. */
  readonly mayReopen: boolean;
  readonly history: readonly {
    readonly state: DepositState;
    readonly reason: Spoken | null;
    readonly at: string;
  }[];
  /** By all of its payments, whatever became of each. */
  readonly receivedXof: number;
  readonly news: DepositNews | null;
  /** Another one when the page has to be drawn again. */
  readonly version: string;
  readonly back: string | null;
  readonly isTest: boolean;
}

export interface PlayerDepositViews {
  readonly deposit: DepositFormView;
  readonly deposits: {
    readonly deposits: readonly DepositLine[];
    readonly providers: readonly OfferedProvider[];
  };
  readonly paying: DepositPageView;
}

export const officeDepositPages = {
  'GET /depots-a-voir': {
    caller: ['finance', 'support'],
    summary: 'Deposits that came to no end by themselves: unreadable, or without a word of their provider.',
  },
} as const satisfies PageContract;

export interface OfficeDepositViews {
  readonly deadDeposits: {
    readonly deposits: readonly {
      readonly depositId: string;
      readonly pseudonym: string;
      readonly provider: string;
      readonly amountXof: number;
      readonly state: DepositState;
      readonly reason: PaymentReason | null;
      /** What the machine saw, in its own words. */
      readonly detail: string | null;
      readonly requestedAt: string;
      readonly endedAt: string;
    }[];
  };
}
