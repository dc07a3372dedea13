import type { PaymentReason } from '#core/payment-reasons.ts';
import type { AllocationChoice, BreakKind } from '#core/reconciliation.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

/** Money that is nobody's yet: a payment in review, or an open break. */
export interface SuspenseRow {
  readonly id: string;
  readonly kind: 'payment' | BreakKind;
  readonly provider: ProviderName;
  readonly isTest: boolean;
  /** A break's has a sign: by how much the provider has more than we. */
  readonly amountXof: number;
  readonly oursXof: number | null;
  readonly theirsXof: number | null;
  readonly reason: PaymentReason | null;
  readonly transaction: string | null;
  readonly rawKind: string | null;
  readonly depositId: string | null;
  readonly withdrawalId: string | null;
  readonly payerPhone: string | null;
  /** Whose deposit or withdrawal it is, as far as we know. */
  readonly playerId: string | null;
  readonly playerName: string | null;
  /** Who has the number that paid. */
  readonly payerId: string | null;
  readonly payerName: string | null;
  readonly since: Date;
  readonly isOpen: boolean;
  /** The provider is asked to give it back, and has not said yet. */
  readonly isRefunding: boolean;
}

const ITEM = `SELECT i.*, y.pseudonym AS "playerName", x.id AS "payerId", x.pseudonym AS "payerName" FROM (
    SELECT p.id, 'payment' AS kind, p.provider, p.is_test AS "isTest", p.amount_xof AS "amountXof",
      d.amount_xof AS "oursXof", p.amount_xof AS "theirsXof", p.reason, p.transaction, NULL::text AS "rawKind",
      p.deposit_id AS "depositId", NULL::uuid AS "withdrawalId", p.payer_phone AS "payerPhone",
      p.player_id AS "playerId", p.recorded_at AS since, p.state = 'review' AS "isOpen",
      EXISTS (SELECT FROM payment_refund r WHERE r.payment_id = p.id AND r.state = 'asked') AS "isRefunding"
    FROM incoming_payment p LEFT JOIN deposit d ON d.id = p.deposit_id
    UNION ALL
    SELECT b.id, b.kind, b.provider, b.is_test, b.amount_xof, b.ours_xof, b.theirs_xof, NULL,
      coalesce(l.transaction, p.transaction, w.provider_transaction, f.transaction), l.raw_kind, p.deposit_id, b.withdrawal_id,
      l.counterparty_phone, coalesce(w.player_id, p.player_id), b.opened_at, b.state = 'open', false
    FROM statement_break b LEFT JOIN statement_line l ON l.id = b.line_id
      LEFT JOIN incoming_payment p ON p.id = b.payment_id LEFT JOIN withdrawal w ON w.id = b.withdrawal_id
      LEFT JOIN payment_refund f ON f.id = b.refund_id
    -- A payment nobody had announced is in the queue as itself.
    WHERE NOT (b.kind = 'extra' AND b.payment_id IS NOT NULL)
  ) i LEFT JOIN player y ON y.id = i."playerId"
    LEFT JOIN player x ON x.phone = i."payerPhone" AND x.is_test = i."isTest"`;

/** The oldest first. */
export async function findOpenItems(db: Db): Promise<SuspenseRow[]> {
  return db.query<SuspenseRow>(`${ITEM} WHERE i."isOpen" ORDER BY i.since, i.id LIMIT 500`);
}

export async function findItem(db: Db | Tx, id: string): Promise<SuspenseRow | null> {
  return first(await db.query<SuspenseRow>(`${ITEM} WHERE i.id = $1`, [id]));
}

export async function lockPayment(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT FROM incoming_payment WHERE id = $1 FOR NO KEY UPDATE', [id]);
}

export interface PlayerFound {
  readonly playerId: string;
  readonly accountId: number;
  readonly pseudonym: string;
}

export async function findPlayerByPhone(tx: Tx, phone: string, isTest: boolean): Promise<PlayerFound | null> {
  const rows = await tx.query<PlayerFound>(
    `SELECT id AS "playerId", available_account_id AS "accountId", pseudonym FROM player
     WHERE phone = $1 AND is_test = $2`,
    [phone, isTest],
  );
  return first(rows);
}

export async function findPlayer(tx: Tx, playerId: string): Promise<PlayerFound | null> {
  const rows = await tx.query<PlayerFound>(
    'SELECT id AS "playerId", available_account_id AS "accountId", pseudonym FROM player WHERE id = $1',
    [playerId],
  );
  return first(rows);
}

/** Is this the number of this member of staff? */
export async function isStaffPhone(tx: Tx, staffId: string, phone: string): Promise<boolean> {
  const rows = await tx.query('SELECT FROM staff WHERE id = $1 AND phone = $2', [staffId, phone]);
  return rows.length > 0;
}

export interface AllocationRow {
  readonly id: string;
  readonly itemId: string;
  readonly provider: ProviderName;
  readonly choice: AllocationChoice;
  readonly playerId: string | null;
  readonly playerName: string | null;
  readonly amountXof: number;
  readonly note: string;
  /** Of the way back, made by hand. */
  readonly transaction: string | null;
  /** What became of the way back; null: there is none. */
  readonly refundState: 'asked' | 'refunded' | 'refused' | null;
  readonly refundReason: PaymentReason | null;
  readonly proposerId: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decision: 'confirmed' | 'refused' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

const ALLOCATION = `SELECT a.id, coalesce(a.payment_id, a.break_id) AS "itemId",
  coalesce(p.provider, b.provider) AS provider, a.choice, a.player_id AS "playerId",
  y.pseudonym AS "playerName", a.amount_xof AS "amountXof", a.note, a.transaction,
  f.state AS "refundState", f.reason AS "refundReason", a.proposed_by AS "proposerId", s.name AS "proposedBy",
  a.proposed_at AS "proposedAt", a.decision, t.name AS "decidedBy", a.decided_at AS "decidedAt"
  FROM suspense_allocation a LEFT JOIN payment_refund f ON f.id = a.id JOIN staff s ON s.id = a.proposed_by LEFT JOIN staff t ON t.id = a.decided_by
  LEFT JOIN player y ON y.id = a.player_id LEFT JOIN incoming_payment p ON p.id = a.payment_id
  LEFT JOIN statement_break b ON b.id = a.break_id`;

export async function insertAllocation(
  tx: Tx,
  of: Pick<AllocationRow, 'id' | 'choice' | 'playerId' | 'amountXof' | 'note' | 'transaction'> & {
    readonly paymentId: string | null;
    readonly breakId: string | null;
    readonly staffId: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO suspense_allocation (id, payment_id, break_id, choice, player_id, amount_xof, note, proposed_by,
       transaction)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      of.id,
      of.paymentId,
      of.breakId,
      of.choice,
      of.playerId,
      of.amountXof,
      of.note,
      of.staffId,
      of.transaction,
    ],
  );
}

export async function findAllocation(db: Db | Tx, id: string): Promise<AllocationRow | null> {
  return first(await db.query<AllocationRow>(`${ALLOCATION} WHERE a.id = $1`, [id]));
}

/** Of one item, newest first. */
export async function findAllocationsOf(db: Db, itemId: string): Promise<AllocationRow[]> {
  return db.query<AllocationRow>(
    `${ALLOCATION} WHERE a.payment_id = $1 OR a.break_id = $1 ORDER BY a.proposed_at DESC LIMIT 50`,
    [itemId],
  );
}

export async function findWaitingAllocations(db: Db): Promise<AllocationRow[]> {
  return db.query<AllocationRow>(`${ALLOCATION} WHERE a.decision IS NULL ORDER BY a.proposed_at LIMIT 500`);
}

/** The last that were decided. */
export async function findDecidedAllocations(db: Db): Promise<AllocationRow[]> {
  return db.query<AllocationRow>(
    `${ALLOCATION} WHERE a.decision IS NOT NULL ORDER BY a.decided_at DESC LIMIT 50`,
  );
}

export async function recordDecision(
  tx: Tx,
  id: string,
  decided: { readonly decision: 'confirmed' | 'refused'; readonly staffId: string },
): Promise<void> {
  await tx.query(
    `UPDATE suspense_allocation SET decision = $2, decided_by = $3, decided_at = clock_timestamp() WHERE id = $1`,
    [id, decided.decision, decided.staffId],
  );
}

/** The payment is out of review. Without a player it keeps the one it has. */
export async function recordPaymentEnd(
  tx: Tx,
  id: string,
  end: {
    readonly state: 'allocated' | 'settled' | 'returned' | 'refunded';
    readonly playerId: string | null;
  },
): Promise<void> {
  await tx.query(
    `UPDATE incoming_payment SET state = $2, player_id = coalesce($3, player_id) WHERE id = $1`,
    [id, end.state, end.playerId],
  );
}
