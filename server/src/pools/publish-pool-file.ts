import type { Db } from '../db.ts';

/**
 * Publishes what anybody can recompute a finished settlement from: rule card, root, what was right, every ticket with
 * what it was paid, and the sums. Made by the database in one statement, once a version; it never changes.
 */
export async function publishPoolFile(db: Db, poolId: number): Promise<void> {
  await db.query(
    `INSERT INTO pool_file (pool_id, version, body)
     SELECT s.pool_id, s.version, json_build_object(
       'format', 'mbayar-pool-1', 'pool', p.id, 'name', p.name, 'version', s.version,
       'ruleCardSha256', encode(p.rule_card_hash, 'hex'), 'ruleCard', p.rule_card,
       'closedAt', p.closed_at, 'root', encode(p.root, 'hex'), 'right', s.outcomes, 'lateAfter', s.late_after,
       'paid', json_build_object('refund', s.refund_reason, 'stakes', s.stakes_xof, 'late', s.late_xof,
         'rightStakes', s.right_xof, 'takeOut', s.take_out_xof, 'netPool', s.net_pool_xof, 'gross', s.gross_xof,
         'tax', s.tax_xof, 'refunded', s.refunded_xof, 'remainder', s.remainder_xof),
       'ticketFields', json_build_array('number', 'picks', 'stake', 'late', 'paid'),
       'tickets', coalesce((
         SELECT json_agg(json_build_array(t.seq, t.picks, t.stake_xof,
           coalesce(t.made_at > s.late_after, false)::int, t.payout_xof) ORDER BY t.seq)
         FROM pool_ticket t WHERE t.pool_id = p.id), '[]'::json))::text
     FROM pool_settlement s JOIN pool p ON p.id = s.pool_id
     WHERE s.pool_id = $1 AND s.state = 'done'
       AND s.version = (SELECT max(version) FROM pool_settlement WHERE pool_id = $1)
     ON CONFLICT (pool_id, version) DO NOTHING`,
    [poolId],
  );
}
