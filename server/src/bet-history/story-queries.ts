import type { BoutEnding } from '#core/bout.ts';
import type { CloseCause, Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { type Db, first, type Tx } from '../db.ts';

export interface StoryBet {
  readonly marketId: number;
  readonly boutId: number;
  readonly side: Side;
  readonly nameA: string;
  readonly nameB: string;
  readonly stakeXof: Xof;
  readonly opponentStakeXof: Xof;
  readonly opponent: string;
  readonly madeAt: Date;
  /** His own offer from which the bet came; null when he accepted the other's. */
  readonly offeredXof: Xof | null;
  readonly askedXof: Xof | null;
  readonly offeredAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeCause: CloseCause | null;
  readonly whistleAt: Date | null;
  readonly whistleConfirmedAt: Date | null;
  readonly isLate: boolean;
  readonly rootNumber: number | null;
  readonly rootAt: Date | null;
}

/** Null when he is not in it. */
export async function findStoryBet(tx: Tx, playerId: string, betId: string): Promise<StoryBet | null> {
  return first(
    await tx.query<StoryBet>(
      `SELECT d.market_id AS "marketId", m.bout_id AS "boutId", mine.side, wa.ring_name AS "nameA", wb.ring_name AS "nameB",
         CASE mine.side WHEN 'A' THEN d.stake_a_xof ELSE d.stake_b_xof END AS "stakeXof",
         CASE mine.side WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END AS "opponentStakeXof",
         other.pseudonym AS opponent, d.made_at AS "madeAt",
         o.stake_xof AS "offeredXof", o.ask_xof AS "askedXof", o.placed_at AS "offeredAt",
         m.closed_at AS "closedAt", m.close_cause AS "closeCause",
         w.at AS "whistleAt", w.confirmed_at AS "whistleConfirmedAt", coalesce(d.made_at > w.at, false) AS "isLate",
         c.number AS "rootNumber", c.published_at AS "rootAt"
       FROM duel d
       CROSS JOIN LATERAL (SELECT CASE d.player_a_id WHEN $1 THEN 'A' ELSE 'B' END AS side) mine
       JOIN player other ON other.id = CASE mine.side WHEN 'A' THEN d.player_b_id ELSE d.player_a_id END
       JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
       JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
       -- The maker's offer, or that of a taker whose own offer crossed it.
       LEFT JOIN offer o ON o.id IN (d.maker_offer_id, d.taker_operation_id) AND o.player_id = $1
       LEFT JOIN true_whistle w ON w.bout_id = b.id AND w.confirmed_at IS NOT NULL
       LEFT JOIN root_chain c ON c.kind = 'market' AND c.subject_id = m.id
       WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`,
      [playerId, betId],
    ),
  );
}

export interface StoryResult {
  readonly nameA: string;
  readonly nameB: string;
  readonly version: number;
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  readonly wrestledSeconds: number | null;
  readonly source: string;
  readonly reason: string | null;
  readonly confirmedAt: Date;
  readonly homologatedAt: Date | null;
  readonly homologatedBy: string | null;
}

/** The versions that two people have agreed on. */
export function findStoryResults(tx: Tx, boutIds: readonly number[]): Promise<StoryResult[]> {
  return tx.query<StoryResult>(
    `SELECT wa.ring_name AS "nameA", wb.ring_name AS "nameB", r.version, r.ending, r.winner_side AS "winnerSide", r.wrestled_seconds AS "wrestledSeconds", r.source, r.reason, r.confirmed_at AS "confirmedAt",
       h.confirmed_at AS "homologatedAt", h.source AS "homologatedBy"
     FROM result r JOIN bout b ON b.id = r.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     LEFT JOIN homologation h ON h.result_id = r.id AND h.confirmed_at IS NOT NULL AND h.withdrawn_at IS NULL
     WHERE r.bout_id = ANY ($1) AND r.confirmed_at IS NOT NULL AND r.withdrawn_at IS NULL ORDER BY r.version`,
    [boutIds],
  );
}

export interface StoryMove {
  readonly boutName: string;
  readonly to: Date | null;
  readonly reason: string;
  readonly movedAt: Date;
}

/** Moves of these bouts after a bet was made. */
export function findStoryMoves(tx: Tx, boutIds: readonly number[], madeAt: Date): Promise<StoryMove[]> {
  return tx.query<StoryMove>(
    `SELECT wa.ring_name || ' – ' || wb.ring_name AS "boutName", p.to_at AS to, p.reason, p.moved_at AS "movedAt"
     FROM postponement p JOIN bout b ON b.id = p.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     WHERE p.bout_id = ANY ($1) AND p.moved_at >= $2 ORDER BY p.moved_at`,
    [boutIds, madeAt],
  );
}

export interface StoryPayment {
  readonly version: number;
  readonly finishedAt: Date;
  readonly outcome: MarketOutcome;
  readonly payoutXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
  readonly givenXof: Xof;
  readonly takenXof: Xof;
  readonly keptXof: Xof;
}

/** What each version of the settlement that is done paid for this bet, and moved for this player. */
export function findStoryPayments(
  db: Db | Tx,
  playerId: string,
  betId: string,
  side: Side,
): Promise<StoryPayment[]> {
  const payout = side === 'A' ? 'payout_a_xof' : 'payout_b_xof';
  return db.query<StoryPayment>(
    `SELECT s.version, s.finished_at AS "finishedAt", p.outcome, p.${payout} AS "payoutXof",
       p.commission_xof AS "commissionXof", p.tax_xof AS "taxXof",
       coalesce(l.given, 0)::bigint AS "givenXof", coalesce(l.taken, 0)::bigint AS "takenXof",
       coalesce(l.kept, 0)::bigint AS "keptXof"
     FROM (
       SELECT settlement_id, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof FROM duel WHERE id = $2
       UNION ALL
       SELECT settlement_id, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof FROM replaced_payment WHERE duel_id = $2
     ) p JOIN settlement s ON s.id = p.settlement_id AND s.state = 'done'
     LEFT JOIN LATERAL (
       SELECT sum(given_xof) FILTER (WHERE is_given) AS given, sum(taken_xof) AS taken,
         sum(owed_xof - taken_xof) AS kept
       FROM correction_line WHERE correction_id = s.id AND player_id = $1) l ON true
     ORDER BY s.version`,
    [playerId, betId],
  );
}
