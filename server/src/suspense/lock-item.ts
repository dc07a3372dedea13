import { fail } from '#core/errors.ts';
import type { Tx } from '../db.ts';
import { lockForReview } from '../deposits/end-review.ts';
import { lockOpenBreak } from '../reconciliation/settle-break.ts';
import { findItem, lockPayment, type SuspenseRow } from './queries.ts';

/** One decision of an item at a time. */
export async function lockItem(tx: Tx, itemId: string): Promise<SuspenseRow> {
  const item = (await findItem(tx, itemId)) ?? fail('not_found');
  if (item.kind === 'payment' && item.depositId !== null) await lockForReview(tx, item.depositId);
  if (item.kind === 'payment') await lockPayment(tx, itemId);
  else await lockOpenBreak(tx, itemId);
  return (await findItem(tx, itemId)) ?? fail('not_found');
}
