/** The office's pages of money out: the queue of withdrawals, one withdrawal, the providers. */
import { Type } from 'typebox';
import type { Tier } from '../ceilings.ts';
import type { Xof } from '../money.ts';
import type { WithdrawalState } from '../payment.ts';
import type { PaymentReason } from '../payment-reasons.ts';
import { ProviderName, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';

const finance = ['finance'] as const;
const Note = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const Withdrawal = strict({ withdrawalId: Uuid });
const Verdict = strict({ withdrawalId: Uuid, verdictId: Uuid });

export const withdrawalLists = ['attente', 'route', 'inconnus', 'finis'] as const;
export type WithdrawalList = (typeof withdrawalLists)[number];

export const officePayoutPages = {
  'GET /retraits': {
    caller: finance,
    summary: 'Withdrawals, the oldest first: those that wait for people unless another list is asked for.',
    query: strict({
      liste: Type.Optional(Type.Enum([...withdrawalLists])),
      tel: Type.Optional(Type.String({ minLength: 6, maxLength: 24 })),
    }),
  },
  'GET /retraits/:withdrawalId': {
    caller: finance,
    summary: 'One withdrawal: its player, its history, what people said. The look is audited.',
    params: Withdrawal,
    query: strict({ fait: Type.Optional(Type.Enum(['decide', 'constat'])) }),
  },
  'POST /retraits/:withdrawalId/accepter': {
    caller: finance,
    stepUp: true,
    summary: 'Agrees.',
    params: Withdrawal,
    form: strict({ note: Note, slip: SlipText }),
  },
  'POST /retraits/:withdrawalId/refuser': {
    caller: finance,
    stepUp: true,
    summary: 'Refuses: the money is back on the balance.',
    params: Withdrawal,
    form: strict({ note: Note, slip: SlipText }),
  },
  'POST /retraits/:withdrawalId/constat': {
    caller: finance,
    stepUp: true,
    summary: 'Says what became of it, with evidence.',
    params: Withdrawal,
    form: strict({ verdict: Type.Enum(['paid', 'refused', 'reverse']), evidence: Note, slip: SlipText }),
  },
  'POST /retraits/:withdrawalId/constat/:verdictId/confirmer': {
    caller: finance,
    stepUp: true,
    summary: 'The second person confirms.',
    params: Verdict,
    form: strict({ slip: SlipText }),
  },
  'POST /retraits/:withdrawalId/constat/:verdictId/abandonner': {
    caller: finance,
    stepUp: true,
    summary: 'Drops it.',
    params: Verdict,
    form: strict({ slip: SlipText }),
  },
  'GET /operateurs': {
    caller: finance,
    summary: 'The providers: whether they answer, what we have there, what is stopped.',
    query: strict({ fait: Type.Optional(Type.Enum(['arrete', 'repris'])) }),
  },
  'POST /operateurs/:provider/arreter': {
    caller: finance,
    stepUp: true,
    summary: 'Stops deposits or withdrawals there.',
    params: strict({ provider: ProviderName }),
    form: strict({ side: Type.Enum(['deposits', 'payouts']), note: Note, slip: SlipText }),
  },
  'POST /operateurs/:provider/reprendre': {
    caller: finance,
    stepUp: true,
    summary: 'Lets them go on.',
    params: strict({ provider: ProviderName }),
    form: strict({ side: Type.Enum(['deposits', 'payouts']), note: Note, slip: SlipText }),
  },
} as const satisfies PageContract;

export interface QueuedWithdrawal {
  readonly withdrawalId: string;
  readonly provider: string;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  readonly pseudonym: string;
  readonly maskedPhone: string;
  readonly tier: Tier;
  readonly approvalsRequired: number;
  readonly approvals: number;
  readonly isAutomatic: boolean;
  readonly isTest: boolean;
  readonly requestedAt: string;
}

export interface WithdrawalVerdictShown {
  readonly verdictId: string;
  readonly verdict: 'paid' | 'refused' | 'reverse';
  readonly evidence: string;
  readonly state: 'proposed' | 'confirmed' | 'dropped';
  readonly proposedByName: string;
  readonly proposedAt: string;
  readonly decidedByName: string | null;
  /** Proposed by who looks. */
  readonly isOwn: boolean;
}

/** What the money comes from, and how well the player is known. Sums: of the last 30 days. */
export interface WithdrawalOrigin {
  readonly joinedAt: string;
  /** Since when this number is his. */
  readonly phoneSince: string;
  readonly depositedXof: Xof;
  readonly stakedXof: Xof;
  readonly wonXof: Xof;
  readonly withdrawnXof: Xof;
  /** The last ones, the newest first. */
  readonly wins: readonly {
    readonly bout: string;
    readonly madeAt: string;
    readonly stakeXof: Xof;
    readonly payoutXof: Xof;
  }[];
}

export interface ProviderShown {
  readonly provider: string;
  readonly label: string;
  readonly isSilent: boolean;
  readonly balanceXof: number | null;
  readonly balanceAt: string | null;
  readonly depositsStoppedAt: string | null;
  readonly payoutsStoppedAt: string | null;
  /** Null: by the house itself. */
  readonly stoppedBy: string | null;
  readonly stoppedDetail: string | null;
  readonly waiting: { readonly count: number; readonly xof: number };
}

export interface OfficePayoutViews {
  readonly withdrawals: {
    readonly list: WithdrawalList;
    readonly phone: string | null;
    readonly withdrawals: readonly QueuedWithdrawal[];
    readonly counts: Readonly<Record<Exclude<WithdrawalList, 'finis'>, number>>;
  };
  readonly withdrawal: {
    readonly withdrawal: QueuedWithdrawal;
    readonly done: 'decide' | 'constat' | null;
    /** Of what he has asked for in the 24 hours before this one's end. */
    readonly inDayXof: number;
    readonly depositedXof: number;
    readonly withdrawnXof: number;
    readonly origin: WithdrawalOrigin;
    readonly transaction: string | null;
    readonly sendCount: number;
    readonly history: readonly {
      readonly state: WithdrawalState;
      readonly reason: PaymentReason | null;
      readonly detail: string | null;
      readonly at: string;
    }[];
    readonly decisions: readonly {
      readonly name: string;
      readonly approves: boolean;
      readonly note: string;
      readonly at: string;
    }[];
    readonly verdicts: readonly WithdrawalVerdictShown[];
    readonly mayDecide: boolean;
    readonly mayJudge: readonly ('paid' | 'refused' | 'reverse')[];
    readonly slips: { readonly accept: string; readonly refuse: string; readonly verdict: string };
  };
  readonly providers: {
    readonly providers: readonly ProviderShown[];
    readonly floatMinXof: number;
    readonly done: 'arrete' | 'repris' | null;
    readonly slip: string;
  };
}
