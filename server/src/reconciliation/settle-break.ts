/** How breaks end when two people have said where they go: for the room that they are in. */
import type { Tx } from '../db.ts';
import { type BreakRow, lockBreak, recordAllocated, recordPaymentAllocated } from './break-queries.ts';

export type { BreakRow } from './break-queries.ts';

export function lockOpenBreak(tx: Tx, breakId: string): Promise<BreakRow | null> {
  return lockBreak(tx, breakId);
}

/** `bookedXof`: what the clearing account has just moved by for it. */
export function settleBreak(tx: Tx, breakId: string, bookedXof: number): Promise<void> {
  return recordAllocated(tx, breakId, bookedXof);
}

/** The break that told of a payment nobody had announced ends with it. */
export function settleBreakOfPayment(tx: Tx, paymentId: string): Promise<void> {
  return recordPaymentAllocated(tx, paymentId);
}
