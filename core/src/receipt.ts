/**
 * Receipts of bets: what was agreed, as bytes that are signed. The signature itself is the server's: core has no crypto.
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

/** The bytes that are signed, as UTF-8: the format's name, a line feed, the receipt in canonical JSON. */
export function receiptBytes(receipt: Receipt): Uint8Array {
  return new TextEncoder().encode(`${RECEIPT_FORMAT}\n${canonicalJson(receipt)}`);
}
