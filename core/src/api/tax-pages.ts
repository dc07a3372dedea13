/** The pages of the tax on winnings, in the office: months, their return, and their payment to the State. */
import { Type } from 'typebox';
import type { Rates } from '../market.ts';
import type { TaxDue, TaxFigures, TaxMonth } from '../tax-return.ts';
import { AmountXof, type StaffRole, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';
import { moneyKeepers } from './reconciliation.ts';

/** Who reads the returns. */
export const taxReaders = ['finance', 'administrator'] as const satisfies readonly StaffRole[];

const Month = strict({ month: Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' }) });
/** Play money in the place of real money. */
export const MoneyAsked = strict({ argent: Type.Optional(Type.Enum(['essai'])) });
const Remittance = strict({ ...Month.properties, remittanceId: Uuid });

export const taxDone = ['propose', 'confirme', 'refuse'] as const;
export type TaxDone = (typeof taxDone)[number];

export const officeTaxPages = {
  'GET /impots': {
    caller: taxReaders,
    summary: 'The months of the tax on winnings, the newest first.',
    query: MoneyAsked,
  },
  'GET /impots/:month': {
    caller: taxReaders,
    summary: 'The return of a month, held against the ledger, and its payment to the State.',
    params: Month,
    query: strict({ ...MoneyAsked.properties, fait: Type.Optional(Type.Enum([...taxDone])) }),
  },
  'GET /impots/:month/feuille': {
    caller: taxReaders,
    summary: 'The return of a month as a sheet to print.',
    params: Month,
    query: MoneyAsked,
  },
  'GET /impots/:month/declaration.csv': {
    caller: taxReaders,
    summary: 'The return of a month as a table.',
    params: Month,
    query: MoneyAsked,
  },
  'POST /impots/:month/versement': {
    caller: moneyKeepers,
    summary: 'Proposes that the month was paid to the State.',
    params: Month,
    form: strict({
      amountXof: AmountXof,
      paidOn: Type.String({ format: 'date' }),
      reference: Type.String({ minLength: 3, maxLength: 120 }),
      slip: SlipText,
    }),
  },
  'POST /impots/:month/versement/:remittanceId/confirmer': {
    caller: moneyKeepers,
    stepUp: true,
    summary: 'Confirms it: another person than the one who proposed it. The month is closed.',
    params: Remittance,
    form: strict({ slip: SlipText }),
  },
  'POST /impots/:month/versement/:remittanceId/refuser': {
    caller: moneyKeepers,
    summary: 'Refuses what was proposed, or takes it back.',
    params: Remittance,
    form: strict({ slip: SlipText }),
  },
} as const satisfies PageContract;

/** What bets were on: the market of a bout, or a pool. */
export interface TaxSubject {
  readonly kind: 'market' | 'pool';
  readonly id: number;
  /** "Modou Lô – Siteu", or the pool's name. */
  readonly name: string;
  readonly question: string;
  readonly gala: string;
}

/** One line of a return: what a market paid on a day, or what a correction of it changed. */
export interface TaxLine {
  readonly day: string;
  readonly subject: TaxSubject;
  /** Of the result: above the first it is a correction, and its figures are differences. */
  readonly version: number;
  readonly isCorrection: boolean;
  readonly taxBps: number;
  readonly taxBase: Rates['taxBase'];
  readonly figures: TaxFigures;
  /** By how much it made the claim on the State grow, and the house's loss. */
  readonly claimXof: number;
  readonly lossXof: number;
}

/** What an account of the ledger moved by in the month that is not a bet: shown, so that the rest has to agree. */
export interface OtherMovement {
  readonly transferKind: string;
  readonly amountXof: number;
}

/** A figure of the return beside the ledger's. */
export interface LedgerCheck {
  readonly account: 'commission' | 'tax_payable' | 'tax_claim';
  readonly returnXof: number;
  readonly ledgerXof: number;
  readonly others: readonly OtherMovement[];
  /** Of the ledger, what neither the return nor the others explain. */
  readonly gapXof: number;
}

export interface TaxReturn {
  readonly month: TaxMonth;
  /** Of play money. */
  readonly isTest: boolean;
  readonly isOver: boolean;
  /** Oldest day first; in a day, settlements before corrections. */
  readonly days: readonly {
    readonly day: string;
    readonly lines: readonly TaxLine[];
    readonly total: TaxFigures;
  }[];
  readonly settled: TaxFigures;
  readonly corrected: TaxFigures;
  readonly total: TaxFigures;
  readonly claimXof: number;
  readonly lossXof: number;
  readonly checks: readonly LedgerCheck[];
  /** Markets and pools whose lines are not what the ledger has of them. */
  readonly mismatched: readonly TaxSubject[];
  /** Article 212 ter, on the house's own income. */
  readonly gaming: { readonly rateBps: number; readonly taxXof: number };
}

export interface RemittanceShown {
  readonly id: string;
  readonly month: TaxMonth;
  readonly amountXof: number;
  readonly reference: string;
  readonly paidOn: string;
  /** SHA-256 of the table that was paid by, in hexadecimal. */
  readonly reportHash: string;
  readonly proposedBy: string;
  readonly isOwn: boolean;
  readonly proposedAt: string;
  readonly decision: 'confirmed' | 'refused' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface TaxMonthLine extends TaxDue {
  readonly commissionXof: number;
  readonly isOver: boolean;
  readonly dueOn: string;
  /** A proposal waits for another person. */
  readonly isProposed: boolean;
}

export interface OfficeTaxViews {
  readonly taxMonths: {
    readonly months: readonly TaxMonthLine[];
    /** What the State owes the house: tax paid for bets that were corrected afterwards. */
    readonly claimXof: number;
    readonly isTest: boolean;
  };
  readonly taxMonth: {
    readonly report: TaxReturn;
    /** Null before it is paid; then whether the same bets still give the same figures. */
    readonly isUnchanged: boolean | null;
    readonly due: TaxDue;
    readonly dueOn: string;
    readonly remittances: readonly RemittanceShown[];
    readonly mayPay: boolean;
    readonly done: TaxDone | null;
    readonly proposeSlip: string;
    readonly confirmSlip: string;
    readonly refuseSlip: string;
  };
  readonly taxSheet: {
    readonly report: TaxReturn;
    readonly reportHash: string;
    readonly due: TaxDue;
    readonly paid: RemittanceShown | null;
  };
}
