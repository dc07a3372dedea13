/** The pages of money out: what the player asks for, and what people of the house decide. */
import { Type } from 'typebox';
import type { WithdrawalState } from '../payment.ts';
import { AmountXof, ProviderName, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';

const OperationId = strict({ operationId: Uuid });

export const playerWithdrawalPages = {
  'GET /portefeuille/retrait': {
    caller: 'player',
    // Who cannot take anything out reads it at once; everybody else is asked for his second factor by the handler.
    summary: 'The form of a withdrawal, or why there is none now.',
    query: strict({ amountXof: Type.Optional(AmountXof), provider: Type.Optional(ProviderName) }),
  },
  'POST /portefeuille/retrait': {
    caller: 'player',
    stepUp: true,
    summary: 'Asks for a withdrawal.',
    form: strict({ amountXof: AmountXof, provider: ProviderName, slip: SlipText }),
  },
  'GET /portefeuille/gains': {
    caller: 'player',
    summary: 'Whether my winnings go out by themselves, and where to.',
    query: strict({ fait: Type.Optional(Type.Enum(['1'])) }),
  },
  'POST /portefeuille/gains': {
    caller: 'player',
    stepUp: true,
    summary: 'Has my winnings paid out by themselves, or stops it.',
    form: strict({ provider: Type.Optional(ProviderName), slip: SlipText }),
  },
  'GET /portefeuille/retraits/:operationId': {
    caller: 'owner',
    summary: 'How far one of my withdrawals is, and what comes next.',
    params: OperationId,
    query: strict({
      nouveau: Type.Optional(Type.Enum(['1'])),
      essai: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
    }),
  },
  'GET /portefeuille/retraits/:operationId/etat': {
    caller: 'owner',
    summary: 'Has it changed since the page was drawn? (JSON)',
    params: OperationId,
  },
} as const satisfies PageContract;

/** Where the money can go. */
export interface PayoutProvider {
  readonly name: string;
  readonly label: string;
  /** stopped: by the house. silent: it does not answer. Money asked for all the same waits. */
  readonly trouble: 'stopped' | 'silent' | null;
}

/** A withdrawal that has not ended. */
export interface WithdrawalLine {
  readonly operationId: string;
  readonly amountXof: number;
  readonly state: WithdrawalState;
  readonly requestedAt: string;
}

export interface WithdrawalFormView {
  /** What was typed before a second factor was asked for. */
  readonly amountXof: number | null;
  readonly availableXof: number;
  /** What may still go out in these 24 hours; null: no ceiling. */
  readonly leftXof: number | null;
  readonly minXof: number;
  readonly multipleXof: number;
  /** The most that can go out now: whole multiples, within the ceiling. */
  readonly mostXof: number;
  /** From this much in 24 hours one person of the house looks first, or two. */
  readonly approvalFinanceXof: number;
  readonly approvalTwoPeopleXof: number;
  readonly isTest: boolean;
  readonly maskedPhone: string;
  /** Why nothing can go out now, and until when; null when something can. */
  readonly closedBecause: string | null;
  readonly providers: readonly PayoutProvider[];
  /** The one that is marked. */
  readonly provider: string;
  readonly slip: string;
}

/**
 * What a player reads of the way: `requested` is three steps. asked: by him. agreed: by the house. waiting: to be sent,
 * or to be sent again.
 */
export type WithdrawalStep = Exclude<WithdrawalState, 'requested'> | 'asked' | 'agreed' | 'waiting';

/** Who has to agree before it goes out. */
export interface AwaitedApproval {
  readonly people: number;
  /** How many have agreed. */
  readonly agreed: number;
  /** What makes people look: as much was asked for in 24 hours, this one included; null: something else does. */
  readonly because: { readonly inDayXof: number; readonly fromXof: number } | null;
}

export interface WithdrawalPageView {
  readonly operationId: string;
  readonly amountXof: number;
  /** As people call the provider. */
  readonly provider: string;
  readonly maskedPhone: string;
  readonly state: WithdrawalState;
  /** In words. */
  readonly reason: string | null;
  readonly isAutomatic: boolean;
  /** A deposit that goes back to who paid it. */
  readonly isReturn: boolean;
  /** Null: it does not wait for people. */
  readonly approval: AwaitedApproval | null;
  /** Oldest first. */
  readonly history: readonly {
    readonly step: WithdrawalStep;
    readonly reason: string | null;
    readonly at: string;
  }[];
  readonly isNew: boolean;
  readonly isTest: boolean;
  /** Another one when the page has to be drawn again. */
  readonly version: string;
  /** Where the page asks next, at once; null: nothing is expected within seconds. */
  readonly next: string | null;
}

/** Winnings that go out by themselves. */
export interface AutomaticPayout {
  readonly isOn: boolean;
  /** The code of why the last ones stayed on the balance; null: they did not, or that is a week ago. */
  readonly refusal: string | null;
  readonly refusedAt: string | null;
}

export interface AutomaticPayoutView extends AutomaticPayout {
  readonly providers: readonly PayoutProvider[];
  /** Null: winnings stay on the balance. */
  readonly provider: string | null;
  readonly maskedPhone: string;
  readonly minXof: number;
  readonly isDone: boolean;
  readonly slip: string;
}

export interface PlayerWithdrawalViews {
  readonly automaticPayout: AutomaticPayoutView;
  readonly withdrawal: WithdrawalFormView;
  readonly withdrawalShown: WithdrawalPageView;
}
