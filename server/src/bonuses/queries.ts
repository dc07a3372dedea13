import type { Xof } from '#core/money.ts';
import { type Db, first, one, type Tx } from '../db.ts';

/** What was settled: a market or a pool. */
export type Settled = { readonly marketId: number } | { readonly poolId: number };

export type GrantReason = 'referred' | 'referrer' | 'first_lost_bet';
export type GrantRefusal = 'may_not_play' | 'linked' | 'enough';

const idsOf = (settled: Settled) =>
  'marketId' in settled ? [settled.marketId, null] : [null, settled.poolId];

/** Whoever had money of his own in it, and had no bet with a result before. */
export async function insertFirstBets(tx: Tx, settled: Settled): Promise<void> {
  await tx.query(
    `INSERT INTO first_bet (player_id, market_id, pool_id)
     SELECT DISTINCT b.player_id, $1::int, $2::int FROM decided_bets($1, $2) b
     WHERE b.own_xof > 0 AND NOT EXISTS (SELECT FROM first_bet f WHERE f.player_id = b.player_id)
     ORDER BY b.player_id
     ON CONFLICT (player_id) DO NOTHING`,
    idsOf(settled),
  );
}

export interface FirstLoss {
  readonly playerId: string;
  /** Of his own money, all his bets there together. */
  readonly lossXof: number;
}

/** Players whose first bet this was, who lost on it, and of whom nothing was decided yet. */
export async function findFirstLosses(db: Db, settled: Settled, limit: number): Promise<FirstLoss[]> {
  return db.query<FirstLoss>(
    `SELECT f.player_id AS "playerId", sum(b.own_xof - b.payout_xof)::bigint AS "lossXof"
     FROM first_bet f JOIN decided_bets($1, $2) b ON b.player_id = f.player_id
     WHERE (f.market_id = $1 OR f.pool_id = $2)
       AND NOT EXISTS (SELECT FROM bonus_grant g WHERE g.player_id = f.player_id AND g.reason = 'first_lost_bet')
     GROUP BY f.player_id HAVING sum(b.own_xof - b.payout_xof) > 0
     ORDER BY f.player_id LIMIT $3`,
    [...idsOf(settled), limit],
  );
}

/**
 * Players of whom a referral is to be decided now: money that they had brought themselves was at stake, against
 * somebody else than who referred them.
 */
export async function findReferredToDecide(db: Db, settled: Settled, limit: number): Promise<string[]> {
  const rows = await db.query<{ playerId: string }>(
    `SELECT DISTINCT r.player_id AS "playerId"
     FROM decided_bets($1, $2) b JOIN referral r ON r.player_id = b.player_id
     WHERE b.own_xof > 0 AND r.decided_at IS NULL AND b.other_id IS DISTINCT FROM r.referrer_id
       AND has_deposited(r.player_id)
     ORDER BY 1 LIMIT $3`,
    [...idsOf(settled), limit],
  );
  return rows.map(({ playerId }) => playerId);
}

/** Locks a referral that is not decided; null when it is. */
export async function lockReferral(tx: Tx, playerId: string): Promise<{ referrerId: string } | null> {
  return first(
    await tx.query<{ referrerId: string }>(
      `SELECT referrer_id AS "referrerId" FROM referral WHERE player_id = $1 AND decided_at IS NULL FOR NO KEY UPDATE`,
      [playerId],
    ),
  );
}

export async function recordReferralDecided(tx: Tx, playerId: string): Promise<void> {
  await tx.query('UPDATE referral SET decided_at = clock_timestamp() WHERE player_id = $1', [playerId]);
}

export interface Candidate {
  readonly playerId: string;
  readonly isTest: boolean;
  readonly bonusAccountId: number | null;
  readonly mayPlay: boolean;
}

/** Locked in the order of their ids. */
export async function lockCandidates(tx: Tx, playerIds: readonly string[]): Promise<Map<string, Candidate>> {
  const rows = await tx.query<Candidate>(
    `SELECT id AS "playerId", is_test AS "isTest", bonus_account_id AS "bonusAccountId",
       NOT EXISTS (SELECT FROM who_may_not_play(ARRAY[id])) AS "mayPlay"
     FROM player WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`,
    [playerIds],
  );
  return new Map(rows.map((row) => [row.playerId, row]));
}

export async function areLinked(tx: Tx, playerId: string, other: string): Promise<boolean> {
  return one(
    await tx.query<{ linked: boolean }>('SELECT accounts_linked($1, $2) AS linked', [playerId, other]),
  ).linked;
}

export async function countPaidReferrals(tx: Tx, referrerId: string): Promise<number> {
  return one(
    await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM bonus_grant
       WHERE player_id = $1 AND reason = 'referrer' AND refusal IS NULL`,
      [referrerId],
    ),
  ).count;
}

/** What was given in 24 hours; whoever asks is alone to give until his transaction ends. */
export async function lockGivenInDay(tx: Tx, isTest: boolean): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('bonus day'), $1::boolean::int)`, [isTest]);
  return one(
    await tx.query<{ givenXof: number }>(
      `SELECT coalesce(sum(g.amount_xof), 0)::bigint AS "givenXof" FROM bonus_grant g JOIN player p ON p.id = g.player_id
       WHERE g.refusal IS NULL AND g.decided_at > clock_timestamp() - interval '24 hours' AND p.is_test = $1`,
      [isTest],
    ),
  ).givenXof;
}

export async function insertGrant(
  tx: Tx,
  grant: {
    readonly id: string;
    readonly playerId: string;
    readonly reason: GrantReason;
    readonly referredId: string | null;
    readonly amountXof: Xof;
    readonly refusal: GrantRefusal | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO bonus_grant (id, player_id, reason, referred_id, amount_xof, refusal) VALUES ($1, $2, $3, $4, $5, $6)`,
    [grant.id, grant.playerId, grant.reason, grant.referredId, grant.amountXof, grant.refusal],
  );
}

export async function hasGrant(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM bonus_grant WHERE id = $1', [id])).length > 0;
}

export async function setBonusAccount(tx: Tx, playerId: string, accountId: number): Promise<void> {
  await tx.query('UPDATE player SET bonus_account_id = $2 WHERE id = $1', [playerId, accountId]);
}
