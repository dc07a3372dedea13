/** One person of finance says that a month's tax was paid to the State. Nothing moves before another one confirms. */
import { fail } from '#core/errors.ts';
import { tidyText } from '#core/name.ts';
import type { TaxMonth } from '#core/tax-return.ts';
import { type Db, type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { judgeMonth } from './judge-month.ts';
import { insertRemittance, isPayDay, lockRemittances, type NewRemittance } from './remittance-queries.ts';

export interface ProposeRemittance {
  readonly operationId: string;
  readonly month: TaxMonth;
  readonly amountXof: number;
  readonly paidOn: string;
  readonly reference: string;
}

export function proposeRemittance(
  { db }: { readonly db: Db },
  staff: StaffIdentity,
  { operationId, month, amountXof, paidOn, ...asked }: ProposeRemittance,
): Promise<{ readonly remittanceId: string }> {
  const reference = tidyText(asked.reference);
  const command = {
    operationId,
    command: 'propose-remittance',
    target: `tax ${month}`,
    input: { amountXof, paidOn, reference },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockRemittances(tx);
    const { dueXof, written } = await judgeMonth(tx, month);
    if (amountXof !== dueXof) fail('tax_amount_differs', { dueXof });
    if (!(await isPayDay(tx, month, paidOn))) fail('tax_paid_on_invalid');
    await insertOnly(tx, {
      id: operationId,
      month,
      amountXof,
      reference,
      paidOn,
      report: written.bytes,
      reportHash: written.hash,
      staffId: staff.staffId,
    });
    return { remittanceId: operationId };
  });
}

/** One proposal for a month waits at a time. */
async function insertOnly(tx: Tx, remittance: NewRemittance): Promise<void> {
  try {
    await tx.attempt(() => insertRemittance(tx, remittance));
  } catch (error) {
    if (violatedConstraint(error) === 'tax_remittance_month_once') fail('tax_remittance_waiting');
    throw error;
  }
}
