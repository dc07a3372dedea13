import type { CloseCause } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { PoolRates } from '#core/pool.ts';
import { first, type Tx } from '../db.ts';

export interface StoryTicket {
  readonly poolId: number;
  readonly seq: number;
  readonly picks: string;
  readonly stakeXof: Xof;
  readonly boughtAt: Date;
  readonly rates: PoolRates;
  readonly boutIds: readonly number[];
  readonly closedAt: Date | null;
  readonly closeCause: CloseCause | null;
  readonly rootNumber: number | null;
  readonly rootAt: Date | null;
}

/** Null when it is not his. */
export async function findStoryTicket(
  tx: Tx,
  playerId: string,
  ticketId: string,
): Promise<StoryTicket | null> {
  return first(
    await tx.query<StoryTicket>(
      `SELECT p.id AS "poolId", t.seq, t.picks, t.stake_xof AS "stakeXof", t.made_at AS "boughtAt",
         p.rule_card -> 'rates' AS rates,
         (SELECT array_agg(l.bout_id ORDER BY l.position) FROM pool_leg l WHERE l.pool_id = p.id) AS "boutIds",
         p.closed_at AS "closedAt", p.close_cause AS "closeCause", c.number AS "rootNumber", c.published_at AS "rootAt"
       FROM pool_ticket t JOIN pool p ON p.id = t.pool_id
       LEFT JOIN root_chain c ON c.kind = 'pool' AND c.subject_id = p.id
       WHERE t.id = $2 AND t.player_id = $1`,
      [playerId, ticketId],
    ),
  );
}

export interface StoryWhistle {
  readonly at: Date;
  readonly confirmedAt: Date;
  readonly isLate: boolean;
}

/** The true whistles of the bouts of a ticket that two people have agreed on. */
export function findStoryWhistles(tx: Tx, ticketId: string): Promise<StoryWhistle[]> {
  return tx.query<StoryWhistle>(
    `SELECT w.at, w.confirmed_at AS "confirmedAt", t.made_at > w.at AS "isLate"
     FROM pool_ticket t JOIN pool_leg l ON l.pool_id = t.pool_id JOIN true_whistle w ON w.bout_id = l.bout_id
     WHERE t.id = $1 AND w.confirmed_at IS NOT NULL ORDER BY w.at`,
    [ticketId],
  );
}

export interface StoryPoolPayment {
  readonly version: number;
  readonly finishedAt: Date;
  readonly outcomes: readonly string[];
  readonly stakesXof: Xof;
  readonly rightXof: Xof;
  readonly isLate: boolean;
  readonly givenXof: Xof;
  readonly takenXof: Xof;
  readonly keptXof: Xof;
}

/** Each version of the pool's settlement that is done, and what a correction moved for this player. */
export function findStoryPoolPayments(
  tx: Tx,
  playerId: string,
  ticketId: string,
): Promise<StoryPoolPayment[]> {
  return tx.query<StoryPoolPayment>(
    `SELECT s.version, s.finished_at AS "finishedAt", s.outcomes, s.stakes_xof AS "stakesXof", s.right_xof AS "rightXof",
       coalesce(t.made_at > s.late_after, false) AS "isLate",
       coalesce(l.given, 0)::bigint AS "givenXof", coalesce(l.taken, 0)::bigint AS "takenXof",
       coalesce(l.kept, 0)::bigint AS "keptXof"
     FROM pool_ticket t JOIN pool_settlement s ON s.pool_id = t.pool_id AND s.state = 'done'
     LEFT JOIN LATERAL (
       SELECT sum(given_xof) FILTER (WHERE is_given) AS given, sum(taken_xof) AS taken,
         sum(owed_xof - taken_xof) AS kept
       FROM correction_line WHERE correction_id = s.id AND player_id = $1) l ON true
     WHERE t.id = $2 AND t.player_id = $1 ORDER BY s.version`,
    [playerId, ticketId],
  );
}
