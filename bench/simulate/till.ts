/**
 * A provider seen from its own counter: who paid what, who was paid, and how it may go wrong. What is asked here is asked
 * of the simulator's books, never of our code.
 */
import type { Random } from './random.ts';

/** Money that a payer really gave. */
export interface TillPayment {
  readonly transaction: string;
  /** The deposit whose session or code was paid, by the page it leads back to; null: none of ours. */
  readonly depositId: string | null;
  /** Gross: before what the provider keeps. */
  readonly amountXof: number;
  /** E.164. */
  readonly payer: string;
}

/** Money that really went out. */
export interface TillPayout {
  readonly reference: string;
  readonly amountXof: number;
  /** E.164. */
  readonly phone: string;
}

export interface Till {
  readonly name: string;
  /** Each session or code made for a deposit, oldest first. */
  sessionsOf(depositId: string): readonly string[];
  /** True when money moved. `isLate`: it had begun before the session's end, and arrives after it. */
  pay(session: string, how: { readonly phone: string; readonly amountXof?: number }): boolean;
  refuse(session: string, phone: string, random: Random): void;
  /** Somebody pays without being asked; false: this provider has no such thing. */
  payUnasked(phone: string, amountXof: number): boolean;
  /** Some calls, callbacks and payouts go wrong from now on. Says how. */
  misbehave(random: Random, seed: number): string;
  behave(): void;
  emptyFloat(): void;
  fillFloat(): void;
  /** What was being worked on is decided. */
  settlePayouts(random: Random): void;
  deliverCallbacks(): Promise<void>;
  callbacksWaiting(): number;
  /** A callback that is not the provider's: how, and what we answered. */
  forge(random: Random): Promise<{ readonly how: string; readonly status: number }>;
  /** Since the last mark. */
  payments(): readonly TillPayment[];
  payouts(): readonly TillPayout[];
  mark(): void;
  /** What it has of ours, by account, after what it kept. The floats that no line tells of are left out. */
  balances(): Readonly<Record<string, number>>;
}

/** The deposit that a payment page leads back to. */
export function depositOf(backUrl: string | null): string | null {
  return /\/depots\/([0-9a-f-]{36})$/.exec(backUrl ?? '')?.[1] ?? null;
}

/** Posts what somebody made up. */
export async function postForged(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
