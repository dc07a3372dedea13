/** One person of finance says where suspended money, or a break, goes. Nothing moves before another one confirms. */
import { fail, refusal } from '#core/errors.ts';
import { tidyText } from '#core/name.ts';
import type { AllocationChoice } from '#core/reconciliation.ts';
import { type Db, type Tx, violatedConstraint } from '../db.ts';
import { FieldRefusalError } from '../forms.ts';
import type { StaffIdentity } from '../http.ts';
import type { Providers } from '../payments/provider.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { judgeAllocation, payerOf } from './judge-allocation.ts';
import { findItem, findPlayerByPhone, insertAllocation, type SuspenseRow } from './queries.ts';

export interface ProposeAllocation {
  readonly operationId: string;
  readonly itemId: string;
  readonly choice: AllocationChoice;
  /** Of the player who gets it; none: the one of the deposit. */
  readonly phone?: string | undefined;
  /** The provider's id of the movement back, when people made it by hand. */
  readonly transaction?: string | undefined;
  readonly note: string;
}

export function proposeAllocation(
  { db, providers }: { readonly db: Db; readonly providers: Providers },
  staff: StaffIdentity,
  { operationId, itemId, choice, ...asked }: ProposeAllocation,
): Promise<{ readonly allocationId: string }> {
  const phone = asked.phone === undefined ? null : readPhone(asked.phone);
  const note = tidyText(asked.note);
  const transaction = choice === 'by_hand' ? transactionOf(asked.transaction) : null;
  const command = {
    operationId,
    command: 'propose-allocation',
    target: `suspense ${itemId}`,
    input: { choice, hasPhone: phone !== null, transaction, note },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const item = (await findItem(tx, itemId)) ?? fail('not_found');
    const playerId = await playerFor(tx, item, choice, phone);
    await judgeAllocation(tx, { providers }, staff, item, { choice, playerId });
    await insertOnly(tx, {
      id: operationId,
      paymentId: item.kind === 'payment' ? itemId : null,
      breakId: item.kind === 'payment' ? null : itemId,
      choice,
      playerId,
      amountXof: item.amountXof,
      transaction,
      note,
      staffId: staff.staffId,
    });
    return { allocationId: operationId };
  });
}

function transactionOf(typed: string | undefined): string {
  const transaction = typed?.trim() ?? '';
  if (transaction === '') throw new FieldRefusalError('transaction', refusal('field_missing'));
  return transaction;
}

async function playerFor(
  tx: Tx,
  item: SuspenseRow,
  choice: AllocationChoice,
  phone: string | null,
): Promise<string | null> {
  if (choice === 'payer') return payerOf(item);
  if (choice !== 'player') return null;
  if (phone === null) return item.playerId;
  return (await findPlayerByPhone(tx, phone, item.isTest))?.playerId ?? null;
}

/** One proposal for an item waits at a time. */
async function insertOnly(tx: Tx, allocation: Parameters<typeof insertAllocation>[1]): Promise<void> {
  try {
    await tx.attempt(() => insertAllocation(tx, allocation));
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (
      constraint === 'suspense_allocation_payment_waits' ||
      constraint === 'suspense_allocation_break_waits'
    ) {
      fail('allocation_waiting');
    }
    throw error;
  }
}
