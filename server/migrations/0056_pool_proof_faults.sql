-- Roots of pools are held against the chain and their tickets as those of markets are against their bets.
CREATE OR REPLACE FUNCTION find_proof_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  SELECT 'chain_broken', format('root %s does not follow from root %s', c.number, c.number - 1)
  FROM (
    SELECT e.*, coalesce(lag(e.value) OVER w, decode(repeat('00', 32), 'hex')) AS previous, row_number() OVER w AS place
    FROM root_chain e WINDOW w AS (ORDER BY e.number)
  ) c
  WHERE c.number <> c.place
    OR c.value <> root_chain_value(c.previous, c.number, c.kind, c.subject_id, c.leaf_count, c.published_at, c.root)
  UNION ALL
  SELECT 'chain_cut', format('the chain says that it ends at root %s', h.number)
  FROM root_chain_head h LEFT JOIN (SELECT number, value FROM root_chain ORDER BY number DESC LIMIT 1) l ON true
  WHERE h.number <> coalesce(l.number, 0) OR h.value <> coalesce(l.value, decode(repeat('00', 32), 'hex'))
  UNION ALL
  SELECT 'root_not_chained', format('the root of market %s is not the one in the chain', m.id)
  FROM market m LEFT JOIN root_chain e ON e.kind = 'market' AND e.subject_id = m.id
  WHERE (m.root, m.root_duel_count, m.root_published_at) IS DISTINCT FROM (e.root, e.leaf_count, e.published_at)
  UNION ALL
  SELECT 'root_count_differs', format('market %s has %s bets, its root was made of %s', m.id, d.duels, m.root_duel_count)
  FROM market m CROSS JOIN LATERAL (SELECT count(*) AS duels FROM duel WHERE market_id = m.id) d
  WHERE m.root IS NOT NULL AND d.duels <> m.root_duel_count
  UNION ALL
  SELECT 'root_not_chained', format('the root of pool %s is not the one in the chain', p.id)
  FROM pool p LEFT JOIN root_chain e ON e.kind = 'pool' AND e.subject_id = p.id
  WHERE (p.root, p.root_ticket_count, p.root_published_at) IS DISTINCT FROM (e.root, e.leaf_count, e.published_at)
  UNION ALL
  SELECT 'root_count_differs', format('pool %s has %s tickets, its root was made of %s', p.id, t.tickets, p.root_ticket_count)
  FROM pool p CROSS JOIN LATERAL (SELECT count(*) AS tickets FROM pool_ticket WHERE pool_id = p.id) t
  WHERE p.root IS NOT NULL AND t.tickets <> p.root_ticket_count
$$;
