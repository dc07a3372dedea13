import type { PlayAlert } from '#core/api/play-alerts.ts';
import { type Db, first, type Tx } from '../db.ts';

const PAIR_DAYS = 30;
/** What happened since is looked at again and again: a settlement comes days after its bets. */
const MET_DAYS = 2;
/** Who has bet on fewer days has no ordinary day yet. */
const ORDINARY_DAYS_MIN = 3;

/** When compliance last dealt with this pair: what it has seen raises nothing again. */
const LAST_CLOSED = (kind: string) => `
  (SELECT max(a.closed_at) FROM play_alert a WHERE a.kind = '${kind}'
     AND ((a.player_id = p.one AND a.other_player_id = p.other) OR (a.player_id = p.other AND a.other_player_id = p.one)))`;

/** The same two again and again, with the money going one way. How many alerts are new. */
export async function raisePairs(
  db: Db,
  wanted: { readonly duels: number; readonly oneWayBps: number },
): Promise<number> {
  const rows = await db.query(
    `WITH pair AS (
       SELECT least(d.player_a_id, d.player_b_id) AS one, greatest(d.player_a_id, d.player_b_id) AS other
       FROM duel d WHERE d.made_at > clock_timestamp() - interval '${PAIR_DAYS} days'
       GROUP BY 1, 2 HAVING count(*) >= $1
     ), flow AS (
       SELECT p.one, p.other, count(*)::int AS duels, sum(f.stake_xof)::bigint AS staked,
         coalesce(sum(f.to_one_xof), 0)::bigint AS to_one, coalesce(sum(abs(f.to_one_xof)), 0)::bigint AS moved
       FROM pair p CROSS JOIN LATERAL (
         -- What the other's lost stakes brought him, and his own the other.
         SELECT d.stake_a_xof + d.stake_b_xof AS stake_xof, d.made_at,
           CASE WHEN d.outcome NOT IN ('A', 'B') OR d.outcome IS NULL THEN 0
             WHEN (d.outcome = 'A') = (d.player_a_id = p.one) THEN CASE d.outcome WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END
             ELSE -CASE d.outcome WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END END AS to_one_xof
         FROM duel d
         WHERE d.made_at > clock_timestamp() - interval '${PAIR_DAYS} days'
           AND ((d.player_a_id = p.one AND d.player_b_id = p.other) OR (d.player_a_id = p.other AND d.player_b_id = p.one))
       ) f
       WHERE f.made_at > coalesce(${LAST_CLOSED('same_pair')}, '-infinity')
       GROUP BY p.one, p.other
     )
     INSERT INTO play_alert (kind, player_id, other_player_id, bet_count, staked_xof, compared_xof)
     SELECT 'same_pair', CASE WHEN to_one >= 0 THEN one ELSE other END, CASE WHEN to_one >= 0 THEN other ELSE one END,
       duels, staked, abs(to_one)
     FROM flow WHERE duels >= $1 AND moved > 0 AND abs(to_one) * 10000 >= moved * $2
     ON CONFLICT DO NOTHING RETURNING id`,
    [wanted.duels, wanted.oneWayBps],
  );
  return rows.length;
}

/** Accounts that look like one person's met in a duel. */
export async function raiseLinked(db: Db): Promise<number> {
  const rows = await db.query(
    `WITH pair AS (
       SELECT least(d.player_a_id, d.player_b_id) AS one, greatest(d.player_a_id, d.player_b_id) AS other,
         count(*)::int AS duels, sum(d.stake_a_xof + d.stake_b_xof)::bigint AS staked, max(d.made_at) AS last_at
       FROM duel d WHERE d.made_at > clock_timestamp() - interval '${MET_DAYS} days' GROUP BY 1, 2
     )
     INSERT INTO play_alert (kind, player_id, other_player_id, bet_count, staked_xof, compared_xof)
     SELECT 'linked_accounts', p.one, p.other, p.duels, p.staked, 0 FROM pair p
     WHERE accounts_linked(p.one, p.other) AND p.last_at > coalesce(${LAST_CLOSED('linked_accounts')}, '-infinity')
     ON CONFLICT DO NOTHING RETURNING id`,
  );
  return rows.length;
}

/** Somebody stakes in 24 hours far more than on an ordinary day on which he bets. */
export async function raiseSpikes(
  db: Db,
  wanted: { readonly minXof: number; readonly times: number },
): Promise<number> {
  const rows = await db.query(
    `WITH today AS (
       SELECT s.player_id, count(*)::int AS bets, sum(s.stake_xof)::bigint AS staked, max(s.made_at) AS last_at
       FROM (
         SELECT player_a_id AS player_id, stake_a_xof AS stake_xof, made_at FROM duel
         WHERE made_at > clock_timestamp() - interval '1 day'
         UNION ALL
         SELECT player_b_id, stake_b_xof, made_at FROM duel WHERE made_at > clock_timestamp() - interval '1 day'
         UNION ALL
         SELECT player_id, stake_xof, made_at FROM pool_ticket WHERE made_at > clock_timestamp() - interval '1 day'
       ) s GROUP BY s.player_id HAVING sum(s.stake_xof) >= $1
     ), ordinary AS (
       SELECT t.*, (b.staked / b.days)::bigint AS a_day
       FROM today t CROSS JOIN LATERAL (
         SELECT sum(s.stake_xof) AS staked, count(DISTINCT s.made_at::date) AS days
         FROM stakes_of(t.player_id, clock_timestamp() - interval '${PAIR_DAYS + 1} days') s
         WHERE s.made_at <= clock_timestamp() - interval '1 day') b
       WHERE b.days >= ${ORDINARY_DAYS_MIN}
     )
     INSERT INTO play_alert (kind, player_id, bet_count, staked_xof, compared_xof)
     SELECT 'stake_spike', o.player_id, o.bets, o.staked, o.a_day FROM ordinary o
     WHERE o.staked >= o.a_day * $2
       AND NOT EXISTS (SELECT FROM play_alert a WHERE a.kind = 'stake_spike' AND a.player_id = o.player_id
         AND a.closed_at > clock_timestamp() - interval '1 day')
     ON CONFLICT DO NOTHING RETURNING id`,
    [wanted.minXof, wanted.times],
  );
  return rows.length;
}

interface Row extends Omit<PlayAlert, 'raisedAt' | 'closedAt'> {
  readonly raisedAt: Date;
  readonly closedAt: Date | null;
}

const ALERT = `SELECT a.id AS "alertId", a.kind, p.pseudonym, o.pseudonym AS "otherPseudonym", a.bet_count AS "betCount",
    a.staked_xof AS "stakedXof", a.compared_xof AS "comparedXof", a.raised_at AS "raisedAt", a.closed_at AS "closedAt",
    s.name AS "closedBy", a.note
  FROM play_alert a JOIN player p ON p.id = a.player_id LEFT JOIN player o ON o.id = a.other_player_id
  LEFT JOIN staff s ON s.id = a.closed_by`;

/** Open ones first, oldest first; then the last closed. */
export async function findAlerts(db: Db): Promise<PlayAlert[]> {
  const rows = await db.query<Row>(
    `(${ALERT} WHERE a.closed_at IS NULL ORDER BY a.raised_at, a.id LIMIT 200)
     UNION ALL (${ALERT} WHERE a.closed_at IS NOT NULL ORDER BY a.closed_at DESC LIMIT 50)`,
  );
  return rows.map((row) => ({
    ...row,
    raisedAt: row.raisedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
}

export async function lockAlert(tx: Tx, alertId: number): Promise<{ readonly isClosed: boolean } | null> {
  return first(
    await tx.query<{ isClosed: boolean }>(
      'SELECT closed_at IS NOT NULL AS "isClosed" FROM play_alert WHERE id = $1 FOR UPDATE',
      [alertId],
    ),
  );
}

export async function recordClosed(
  tx: Tx,
  alertId: number,
  closed: { readonly staffId: string; readonly note: string },
): Promise<void> {
  await tx.query(
    'UPDATE play_alert SET closed_by = $2, closed_at = clock_timestamp(), note = $3 WHERE id = $1',
    [alertId, closed.staffId, closed.note],
  );
}
