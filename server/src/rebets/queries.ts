import type { Side } from '#core/market.ts';
import type { Db } from '../db.ts';

/** Where the same can be bet again now. */
export interface Chance {
  /** The bet or the offer of before. */
  readonly pastId: string;
  readonly boutId: number;
  readonly marketId: number;
  /** Of the same wrestler in his next bout, which may be the other one. */
  readonly side: Side;
  readonly isNextBout: boolean;
}

/**
 * Of these bets and offers, those of this player that are over (settled, or come back with nothing open) and can be bet
 * again: in the same market while it is open, else on the same wrestler in his next bout that takes bets. Other
 * questions than who wins are about one bout alone. Who may not play is offered nothing.
 */
export function findChances(db: Db, playerId: string, pastIds: readonly string[]): Promise<Chance[]> {
  return db.query(
    `WITH past AS (
       SELECT d.id, d.market_id, CASE d.player_a_id WHEN $1 THEN 'A' ELSE 'B' END AS side
       FROM duel d WHERE d.id = ANY ($2) AND $1 IN (d.player_a_id, d.player_b_id) AND d.outcome IS NOT NULL
       UNION ALL
       SELECT o.id, o.market_id, o.side FROM offer o
       WHERE o.id = ANY ($2) AND o.player_id = $1 AND NOT o.is_open AND o.returned_xof > 0
     ), placed AS (
       SELECT p.id, p.side, m.id AS market_id, m.kind, m.is_test, b.id AS bout_id,
         m.state = 'open' AND m.hard_stop_at > clock_timestamp() AS is_open,
         CASE p.side WHEN 'A' THEN b.wrestler_a_id ELSE b.wrestler_b_id END AS wrestler_id
       FROM past p JOIN market m ON m.id = p.market_id JOIN bout b ON b.id = m.bout_id
     )
     SELECT p.id AS "pastId", coalesce(n.bout_id, p.bout_id) AS "boutId", coalesce(n.market_id, p.market_id) AS "marketId",
       coalesce(n.side, p.side) AS side, NOT p.is_open AS "isNextBout"
     FROM placed p LEFT JOIN LATERAL (
       SELECT b.id AS bout_id, m.id AS market_id, CASE b.wrestler_a_id WHEN p.wrestler_id THEN 'A' ELSE 'B' END AS side
       FROM market m JOIN bout b ON b.id = m.bout_id JOIN gala g ON g.id = b.gala_id
       WHERE NOT p.is_open AND p.kind = 'winner' AND m.kind = 'winner' AND m.state = 'open'
         AND m.hard_stop_at > clock_timestamp() AND m.is_test = p.is_test AND g.visibility = 'public'
         AND b.id <> p.bout_id AND p.wrestler_id IN (b.wrestler_a_id, b.wrestler_b_id)
       ORDER BY b.scheduled_at, b.id LIMIT 1
     ) n ON true
     WHERE (p.is_open OR n.market_id IS NOT NULL) AND NOT EXISTS (SELECT FROM who_may_not_play(ARRAY[$1::uuid]))`,
    [playerId, pastIds],
  );
}
