-- Corrections of pools: the same lines for each player as a market's, and one more part of the house's, the francs that
-- the floors have left.

ALTER TABLE correction ADD COLUMN remainder_delta_xof bigint NOT NULL DEFAULT 0;
ALTER TABLE correction ADD CONSTRAINT correction_remainder_of_pools CHECK (remainder_delta_xof = 0 OR pool_id IS NOT NULL);
GRANT UPDATE (remainder_delta_xof) ON correction TO mbayar_app;

-- What a correction that runs holds in an escrow: taken back, and not yet booked or given.
CREATE OR REPLACE FUNCTION held_by_corrections(p_escrow bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(
      (SELECT coalesce(sum(l.taken_xof), 0) - coalesce(sum(l.given_xof) FILTER (WHERE l.is_given), 0)
       FROM correction_line l WHERE l.correction_id = c.id)
      - coalesce(c.commission_delta_xof + c.tax_payable_delta_xof - c.tax_claim_delta_xof - c.loss_delta_xof, 0)
      - c.remainder_delta_xof), 0)::bigint
  FROM correction c WHERE c.escrow_account_id = p_escrow
$$;

-- What is wrong with the pools, one row a finding; read beside find_betting_faults().
CREATE OR REPLACE FUNCTION find_pool_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH sold AS (
    SELECT t.pool_id, count(*) AS ticket_count, sum(t.stake_xof)::bigint AS staked_xof,
      coalesce(sum(t.gross_xof), 0)::bigint AS paid_xof, coalesce(sum(t.payout_xof), 0)::bigint AS payout_xof,
      count(t.settlement_id) AS paid_count
    FROM pool_ticket t GROUP BY t.pool_id
  ), held AS (
    SELECT p.id AS pool_id, p.state, p.last_seq, p.staked_xof, coalesce(s.ticket_count, 0) AS ticket_count,
      coalesce(s.paid_count, 0) AS paid_count, coalesce(s.staked_xof, 0) AS sold_xof, coalesce(s.paid_xof, 0) AS paid_xof,
      coalesce(s.payout_xof, 0) AS payout_xof,
      EXISTS (SELECT FROM pool_settlement v WHERE v.pool_id = p.id AND v.state = 'paying') AS is_paying,
      -- Escrow holds the stakes less what was paid, and less the house's parts once they were taken; of a settled pool,
      -- what a correction that runs has taken back.
      CASE p.state WHEN 'settled' THEN held_by_corrections(p.escrow_account_id) ELSE
        coalesce(s.staked_xof, 0) - coalesce(s.paid_xof, 0) - coalesce((
          SELECT v.take_out_xof + v.remainder_xof FROM pool_settlement v
          WHERE v.pool_id = p.id AND v.state = 'done' ORDER BY v.version DESC LIMIT 1), 0) END AS owed_xof,
      coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.credit_account_id = p.escrow_account_id), 0)
      - coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.debit_account_id = p.escrow_account_id), 0)
        AS escrow_xof
    FROM pool p LEFT JOIN sold s ON s.pool_id = p.id
  )
  SELECT 'pool_escrow_differs', format('pool %s holds %s F, its tickets say %s F', pool_id, escrow_xof, owed_xof)
  FROM held WHERE escrow_xof <> owed_xof
  UNION ALL
  SELECT 'pool_escrow_left', format('settled pool %s still holds %s F', pool_id, escrow_xof)
  FROM held WHERE state = 'settled' AND escrow_xof <> 0 AND NOT is_paying
  UNION ALL
  SELECT 'pool_paid_differs', format('settled pool %s has paid %s F, its settlement says %s F', h.pool_id, h.paid_xof, v.paid_xof)
  FROM held h CROSS JOIN LATERAL (
    SELECT n.gross_xof + n.refunded_xof AS paid_xof FROM pool_settlement n WHERE n.pool_id = h.pool_id ORDER BY n.version DESC LIMIT 1) v
  WHERE h.state = 'settled' AND NOT h.is_paying AND h.paid_xof <> v.paid_xof
  UNION ALL
  SELECT 'pool_due_differs', format('correction %s: its lines are due %s F, its tickets pay %s F', c.id, l.due_xof, h.payout_xof)
  FROM held h JOIN LATERAL (
    SELECT k.id, k.state FROM correction k WHERE k.pool_id = h.pool_id ORDER BY k.version DESC LIMIT 1) c ON c.state <> 'computing'
  CROSS JOIN LATERAL (SELECT coalesce(sum(n.due_xof), 0) AS due_xof FROM correction_line n WHERE n.correction_id = c.id) l
  WHERE l.due_xof <> h.payout_xof
  UNION ALL
  SELECT 'pool_sold_differs', format('pool %s says %s tickets of %s F, they are %s of %s F',
    pool_id, last_seq, staked_xof, ticket_count, sold_xof)
  FROM held WHERE last_seq <> ticket_count OR staked_xof <> sold_xof
  UNION ALL
  SELECT 'pool_unsettled', format('settled pool %s has paid %s of %s tickets', pool_id, paid_count, ticket_count)
  FROM held WHERE state = 'settled' AND paid_count <> ticket_count
  UNION ALL
  SELECT 'pool_total_differs', format('pool %s says %s F on %s, its tickets %s F',
    coalesce(t.pool_id, k.pool_id), coalesce(t.staked_xof, 0), coalesce(t.picks, k.picks), coalesce(k.staked_xof, 0))
  FROM pool_total t FULL JOIN (
    SELECT pool_id, picks, sum(stake_xof)::bigint AS staked_xof, count(*) AS ticket_count FROM pool_ticket GROUP BY pool_id, picks
  ) k ON k.pool_id = t.pool_id AND k.picks = t.picks
  WHERE t.staked_xof IS DISTINCT FROM k.staked_xof OR t.ticket_count IS DISTINCT FROM k.ticket_count
  UNION ALL
  SELECT 'ticket_after_close', format('ticket %s was bought after pool %s closed', t.id, p.id)
  FROM pool_ticket t JOIN pool p ON p.id = t.pool_id WHERE t.made_at > p.closed_at
  UNION ALL
  SELECT 'pool_remainder_negative', format('account %s holds %s F', a.id, r.held_xof)
  FROM ledger.account a CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN q.credit_account_id = a.id THEN q.amount_xof ELSE -q.amount_xof END), 0) AS held_xof
    FROM ledger.posting q WHERE a.id IN (q.credit_account_id, q.debit_account_id)) r
  WHERE a.kind IN ('pool_escrow', 'pool_remainder') AND r.held_xof < 0
$$;
