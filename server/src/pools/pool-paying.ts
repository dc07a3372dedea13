/** A pool's settlement on its way: what was written down when it began, the first and every correction alike. */
import { type Xof, xof } from '#core/money.ts';
import { endingWritten, type PoolEnding, type PoolRates, type RefundReason } from '#core/pool.ts';
import { first, type Tx } from '../db.ts';
import type { PlannedTicket, PoolPlan } from './plan-pool.ts';

export interface PoolPaying {
  readonly id: string;
  readonly version: number;
  readonly outcomes: string[];
  readonly paidSeq: number;
  readonly grossXof: number;
  readonly isTest: boolean;
  readonly escrow: number;
  readonly rates: PoolRates;
  readonly lateAfter: string | null;
  readonly lateXof: number;
  readonly stakesXof: Xof;
  readonly rightXof: Xof;
  readonly refundReason: RefundReason | null;
}

/** The plan as it was written down when the settlement began: a chunk adds nothing up again. */
export function planOf(paying: PoolPaying): PoolPlan {
  const { outcomes, rates, lateAfter, lateXof } = paying;
  return { outcomes, rates, ending: endingWritten(paying, rates), lateAfter, lateXof };
}

/** The settlement of a pool that is not done, the oldest. */
export async function findPoolPaying(tx: Tx, poolId: number): Promise<PoolPaying | null> {
  return first(
    await tx.query<PoolPaying>(
      `SELECT s.id, s.version, s.outcomes, s.paid_seq AS "paidSeq", s.gross_xof AS "grossXof", p.is_test AS "isTest",
         p.escrow_account_id AS escrow, p.rule_card -> 'rates' AS rates, s.late_after::text AS "lateAfter",
         s.late_xof AS "lateXof", s.stakes_xof AS "stakesXof", s.right_xof AS "rightXof",
         s.refund_reason AS "refundReason"
       FROM pool_settlement s JOIN pool p ON p.id = s.pool_id WHERE s.pool_id = $1 AND s.state = 'paying'
       ORDER BY s.version LIMIT 1`,
      [poolId],
    ),
  );
}

/** Of a pool that is refunded nothing is taken, and nothing is shared. */
export function partsOf(ending: PoolEnding) {
  return ending.kind === 'shared'
    ? ending
    : { takeOutXof: xof(0), netPoolXof: ending.stakesXof, rightXof: xof(0) };
}

/** What the floors have left of the net pool. */
export function remainderOf({ ending }: PoolPlan, grossXof: number): number {
  return ending.kind === 'shared' ? ending.netPoolXof - grossXof : 0;
}

/** Writes down how a settlement goes, before its first ticket. */
export async function insertPoolSettlement(
  tx: Tx,
  of: { readonly id: string; readonly poolId: number; readonly version: number },
  { outcomes, ending, lateAfter, lateXof }: PoolPlan,
): Promise<void> {
  const { takeOutXof, netPoolXof, rightXof } = partsOf(ending);
  await tx.query(
    `INSERT INTO pool_settlement (id, pool_id, version, outcomes, late_after, late_xof, stakes_xof, right_xof,
       refund_reason, take_out_xof, net_pool_xof, ticket_count)
     SELECT $1, $2, $3, $4, $5::timestamptz, $6, $7, $8, $9, $10, $11, p.last_seq FROM pool p WHERE p.id = $2`,
    [
      of.id,
      of.poolId,
      of.version,
      outcomes,
      lateAfter,
      lateXof,
      ending.stakesXof,
      rightXof,
      ending.kind === 'refunded' ? ending.reason : null,
      takeOutXof,
      netPoolXof,
    ],
  );
}

/** Writes what each ticket of a chunk brings by this settlement, in the place of an earlier one if there was. */
export async function writeTicketPayments(
  tx: Tx,
  settlementId: string,
  tickets: readonly PlannedTicket[],
): Promise<void> {
  const updated = await tx.query(
    `UPDATE pool_ticket t SET settlement_id = $1, outcome = p.outcome, gross_xof = p.gross, tax_xof = p.tax,
       payout_xof = p.payout
     FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[]) AS p (id, outcome, gross, tax, payout)
     WHERE t.id = p.id AND t.settlement_id IS DISTINCT FROM $1 RETURNING 1`,
    [
      settlementId,
      tickets.map(({ ticketId }) => ticketId),
      tickets.map(({ payment }) => payment.outcome),
      tickets.map(({ payment }) => payment.grossXof),
      tickets.map(({ payment }) => payment.taxXof),
      tickets.map(({ payment }) => payment.payoutXof),
    ],
  );
  if (updated.length !== tickets.length) throw new Error('a ticket of the chunk was paid by someone else');
}
