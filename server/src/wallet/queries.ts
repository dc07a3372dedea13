import type { Tier, WindowUse } from '#core/ceilings.ts';
import type { PlayerTransferKind } from '#core/ledger.ts';
import type { Xof } from '#core/money.ts';
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

/** What we know of him. */
export async function findTier(db: Db | Tx, playerId: string): Promise<Tier> {
  return one(await db.query<{ tier: Tier }>('SELECT tier FROM player WHERE id = $1', [playerId])).tier;
}

/** What counts against the ceiling of his balance: what is available, what a tap brings back, what is on its way. */
export async function findHeld(
  db: Db | Tx,
  player: { readonly playerId: string; readonly accountId: number },
): Promise<Xof> {
  const rows = await db.query<{ heldXof: Xof }>(
    `SELECT (SELECT amount_xof FROM ledger.balance WHERE account_id = $2)
       + (SELECT coalesce(sum(open_xof), 0)::bigint FROM offer WHERE player_id = $1 AND is_open)
       + (SELECT coalesce(sum(amount_xof), 0)::bigint FROM deposit
          WHERE player_id = $1 AND state IN ('requested', 'review')
            AND requested_at > clock_timestamp() - interval '24 hours') AS "heldXof"`,
    [player.playerId, player.accountId],
  );
  return one(rows).heldXof;
}

/** Deposits of the last 24 hours that came or may still come. */
export async function findDepositsUse(db: Db | Tx, playerId: string): Promise<WindowUse> {
  return one(
    await db.query<WindowUse>(
      `SELECT coalesce(sum(amount_xof), 0)::bigint AS "usedXof",
         min(coalesce(credited_at, requested_at)) + interval '24 hours' AS "freesAt"
       FROM deposit WHERE player_id = $1 AND state NOT IN ('refused', 'expired', 'returned')
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
  readonly amountXof: number;
  readonly balanceAfterXof: Xof;
  readonly at: Date;
  /** The instant to the microsecond, for the next page. */
  readonly exactAt: string;
  /** Is there anything older than this page? */
  readonly hasMore: boolean;
}

/**
 * The movements of an account before an instant (null: up to now), newest first, with the balance after each.
 *
 * A page never cuts an instant: one batch may book several movements of one player at the same microsecond, and they
 * have no order of their own. They are shown money in before money out, so that no balance in between is negative.
 * A page has `limit` movements, and those of the instant of the last one.
 */
export async function findMovements(
  db: Db,
  accountId: number,
  before: string | null,
  limit: number,
): Promise<MovementRow[]> {
  return db.query<MovementRow>(
    `WITH side AS (
       (SELECT transfer_id, recorded_at, amount_xof AS delta FROM ledger.posting
        WHERE credit_account_id = $1 AND recorded_at < coalesce($2::timestamptz, 'infinity')
        ORDER BY recorded_at DESC FETCH FIRST $3 ROWS WITH TIES)
       UNION ALL
       (SELECT transfer_id, recorded_at, -amount_xof FROM ledger.posting
        WHERE debit_account_id = $1 AND recorded_at < coalesce($2::timestamptz, 'infinity')
        ORDER BY recorded_at DESC FETCH FIRST $3 ROWS WITH TIES)
     ), reached AS (
       -- A side that filled its limit is complete down to its last instant only; the later of both counts.
       SELECT coalesce(max(last_at), '-infinity') AS since FROM (
         SELECT min(recorded_at) AS last_at FROM side WHERE delta > 0 HAVING count(*) >= $3
         UNION ALL
         SELECT min(recorded_at) FROM side WHERE delta < 0 HAVING count(*) >= $3
       ) f
     ), complete AS (
       SELECT transfer_id, recorded_at, sum(delta)::bigint AS delta FROM side, reached
       WHERE recorded_at >= since GROUP BY transfer_id, recorded_at
     ), movement AS (
       SELECT * FROM complete ORDER BY recorded_at DESC FETCH FIRST $3 ROWS WITH TIES
     ), newer AS (
       SELECT coalesce((SELECT sum(amount_xof) FROM ledger.posting
                        WHERE credit_account_id = $1 AND recorded_at >= $2::timestamptz), 0)
         - coalesce((SELECT sum(amount_xof) FROM ledger.posting
                     WHERE debit_account_id = $1 AND recorded_at >= $2::timestamptz), 0) AS delta
     )
     SELECT m.transfer_id AS "transferId", t.kind, m.delta AS "amountXof", m.recorded_at AS at,
       to_char(m.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactAt",
       (b.amount_xof - newer.delta - coalesce(sum(m.delta) OVER (
         ORDER BY m.recorded_at DESC, sign(m.delta), m.transfer_id DESC
         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS "balanceAfterXof",
       EXISTS (SELECT FROM ledger.posting p WHERE p.credit_account_id = $1 AND p.recorded_at < oldest.at)
         OR EXISTS (SELECT FROM ledger.posting p WHERE p.debit_account_id = $1 AND p.recorded_at < oldest.at)
         AS "hasMore"
     FROM movement m JOIN ledger.transfer t ON t.id = m.transfer_id
     CROSS JOIN newer
     CROSS JOIN (SELECT min(recorded_at) AS at FROM movement) oldest
     JOIN ledger.balance b ON b.account_id = $1
     ORDER BY m.recorded_at DESC, sign(m.delta), m.transfer_id DESC`,
    [accountId, before, limit],
  );
}
