import type { Tier, WindowUse } from '#core/ceilings.ts';
import type { PlayerTransferKind } from '#core/ledger.ts';
import { type Xof, ZERO_XOF } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';
import { type StatementBounds, type StatementKind, transfersOf } from '#core/statement.ts';
import { type Db, one, type Tx } from '../db.ts';

export interface WalletRow {
  readonly availableXof: Xof;
  readonly openXof: Xof;
  readonly engagedXof: Xof;
  readonly withdrawingXof: Xof;
}

/** What a player has, in one look. */
export async function findWallet(
  db: Db,
  player: { readonly playerId: string; readonly accountId: number },
): Promise<WalletRow> {
  return one(
    await db.query<WalletRow>(
      `SELECT
         (SELECT amount_xof FROM ledger.balance WHERE account_id = $2) AS "availableXof",
         (SELECT coalesce(sum(open_xof), 0)::bigint FROM offer WHERE player_id = $1 AND is_open) AS "openXof",
         (SELECT coalesce(sum(stake_a_xof), 0)::bigint FROM duel WHERE player_a_id = $1 AND settlement_id IS NULL)
           + (SELECT coalesce(sum(stake_b_xof), 0)::bigint FROM duel WHERE player_b_id = $1 AND settlement_id IS NULL)
           AS "engagedXof",
         (SELECT coalesce(sum(amount_xof), 0)::bigint FROM withdrawal WHERE player_id = $1 AND ended_at IS NULL)
           AS "withdrawingXof"`,
      [player.playerId, player.accountId],
    ),
  );
}

export interface OpenWithdrawalRow {
  readonly operationId: string;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly requestedAt: Date;
}

/** Neither paid nor refused yet, newest first. */
export async function findOpenWithdrawals(db: Db, playerId: string): Promise<OpenWithdrawalRow[]> {
  return db.query<OpenWithdrawalRow>(
    `SELECT id AS "operationId", amount_xof AS "amountXof", state, requested_at AS "requestedAt"
     FROM withdrawal WHERE player_id = $1 AND ended_at IS NULL ORDER BY requested_at DESC, id LIMIT 50`,
    [playerId],
  );
}

export interface AutomaticPayoutRow {
  readonly isOn: boolean;
  /** The code of why his last winnings did not go out; null: they did, or that is a week ago. */
  readonly refusal: string | null;
  readonly refusedAt: Date | null;
}

export async function findAutomaticPayout(db: Db, playerId: string): Promise<AutomaticPayoutRow> {
  return one(
    await db.query<AutomaticPayoutRow>(
      `SELECT p.pays_out_to IS NOT NULL AS "isOn", last.refusal, last.made_at AS "refusedAt"
       FROM player p LEFT JOIN LATERAL (
         SELECT refusal, made_at FROM automatic_payout
         WHERE player_id = p.id AND made_at > clock_timestamp() - interval '7 days'
         ORDER BY made_at DESC LIMIT 1
       ) last ON last.refusal IS NOT NULL
       WHERE p.id = $1`,
      [playerId],
    ),
  );
}

/** What we know of him. */
export async function findTier(db: Db | Tx, playerId: string): Promise<Tier> {
  return one(await db.query<{ tier: Tier }>('SELECT tier FROM player WHERE id = $1', [playerId])).tier;
}

/** A deposit that its provider still lets him pay, as far as it said; `play_used` judges his own limits in the same way. */
const MAY_BE_PAID = `(state = 'requested' AND coalesce(expires_at > clock_timestamp(), true))`;

/** What counts against the ceiling of his balance: what is available, what a tap brings back, what is on its way. */
export async function findHeld(
  db: Db | Tx,
  player: { readonly playerId: string; readonly accountId: number },
): Promise<Xof> {
  const rows = await db.query<{ heldXof: Xof }>(
    `SELECT (SELECT amount_xof FROM ledger.balance WHERE account_id = $2)
       + (SELECT coalesce(sum(open_xof), 0)::bigint FROM offer WHERE player_id = $1 AND is_open)
       + (SELECT coalesce(sum(amount_xof), 0)::bigint FROM deposit
          WHERE player_id = $1 AND (state = 'review' OR ${MAY_BE_PAID})
            AND requested_at > clock_timestamp() - interval '24 hours') AS "heldXof"`,
    [player.playerId, player.accountId],
  );
  return one(rows).heldXof;
}

/** Deposits of the last 24 hours that came or may still be paid. */
export async function findDepositsUse(db: Db | Tx, playerId: string): Promise<WindowUse> {
  return one(
    await db.query<WindowUse>(
      `SELECT coalesce(sum(amount_xof), 0)::bigint AS "usedXof",
         min(coalesce(credited_at, requested_at)) + interval '24 hours' AS "freesAt"
       FROM deposit WHERE player_id = $1 AND (state IN ('credited', 'review') OR ${MAY_BE_PAID})
         AND coalesce(credited_at, requested_at) > clock_timestamp() - interval '24 hours'`,
      [playerId],
    ),
  );
}

/** Withdrawals asked for in the last 24 hours that went out or may still. */
export async function findWithdrawalsUse(db: Db | Tx, playerId: string): Promise<WindowUse> {
  return one(
    await db.query<WindowUse>(
      `SELECT coalesce(sum(amount_xof), 0)::bigint AS "usedXof",
         min(requested_at) + interval '24 hours' AS "freesAt"
       FROM withdrawal WHERE player_id = $1 AND state NOT IN ('refused', 'reversed') AND returns_payment IS NULL
         AND requested_at > clock_timestamp() - interval '24 hours'`,
      [playerId],
    ),
  );
}

export interface MovementRow {
  readonly transferId: string;
  readonly kind: PlayerTransferKind;
  /** A duel whose stakes both went back. */
  readonly isVoid: boolean;
  readonly amountXof: number;
  readonly balanceAfterXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
  /** The market it belongs to, if it does. */
  readonly marketId: number | null;
  readonly at: Date;
  /** The instant to the microsecond, for the next page. */
  readonly exactAt: string;
  /** Is there anything older than this page? */
  readonly hasMore: boolean;
}

/** Which movements of an account: of this kind, in this period, before this instant; null: any. */
export interface MovementFilter extends StatementBounds {
  readonly kind: StatementKind | null;
  readonly before: string | null;
}

/** What moved on the account $1, a row a posting. */
const OWN = `own AS NOT MATERIALIZED (
  SELECT transfer_id, recorded_at, amount_xof AS delta FROM ledger.posting WHERE credit_account_id = $1
  UNION ALL
  SELECT transfer_id, recorded_at, -amount_xof FROM ledger.posting WHERE debit_account_id = $1
)`;

/** What a settled duel or ticket `t` kept from its winner, and whether it gave both players their stakes back. */
const KEPT = `LEFT JOIN LATERAL (
  SELECT coalesce(sum(p.amount_xof) FILTER (WHERE a.kind = 'commission'), 0)::bigint AS commission_xof,
    coalesce(sum(p.amount_xof) FILTER (WHERE a.kind = 'tax_payable'), 0)::bigint AS tax_xof,
    coalesce(bool_or(a.kind IN ('player_available', 'player_bonus') AND a.id <> $1), false) AS is_void
  FROM ledger.posting p JOIN ledger.account a ON a.id = p.credit_account_id WHERE p.transfer_id = t.id
) kept ON t.kind IN ('duel_settled', 'ticket_settled')`;

/**
 * The movements of an account that the filter lets through, newest first, with the balance of the whole account after
 * each: what the filter hides counts as well.
 *
 * A page never cuts an instant: one batch may book several movements of one player at the same microsecond, and they
 * have no order of their own. They are shown money in before money out, so that no balance in between is negative.
 * A page has the movements of `limit` postings (an offer with dust has two), and those of the instant of the last one.
 */
export async function findMovements(
  db: Db | Tx,
  accountId: number,
  { kind, since, until, before }: MovementFilter,
  limit: number,
): Promise<MovementRow[]> {
  const { kinds, isVoid } = transfersOf(kind);
  const isWanted = `recorded_at >= coalesce($4::timestamptz, '-infinity')
    AND ($5::text[] IS NULL OR t.kind = ANY ($5) AND ($6::boolean IS NULL OR coalesce(kept.is_void, $6) = $6))`;
  const rows = await db.query<MovementRow>(
    `WITH bound AS (SELECT least(coalesce($2::timestamptz, 'infinity'), coalesce($7::timestamptz, 'infinity')) AS at),
     ${OWN}, page AS (
       SELECT o.transfer_id, o.recorded_at FROM own o JOIN ledger.transfer t ON t.id = o.transfer_id ${KEPT}
       WHERE o.recorded_at < (SELECT at FROM bound) AND o.${isWanted}
       ORDER BY o.recorded_at DESC FETCH FIRST $3 ROWS WITH TIES
     ), oldest AS (SELECT min(recorded_at) AS at FROM page),
     span AS (
       SELECT transfer_id, recorded_at, sum(delta)::bigint AS delta FROM own
       WHERE recorded_at >= (SELECT at FROM oldest) AND recorded_at < (SELECT at FROM bound)
       GROUP BY transfer_id, recorded_at
     ), counted AS (
       SELECT *, row_number() OVER w AS place,
         coalesce(sum(delta) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS later
       FROM span WINDOW w AS (ORDER BY recorded_at DESC, sign(delta), transfer_id DESC)
     ), newer AS (
       SELECT coalesce(sum(delta), 0) AS delta FROM own WHERE recorded_at >= (SELECT at FROM bound)
     )
     SELECT c.transfer_id AS "transferId", t.kind, coalesce(kept.is_void, false) AS "isVoid",
       c.delta AS "amountXof", (b.amount_xof - newer.delta - c.later)::bigint AS "balanceAfterXof",
       coalesce(kept.commission_xof, 0) AS "commissionXof", coalesce(kept.tax_xof, 0) AS "taxXof",
       (SELECT a.subject::int FROM ledger.posting p
        JOIN ledger.account a ON a.id IN (p.debit_account_id, p.credit_account_id) AND a.kind = 'market_escrow'
        WHERE p.transfer_id = c.transfer_id LIMIT 1) AS "marketId",
       c.recorded_at AS at, to_char(c.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactAt",
       EXISTS (SELECT FROM own o JOIN ledger.transfer t ON t.id = o.transfer_id ${KEPT}
               WHERE o.recorded_at < (SELECT at FROM oldest) AND o.${isWanted}) AS "hasMore"
     FROM counted c JOIN ledger.transfer t ON t.id = c.transfer_id ${KEPT}
     CROSS JOIN newer
     JOIN ledger.balance b ON b.account_id = $1
     WHERE c.transfer_id IN (SELECT transfer_id FROM page)
     ORDER BY c.place`,
    [accountId, before, limit, since, kinds, isVoid, until],
  );
  // A winner's share was kept from him; a void keeps nothing.
  return rows.map((row) => (row.isVoid ? { ...row, commissionXof: ZERO_XOF, taxXof: ZERO_XOF } : row));
}

export interface SumRow {
  readonly year: number;
  readonly kind: PlayerTransferKind;
  readonly isVoid: boolean;
  readonly count: number;
  readonly amountXof: number;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
}

/** What moved in a period, summed by year and kind. */
export async function sumMovements(
  db: Db | Tx,
  accountId: number,
  { since, until }: StatementBounds,
): Promise<SumRow[]> {
  return db.query<SumRow>(
    `WITH ${OWN}, movement AS (
       SELECT transfer_id, recorded_at, sum(delta)::bigint AS delta FROM own
       WHERE recorded_at >= coalesce($2::timestamptz, '-infinity')
         AND recorded_at < coalesce($3::timestamptz, 'infinity')
       GROUP BY transfer_id, recorded_at
     )
     SELECT extract(year FROM m.recorded_at)::int AS year, t.kind, coalesce(kept.is_void, false) AS "isVoid",
       count(*)::int AS count, sum(m.delta)::bigint AS "amountXof",
       coalesce(sum(kept.commission_xof), 0)::bigint AS "commissionXof",
       coalesce(sum(kept.tax_xof), 0)::bigint AS "taxXof"
     FROM movement m JOIN ledger.transfer t ON t.id = m.transfer_id ${KEPT}
     GROUP BY 1, 2, 3`,
    [accountId, since, until],
  );
}

/** The balance of an account when a period began and when it ended. */
export async function findBalancesAt(
  db: Db | Tx,
  accountId: number,
  { since, until }: StatementBounds,
): Promise<{ openingXof: Xof; closingXof: Xof }> {
  return one(
    await db.query<{ openingXof: Xof; closingXof: Xof }>(
      `WITH ${OWN}, later AS (
         SELECT coalesce(sum(delta) FILTER (WHERE recorded_at >= coalesce($3::timestamptz, 'infinity')), 0) AS after_end,
           coalesce(sum(delta), 0) AS after_start
         FROM own WHERE recorded_at >= coalesce($2::timestamptz, '-infinity')
           OR recorded_at >= coalesce($3::timestamptz, 'infinity')
       )
       SELECT (b.amount_xof - later.after_start)::bigint AS "openingXof",
         (b.amount_xof - later.after_end)::bigint AS "closingXof"
       FROM ledger.balance b, later WHERE b.account_id = $1`,
      [accountId, since, until],
    ),
  );
}

export interface StatementBoutRow {
  readonly marketId: number;
  readonly boutId: number;
  readonly boutName: string;
  /** His offers there. */
  readonly offerIds: readonly string[];
  /** His duels there, each with what took it and the version of the settlement that paid it. */
  readonly duels: readonly {
    readonly duelId: string;
    readonly takerOperationId: string;
    readonly version: number | null;
  }[];
}

/** The bouts of some markets, with what one player has there. */
export async function findStatementBouts(
  db: Db | Tx,
  playerId: string,
  marketIds: readonly number[],
): Promise<StatementBoutRow[]> {
  return db.query<StatementBoutRow>(
    `WITH mine AS (
       SELECT id, market_id, taker_operation_id, settlement_id FROM duel
       WHERE player_a_id = $1 AND market_id = ANY ($2)
       UNION ALL
       SELECT id, market_id, taker_operation_id, settlement_id FROM duel
       WHERE player_b_id = $1 AND market_id = ANY ($2)
     ), duels AS (
       SELECT d.market_id, jsonb_agg(jsonb_build_object(
         'duelId', d.id, 'takerOperationId', d.taker_operation_id, 'version', s.version)) AS list
       FROM mine d LEFT JOIN settlement s ON s.id = d.settlement_id GROUP BY d.market_id
     ), offers AS (
       SELECT market_id, array_agg(id::text) AS list FROM offer
       WHERE player_id = $1 AND market_id = ANY ($2) GROUP BY market_id
     )
     SELECT m.id AS "marketId", b.id AS "boutId", wa.ring_name || ' – ' || wb.ring_name AS "boutName",
       coalesce(o.list, '{}') AS "offerIds", coalesce(d.list, '[]') AS duels
     FROM market m JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     LEFT JOIN duels d ON d.market_id = m.id LEFT JOIN offers o ON o.market_id = m.id
     WHERE m.id = ANY ($2)`,
    [playerId, marketIds],
  );
}

/** Operation id → the offer that one of his commands took back. */
export async function findCancelledOffers(
  db: Db | Tx,
  playerId: string,
  operationIds: readonly string[],
): Promise<{ operationId: string; offerId: string }[]> {
  return db.query(
    `SELECT id AS "operationId", answer ->> 'offerId' AS "offerId" FROM operation
     WHERE id = ANY ($2) AND actor_id = $1 AND kind = 'cancel-offer'`,
    [playerId, operationIds],
  );
}

export interface StatementPaymentRow {
  /** Of a payment that came, or of a withdrawal. */
  readonly id: string;
  readonly provider: string;
  readonly depositId: string | null;
  readonly withdrawalId: string | null;
}

/** His payments in and out. */
export async function findStatementPayments(db: Db | Tx, playerId: string): Promise<StatementPaymentRow[]> {
  return db.query(
    `SELECT id, provider, deposit_id AS "depositId", NULL AS "withdrawalId" FROM incoming_payment WHERE player_id = $1
     UNION ALL
     SELECT id, provider, NULL, id FROM withdrawal WHERE player_id = $1`,
    [playerId],
  );
}
