/** What the pages of withdrawals look at; what moves them is in `queries.ts`. */
import type { Xof } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

export interface OwnWithdrawalRow {
  readonly id: string;
  readonly playerId: string;
  readonly isTest: boolean;
  readonly phone: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  readonly isAutomatic: boolean;
  readonly isReturn: boolean;
}

export async function findOwnWithdrawal(db: Db, id: string): Promise<OwnWithdrawalRow | null> {
  return first(
    await db.query<OwnWithdrawalRow>(
      `SELECT w.id, w.player_id AS "playerId", p.is_test AS "isTest", w.phone, w.provider,
         w.amount_xof AS "amountXof", w.state, w.reason, w.is_automatic AS "isAutomatic",
         w.returns_payment IS NOT NULL AS "isReturn"
       FROM withdrawal w JOIN player p ON p.id = w.player_id WHERE w.id = $1`,
      [id],
    ),
  );
}

export interface HistoryRow {
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  readonly at: Date;
}

/** Oldest first. */
export async function findHistory(db: Db, id: string): Promise<HistoryRow[]> {
  return db.query<HistoryRow>(
    'SELECT state, reason, at FROM payment_event WHERE withdrawal_id = $1 ORDER BY id LIMIT 200',
    [id],
  );
}

/** Providers whose payouts the house has stopped. */
export async function findStoppedPayouts(db: Db): Promise<ProviderName[]> {
  const rows = await db.query<{ provider: ProviderName }>(
    'SELECT provider FROM provider_state WHERE payouts_stopped_at IS NOT NULL',
  );
  return rows.map(({ provider }) => provider);
}

/** Where his money went last or, before the first time, where it came from. */
export async function findLastProvider(db: Db, playerId: string): Promise<ProviderName | null> {
  const rows = await db.query<{ provider: ProviderName }>(
    `(SELECT provider, 1 AS rank FROM withdrawal WHERE player_id = $1 ORDER BY requested_at DESC LIMIT 1)
     UNION ALL
     (SELECT provider, 2 FROM deposit WHERE player_id = $1 AND state = 'credited' ORDER BY credited_at DESC LIMIT 1)
     ORDER BY rank LIMIT 1`,
    [playerId],
  );
  return first(rows)?.provider ?? null;
}
