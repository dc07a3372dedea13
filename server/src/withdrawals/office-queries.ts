import type { Tier } from '#core/ceilings.ts';
import type { Xof } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { type Db, first, one } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

export interface QueueRow {
  readonly withdrawalId: string;
  readonly playerId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly reason: PaymentReason | null;
  readonly pseudonym: string;
  readonly phone: string;
  readonly tier: Tier;
  readonly approvalsRequired: number;
  readonly approvals: number;
  readonly isAutomatic: boolean;
  readonly isTest: boolean;
  readonly requestedAt: Date;
}

const QUEUE = `SELECT w.id AS "withdrawalId", w.player_id AS "playerId", w.provider, w.amount_xof AS "amountXof", w.state,
  w.reason, p.pseudonym, w.phone, p.tier, w.approvals_required AS "approvalsRequired", w.is_automatic AS "isAutomatic",
  p.is_test AS "isTest", w.requested_at AS "requestedAt",
  (SELECT count(*)::int FROM withdrawal_decision d WHERE d.withdrawal_id = w.id AND d.approves) AS approvals
  FROM withdrawal w JOIN player p ON p.id = w.player_id`;

/** The oldest first; ended ones, the newest first. `phone`: only to this number, in E.164. */
export async function findQueue(
  db: Db,
  of: {
    readonly states: readonly WithdrawalState[];
    readonly phone: string | null;
    readonly newestFirst: boolean;
  },
): Promise<QueueRow[]> {
  return db.query<QueueRow>(
    `${QUEUE} WHERE w.state = ANY ($1) AND ($2::text IS NULL OR w.phone = $2)
     ORDER BY w.requested_at ${of.newestFirst ? 'DESC' : ''} LIMIT 200`,
    [of.states, of.phone],
  );
}

export async function findInQueue(db: Db, withdrawalId: string): Promise<QueueRow | null> {
  return first(await db.query<QueueRow>(`${QUEUE} WHERE w.id = $1`, [withdrawalId]));
}

export async function countByState(
  db: Db,
): Promise<{ readonly state: WithdrawalState; readonly count: number }[]> {
  return db.query(
    'SELECT state, count(*)::int AS count FROM withdrawal WHERE ended_at IS NULL GROUP BY state',
  );
}

/** What came from a player and went to him in all, and what he has asked for in the last 24 hours. */
export async function findTotals(
  db: Db,
  playerId: string,
): Promise<{ readonly depositedXof: number; readonly withdrawnXof: number; readonly inDayXof: number }> {
  return one(
    await db.query(
      `SELECT (SELECT coalesce(sum(amount_xof), 0)::bigint FROM incoming_payment
          WHERE player_id = $1 AND state IN ('credited', 'allocated')) AS "depositedXof",
         coalesce(sum(amount_xof) FILTER (WHERE state = 'paid'), 0)::bigint AS "withdrawnXof",
         coalesce(sum(amount_xof) FILTER (WHERE state NOT IN ('refused', 'reversed')
           AND requested_at > clock_timestamp() - interval '24 hours'), 0)::bigint AS "inDayXof"
       FROM withdrawal WHERE player_id = $1 AND returns_payment IS NULL`,
      [playerId],
    ),
  );
}

export interface ProviderStateRow {
  readonly provider: ProviderName;
  readonly depositsStoppedAt: Date | null;
  readonly payoutsStoppedAt: Date | null;
  readonly stoppedBy: string | null;
  readonly stoppedDetail: string | null;
  readonly balanceXof: number | null;
  readonly balanceAt: Date | null;
}

export async function findProviderStates(db: Db): Promise<ProviderStateRow[]> {
  return db.query<ProviderStateRow>(
    `SELECT p.provider, p.deposits_stopped_at AS "depositsStoppedAt", p.payouts_stopped_at AS "payoutsStoppedAt",
       s.name AS "stoppedBy", p.stopped_detail AS "stoppedDetail", p.balance_xof AS "balanceXof", p.balance_at AS "balanceAt"
     FROM provider_state p LEFT JOIN staff s ON s.id = p.stopped_by`,
  );
}

/** What is on its way, by provider. */
export async function findWaitingByProvider(
  db: Db,
): Promise<{ readonly provider: ProviderName; readonly count: number; readonly xof: number }[]> {
  return db.query(
    `SELECT provider, count(*)::int AS count, sum(amount_xof)::bigint AS xof FROM withdrawal
     WHERE ended_at IS NULL GROUP BY provider`,
  );
}
