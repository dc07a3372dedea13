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
  readonly approvalsRequired: number;
  readonly approvals: number;
  /** What he had asked for in the 24 hours that end with this one. */
  readonly inDayXof: Xof;
}

export async function findOwnWithdrawal(db: Db, id: string): Promise<OwnWithdrawalRow | null> {
  return first(
    await db.query<OwnWithdrawalRow>(
      `SELECT w.id, w.player_id AS "playerId", p.is_test AS "isTest", w.phone, w.provider,
         w.amount_xof AS "amountXof", w.state, w.reason, w.is_automatic AS "isAutomatic",
         w.returns_payment IS NOT NULL AS "isReturn", w.approvals_required AS "approvalsRequired",
         (SELECT count(*)::int FROM withdrawal_decision d WHERE d.withdrawal_id = w.id AND d.approves) AS approvals,
         (SELECT coalesce(sum(o.amount_xof), 0)::bigint FROM withdrawal o WHERE o.player_id = w.player_id
           AND o.returns_payment IS NULL AND o.state NOT IN ('refused', 'reversed')
           AND o.requested_at BETWEEN w.requested_at - interval '24 hours' AND w.requested_at) AS "inDayXof"
       FROM withdrawal w JOIN player p ON p.id = w.player_id WHERE w.id = $1`,
      [id],
    ),
  );
}

/** Providers whose payouts the house has stopped. */
export async function findStoppedPayouts(db: Db): Promise<ProviderName[]> {
  const rows = await db.query<{ provider: ProviderName }>(
    'SELECT provider FROM provider_state WHERE payouts_stopped_at IS NOT NULL',
  );
  return rows.map(({ provider }) => provider);
}
