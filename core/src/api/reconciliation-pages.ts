/** The pages of reconciliation and suspense, in the office. */
import { type Static, Type } from 'typebox';
import type { PaymentReason } from '../payment-reasons.ts';
import { type AllocationChoice, allocationChoices, type BreakKind } from '../reconciliation.ts';
import { ProviderName, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';
import { moneyKeepers, type RunShown } from './reconciliation.ts';

const Account = { provider: ProviderName, account: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' }) };
const Day = Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$' });
const Command = strict({ slip: SlipText });
const Item = strict({ itemId: Uuid });
const Allocation = strict({ itemId: Uuid, allocationId: Uuid });

export const lineFilters = ['matched', 'waiting', 'different', 'extra', 'missing'] as const;
export type LineFilter = (typeof lineFilters)[number];

export const reconciliationDone = ['lance', 'cloture'] as const;
export type ReconciliationDone = (typeof reconciliationDone)[number];
export const suspenseDone = ['propose', 'confirme', 'refuse'] as const;
export type SuspenseDone = (typeof suspenseDone)[number];

export const officeReconciliationPages = {
  'GET /rapprochement': {
    caller: moneyKeepers,
    summary: 'How much of the providers’ money our books explain, account by account.',
    query: strict({ fait: Type.Optional(Type.Enum([...reconciliationDone])) }),
  },
  'POST /rapprochement': { caller: moneyKeepers, summary: 'Reads the statements now.', form: Command },
  'GET /rapprochement/:provider/:account': {
    caller: moneyKeepers,
    summary: 'One account: its days, and its last runs.',
    params: strict(Account),
    query: strict({ fait: Type.Optional(Type.Enum([...reconciliationDone])) }),
  },
  'GET /rapprochement/:provider/:account/:day': {
    caller: moneyKeepers,
    summary: 'The lines of a day, and what is missing on it.',
    params: strict({ ...Account, day: Day }),
    query: strict({ etat: Type.Optional(Type.Enum([...lineFilters])) }),
  },
  'GET /rapprochement/:provider/:account/:day/lignes.csv': {
    caller: moneyKeepers,
    summary: 'The lines of a day as a table.',
    params: strict({ ...Account, day: Day }),
  },
  'POST /rapprochement/:provider/:account/:day/cloture': {
    caller: moneyKeepers,
    summary: 'Closes a day whose every line is explained: its figures stand.',
    params: strict({ ...Account, day: Day }),
    form: Command,
  },
  'GET /en-attente': {
    caller: moneyKeepers,
    summary: 'Money that is nobody’s yet, the oldest first, and what was decided last.',
    query: strict({ fait: Type.Optional(Type.Enum([...suspenseDone])) }),
  },
  'GET /en-attente/:itemId': {
    caller: moneyKeepers,
    summary: 'One of them: what is known, what was proposed, and the forms of both people.',
    params: Item,
  },
  'POST /en-attente/:itemId/proposer': {
    caller: moneyKeepers,
    summary: 'Proposes where it goes.',
    params: Item,
    form: strict({
      choice: Type.Enum([...allocationChoices]),
      phone: Type.Optional(Type.String({ minLength: 6, maxLength: 24 })),
      transaction: Type.Optional(Type.String({ minLength: 3, maxLength: 80 })),
      note: Type.String({ minLength: 3, maxLength: 500 }),
      slip: SlipText,
    }),
  },
  'POST /en-attente/:itemId/:allocationId/confirmer': {
    caller: moneyKeepers,
    stepUp: true,
    summary: 'Confirms: another person than the one who proposed it. The money goes.',
    params: Allocation,
    form: Command,
  },
  'POST /en-attente/:itemId/:allocationId/refuser': {
    caller: moneyKeepers,
    summary: 'Refuses what was proposed, or takes it back: the money stays.',
    params: Allocation,
    form: Command,
  },
} as const satisfies PageContract;

export type ShownRun = Static<typeof RunShown>;

/** One of our accounts with a provider. */
export interface AccountShown {
  readonly provider: string;
  readonly label: string;
  readonly account: string;
  /** Where the provider keeps deposits and withdrawals apart: which of them this one is for. */
  readonly use: 'deposits' | 'withdrawals' | null;
  /** Null: never read, or there is nothing to read. */
  readonly run: ShownRun | null;
  readonly openBreakCount: number;
}

export interface DayShown {
  readonly day: string;
  readonly lineCount: number;
  readonly matchedCount: number;
  readonly waitingCount: number;
  readonly differentCount: number;
  readonly extraCount: number;
  readonly missingCount: number;
  /** Of all of them, how many people must still look at. */
  readonly openCount: number;
  readonly netXof: number;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly readAt: string | null;
  readonly isWhole: boolean;
  readonly closedBy: string | null;
  readonly closedAt: string | null;
}

export interface LineShown {
  readonly at: string;
  readonly transaction: string | null;
  readonly kind: string;
  /** The provider's own word, and what it means. */
  readonly rawKind: string;
  readonly movement: string;
  readonly state: LineFilter;
  readonly netXof: number | null;
  readonly feeXof: number;
  readonly taxXof: number;
  readonly isTaxPaidByProvider: boolean;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly balanceXof: number | null;
  readonly reference: string | null;
  readonly maskedPhone: string | null;
  /** Its place in the queue of suspense, while it is there. */
  readonly itemId: string | null;
  readonly isOpen: boolean;
}

/** Money that is nobody's yet. */
export interface SuspenseShown {
  readonly id: string;
  readonly kind: 'payment' | BreakKind;
  readonly provider: string;
  readonly isTest: boolean;
  readonly amountXof: number;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly reason: PaymentReason | null;
  readonly transaction: string | null;
  /** What the provider's statement calls it, in French. */
  readonly movement: string | null;
  readonly maskedPayer: string | null;
  readonly player: string | null;
  /** Who has the number that paid. */
  readonly payer: string | null;
  readonly since: string;
  readonly isOpen: boolean;
  /** The provider is asked to give it back, and has not said yet. */
  readonly isRefunding: boolean;
  readonly choices: readonly AllocationChoice[];
}

export interface AllocationShown {
  readonly id: string;
  readonly itemId: string;
  readonly provider: string;
  readonly choice: AllocationChoice;
  readonly player: string | null;
  readonly amountXof: number;
  readonly note: string;
  /** The provider's number of the way back, made by hand. */
  readonly transaction: string | null;
  /** What the provider said of giving it back; null: it was not asked. */
  readonly refund: 'asked' | 'refunded' | 'refused' | null;
  readonly refundReason: PaymentReason | null;
  readonly proposedBy: string;
  readonly isOwn: boolean;
  readonly proposedAt: string;
  readonly decision: 'confirmed' | 'refused' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface OfficeReconciliationViews {
  readonly reconciliation: {
    readonly accounts: readonly AccountShown[];
    readonly suspenseCount: number;
    readonly done: ReconciliationDone | null;
    readonly slip: string;
  };
  readonly reconciledAccount: {
    readonly account: AccountShown;
    readonly days: readonly DayShown[];
    readonly runs: readonly ShownRun[];
    readonly done: ReconciliationDone | null;
  };
  readonly reconciledDay: {
    readonly account: AccountShown;
    readonly day: DayShown;
    readonly filter: LineFilter | null;
    readonly lines: readonly LineShown[];
    readonly slip: string;
  };
  readonly suspense: {
    readonly items: readonly (SuspenseShown & { readonly proposed: AllocationShown | null })[];
    readonly decided: readonly AllocationShown[];
    readonly done: SuspenseDone | null;
  };
  readonly suspenseItem: {
    readonly item: SuspenseShown;
    readonly allocations: readonly AllocationShown[];
    readonly proposeSlip: string;
    readonly confirmSlip: string;
    readonly refuseSlip: string;
  };
}
