-- Fills a market and a pool with bets, as many as are asked for, whose stakes lie in the two escrows by postings of their
-- players. One maker's duels belong to one offer of his. Ids are made from numbers: every copy has the same.

CREATE FUNCTION bench_id(p_kind text, p_number bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT md5(p_kind || p_number)::uuid $$;

-- What each player has staked goes from his balance to the escrow.
CREATE FUNCTION bench_hold(p_what text, p_escrow bigint, p_players uuid[], p_amounts bigint[]) RETURNS void
LANGUAGE sql AS $$
  SELECT ledger.post(array_agg(h.id), array_agg('offer_placed'::text), array_agg(sha256(uuid_send(h.id))), array_agg(h.id),
    array_agg(0::smallint), array_agg(h.account), array_agg(p_escrow), array_agg(h.amount))
  FROM (
    SELECT bench_id(p_what || a.player, 0) AS id, p.available_account_id AS account, a.amount
    FROM unnest(p_players, p_amounts) AS a (player, amount) JOIN player p ON p.id = a.player WHERE a.amount > 0
  ) h
$$;

CREATE PROCEDURE bench_fill_market(p_market int, p_duels int)
LANGUAGE plpgsql AS $$
DECLARE
  v_players uuid[] := ARRAY(SELECT id FROM player ORDER BY id);
  v_count int := cardinality(v_players);
BEGIN
  -- Three against two, in units of the ladder: no two stakes in a row are the same.
  CREATE TEMP TABLE bench_duel AS
  SELECT i AS seq, bench_id('duel', i) AS id, 1 + i % v_count AS maker, 1 + (i + 1 + i / v_count % (v_count - 1)) % v_count AS taker,
    (1000 + i % 97 * 50)::bigint AS unit
  FROM generate_series(1, p_duels) AS i;
  INSERT INTO offer (id, market_id, player_id, seq, side, ratio_stake, ratio_ask, stake_xof, ask_xof, open_xof, filled_xof,
    returned_xof, placed_at)
  SELECT bench_id('offer', maker), p_market, v_players[maker], maker, 'A', 3, 2, 3 * sum(unit), 2 * sum(unit), 0, 3 * sum(unit), 0,
    clock_timestamp() FROM bench_duel GROUP BY maker;
  INSERT INTO duel (id, market_id, seq, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id, stake_a_xof,
    stake_b_xof, made_at, salt)
  SELECT id, p_market, seq, 'A', bench_id('offer', maker), bench_id('taken', seq), v_players[maker], v_players[taker], 3 * unit, 2 * unit,
    clock_timestamp(), decode(md5('salt' || seq), 'hex') FROM bench_duel;
  UPDATE market SET last_seq = p_duels, staked_xof = (SELECT sum(5 * unit) FROM bench_duel) WHERE id = p_market;
  PERFORM bench_hold('market', (SELECT escrow_account_id FROM market WHERE id = p_market),
    ARRAY(SELECT v_players[n] FROM generate_series(1, v_count) n ORDER BY n),
    ARRAY(SELECT coalesce(m.xof, 0) + coalesce(t.xof, 0) FROM generate_series(1, v_count) n
      LEFT JOIN (SELECT maker, sum(3 * unit)::bigint AS xof FROM bench_duel GROUP BY 1) m ON m.maker = n
      LEFT JOIN (SELECT taker, sum(2 * unit)::bigint AS xof FROM bench_duel GROUP BY 1) t ON t.taker = n ORDER BY n));
END $$;

CREATE PROCEDURE bench_fill_pool(p_pool int, p_tickets int)
LANGUAGE plpgsql AS $$
DECLARE
  v_players uuid[] := ARRAY(SELECT id FROM player ORDER BY id);
  v_count int := cardinality(v_players);
BEGIN
  INSERT INTO pool_ticket (id, pool_id, player_id, seq, picks, stake_xof, made_at, salt)
  SELECT bench_id('ticket', i), p_pool, v_players[1 + i % v_count], i, CASE WHEN i % 3 = 0 THEN 'A' ELSE 'B' END, 500 + i % 89 * 100,
    clock_timestamp(), decode(md5('grain' || i), 'hex') FROM generate_series(1, p_tickets) AS i;
  INSERT INTO pool_total (pool_id, picks, staked_xof, ticket_count)
  SELECT p_pool, picks, sum(stake_xof), count(*) FROM pool_ticket WHERE pool_id = p_pool GROUP BY picks;
  UPDATE pool SET last_seq = p_tickets, staked_xof = (SELECT sum(stake_xof) FROM pool_ticket WHERE pool_id = p_pool) WHERE id = p_pool;
  PERFORM bench_hold('pool', (SELECT escrow_account_id FROM pool WHERE id = p_pool), v_players,
    ARRAY(SELECT coalesce(t.xof, 0) FROM unnest(v_players) WITH ORDINALITY AS p (id, n)
      LEFT JOIN (SELECT player_id, sum(stake_xof)::bigint AS xof FROM pool_ticket WHERE pool_id = p_pool GROUP BY 1) t ON t.player_id = p.id
      ORDER BY n));
END $$;
