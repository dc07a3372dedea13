/** Whether a month can be paid to the State now, and by how much: asked when it is proposed and again when confirmed. */
import { fail } from '#core/errors.ts';
import { type TaxMonth, taxDue } from '#core/tax-return.ts';
import type { Tx } from '../db.ts';
import { readReturnIn } from './read-return.ts';
import { findMonths } from './remittance-queries.ts';
import { type WrittenReturn, writeReturn } from './write-return.ts';

export interface PayableMonth {
  readonly dueXof: number;
  readonly written: WrittenReturn;
}

/**
 * Refuses a month that goes on, owes nothing, was paid, comes before its turn, or whose return is not what the ledger
 * has. Asked under the lock of the remittances.
 */
export async function judgeMonth(tx: Tx, month: TaxMonth): Promise<PayableMonth> {
  const months = await findMonths(tx);
  const known = months.find((one) => one.month === month) ?? fail('not_found');
  if (known.isRemitted) fail('tax_month_remitted');
  if (!known.isOver) fail('tax_month_not_over');
  const due = taxDue(months);
  const own = due.find((one) => one.month === month) ?? fail('not_found');
  if (own.dueXof === 0) fail('tax_nothing_due');
  const earlier = due.find((one) => one.month < month && !one.isRemitted && one.dueXof > 0);
  if (earlier !== undefined) fail('tax_month_out_of_order', { month: inDigits(earlier.month) });
  const report = await readReturnIn(tx, month);
  if (report.mismatched.length > 0 || report.checks.some(({ gapXof }) => gapXof !== 0))
    fail('tax_return_gap');
  return { dueXof: own.dueXof, written: writeReturn(report) };
}

/** "2026-10" as people write it: "10/2026". */
function inDigits(month: TaxMonth): string {
  return month.split('-').reverse().join('/');
}
