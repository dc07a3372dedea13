/** What the money of a withdrawal comes from, and how well its player and his number are known. */
import type { Xof } from '#core/money.ts';
import { type Db, one } from '../db.ts';

export interface OriginRow {
  readonly joinedAt: Date;
  /** Since when this number is his. */
  readonly phoneSince: Date;
  /** Of the last 30 days. Bets: those made in them, whatever became of them. */
  readonly depositedXof: Xof;
  readonly stakedXof: Xof;
  readonly wonXof: Xof;
  readonly withdrawnXof: Xof;
}

/** Each of his duels, from his side. */
const OWN_DUELS = `SELECT d.market_id, d.made_at, d.stake_a_xof AS stake_xof, d.payout_a_xof AS payout_xof, d.outcome = 'A' AS is_won
    FROM duel d WHERE d.player_a_id = $1
  UNION ALL SELECT d.market_id, d.made_at, d.stake_b_xof, d.payout_b_xof, d.outcome = 'B' FROM duel d WHERE d.player_b_id = $1`;

const RECENT = `clock_timestamp() - interval '30 days'`;

export async function findOrigin(db: Db, playerId: string): Promise<OriginRow> {
  return one(
    await db.query<OriginRow>(
      `SELECT p.joined_at AS "joinedAt",
         coalesce((SELECT max(c.decided_at) FROM account_case c WHERE c.player_id = p.id AND c.decision = 'change_phone'),
           p.joined_at) AS "phoneSince",
         (SELECT coalesce(sum(i.amount_xof), 0)::bigint FROM incoming_payment i WHERE i.player_id = p.id
           AND i.state IN ('credited', 'allocated') AND i.recorded_at > ${RECENT}) AS "depositedXof",
         played.staked AS "stakedXof", played.won AS "wonXof",
         (SELECT coalesce(sum(w.amount_xof), 0)::bigint FROM withdrawal w WHERE w.player_id = p.id AND w.state = 'paid'
           AND w.returns_payment IS NULL AND w.ended_at > ${RECENT}) AS "withdrawnXof"
       FROM player p, LATERAL (
         SELECT coalesce(sum(stake_xof), 0)::bigint AS staked,
           coalesce(sum(payout_xof) FILTER (WHERE is_won), 0)::bigint AS won
         FROM (${OWN_DUELS}) own WHERE made_at > ${RECENT}) played
       WHERE p.id = $1`,
      [playerId],
    ),
  );
}

export interface WinRow {
  readonly bout: string;
  readonly madeAt: Date;
  readonly stakeXof: Xof;
  readonly payoutXof: Xof;
}

/** His last winning bets of 30 days, the newest first. */
export async function findRecentWins(db: Db, playerId: string): Promise<WinRow[]> {
  return db.query<WinRow>(
    `SELECT wa.ring_name || ' – ' || wb.ring_name AS bout, own.made_at AS "madeAt", own.stake_xof AS "stakeXof",
       own.payout_xof AS "payoutXof"
     FROM (${OWN_DUELS}) own JOIN market m ON m.id = own.market_id JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     WHERE own.is_won AND own.made_at > ${RECENT} ORDER BY own.made_at DESC LIMIT 5`,
    [playerId],
  );
}
