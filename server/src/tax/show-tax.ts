/** Months of tax as finance reads them. */
import type { OfficeTaxViews, RemittanceShown, TaxMonthLine } from '#core/api/tax-pages.ts';
import { fail } from '#core/errors.ts';
import { type TaxDue, type TaxMonth, taxDue, taxDueDay } from '#core/tax-return.ts';
import type { Db } from '../db.ts';
import { readReturn } from './read-return.ts';
import {
  findClaim,
  findFrozenReport,
  findMonths,
  findRemittances,
  type RemittanceRow,
} from './remittance-queries.ts';
import { hasSameFigures, writeReturn } from './write-return.ts';

export async function listTaxMonths(db: Db, isTest: boolean): Promise<OfficeTaxViews['taxMonths']> {
  const rows = await findMonths(db, isTest);
  const months = taxDue(rows).map(
    (due, index): TaxMonthLine => ({
      ...due,
      commissionXof: rows[index]?.commissionXof ?? 0,
      isOver: rows[index]?.isOver ?? false,
      isProposed: rows[index]?.isProposed ?? false,
      dueOn: taxDueDay(due.month),
    }),
  );
  return { months: months.reverse(), claimXof: await findClaim(db, isTest), isTest };
}

export interface ShownMonth {
  readonly report: OfficeTaxViews['taxMonth']['report'];
  /** Of the table: of a month that is paid, the one it was paid by. */
  readonly reportHash: string;
  readonly csv: Buffer;
  /** Null before it is paid; then whether the same bets still give the same figures. */
  readonly isUnchanged: boolean | null;
  readonly due: TaxDue;
  readonly dueOn: string;
  readonly remittances: readonly RemittanceShown[];
  /** The payment that closed it. */
  readonly paid: RemittanceShown | null;
}

/** Of play money nothing is ever paid over. */
export async function showTaxMonth(
  db: Db,
  { month, isTest }: { readonly month: TaxMonth; readonly isTest: boolean },
  staffId: string,
): Promise<ShownMonth> {
  const due = taxDue(await findMonths(db, isTest)).find((one) => one.month === month) ?? fail('not_found');
  const report = await readReturn(db, month, isTest);
  const { bytes, hash } = writeReturn(report);
  const frozen = isTest ? null : await findFrozenReport(db, month);
  const remittances = isTest ? [] : (await findRemittances(db, month)).map((row) => shown(row, staffId));
  const paid = remittances.find(({ decision }) => decision === 'confirmed') ?? null;
  return {
    report,
    reportHash: paid?.reportHash ?? hash.toString('hex'),
    csv: frozen ?? bytes,
    isUnchanged: frozen === null ? null : hasSameFigures(frozen, bytes),
    due,
    dueOn: taxDueDay(month),
    remittances,
    paid,
  };
}

function shown({ proposerId, ...row }: RemittanceRow, staffId: string): RemittanceShown {
  return { ...row, isOwn: proposerId === staffId };
}
