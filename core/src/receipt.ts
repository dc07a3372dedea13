/**
 * Receipts of bets, duels and tickets: what was agreed, as bytes that are signed. The signature itself is the server's: core has no crypto.
 */
import type { Side } from './market.ts';
import type { Xof } from './money.ts';
import type { Question } from './question.ts';
import { canonicalJson } from './rule-card.ts';

export interface Receipt {
  readonly format: typeof RECEIPT_FORMAT;
  readonly betId: string;
  readonly marketId: number;
  /** The two wrestlers. */
  readonly boutName: string;
  readonly question: Question;
  /** What each side of the question is called, in French. */
  readonly sides: Readonly<Record<Side, string>>;
  /** The side of the one whom this receipt is for. */
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly opponentStakeXof: Xof;
  /** In hand if his side wins. */
  readonly netXof: Xof;
  /** ISO 8601, UTC, to the millisecond. */
  readonly madeAt: string;
  /** What both agreed to: its version, and the SHA-256 of its canonical JSON in hex. */
  readonly ruleCard: { readonly version: number; readonly hash: string };
  /** The chain of published roots as it stood when the bet was made. Number 0: no root was published yet. */
  readonly chain: { readonly number: number; readonly value: string };
  /** The key that signs. */
  readonly keyId: string;
}

export const RECEIPT_FORMAT = 'mbayar-receipt-1';

/** Of a ticket of a pool. What it may bring follows from all tickets, so no net is promised. */
export interface TicketReceipt
  extends Pick<Receipt, 'betId' | 'stakeXof' | 'madeAt' | 'ruleCard' | 'chain' | 'keyId'> {
  readonly format: typeof TICKET_RECEIPT_FORMAT;
  readonly poolId: number;
  readonly poolName: string;
  /** "A-over-fall": one pick a leg, in the order of the rule card's legs. */
  readonly picks: string;
  /** The same in words, in French. */
  readonly picksText: string;
}

export const TICKET_RECEIPT_FORMAT = 'mbayar-ticket-receipt-1';

/** The bytes that are signed, as UTF-8: the format's name, a line feed, the receipt in canonical JSON. */
export function receiptBytes(receipt: Receipt | TicketReceipt): Uint8Array {
  return new TextEncoder().encode(`${receipt.format}\n${canonicalJson(receipt)}`);
}
