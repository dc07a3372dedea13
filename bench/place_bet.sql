-- The comparator of `npm run bench`: the placing of a bet as one PL/pgSQL function, committed by itself, under the
-- same rules and with the same rows as the server's: the market's lock, the stored answer (refusals too), the rule
-- card's limits, ladder and net, who may not bet, the player's limits and the house's, the book matched best price first then oldest at the resting ratio, the balance,
-- the transfer with its postings, offer, duels and the market's sequence. Written to be fast: one visit to each row,
-- no function call but this one.
CREATE FUNCTION bench_place_bet(
  p_id uuid, p_market int, p_player uuid, p_side text, p_stake bigint, p_ask bigint
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := sha256(convert_to(concat_ws('|', 'place-offer', p_player, p_market, p_side, p_stake, p_ask), 'UTF8'));
  v_market record;
  v_player record;
  v_stored record;
  v_resting record;
  v_now timestamptz;
  v_day timestamptz;
  v_barred text;
  v_staked record;
  v_limit record;
  v_refusal jsonb;
  v_status smallint := 200;
  v_limits jsonb;
  v_commission_bps bigint;
  v_tax_bps bigint;
  v_commission_base text;
  v_tax_base text;
  v_unit bigint;
  v_p bigint;
  v_q bigint;
  v_seq bigint;
  v_offer_seq bigint;
  v_left bigint := p_stake;
  v_units bigint;
  v_maker bigint;
  v_taker bigint;
  v_fee bigint;
  v_payout bigint;
  v_tax bigint;
  v_open bigint;
  v_returned bigint;
  v_duel uuid;
  v_bets jsonb := '[]';
  v_answer jsonb;
BEGIN
  SELECT m.state, m.rule_card, m.hard_stop_at, m.last_seq, m.escrow_account_id, m.is_test, m.opened_at INTO v_market
  FROM market m WHERE m.id = p_market FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('code', 'not_found');
  END IF;
  SELECT o.input_hash, o.answer INTO v_stored FROM operation o WHERE o.id = p_id;
  IF FOUND THEN
    RETURN CASE WHEN v_stored.input_hash = v_hash THEN v_stored.answer
      ELSE jsonb_build_object('code', 'operation_id_reused') END;
  END IF;
  SELECT p.available_account_id AS account, p.state, p.is_test, b.amount_xof INTO v_player
  FROM player p JOIN ledger.balance b ON b.account_id = p.available_account_id
  WHERE p.id = p_player FOR NO KEY UPDATE OF b;
  IF NOT FOUND OR v_player.is_test <> v_market.is_test THEN
    RETURN jsonb_build_object('code', 'not_found');
  END IF;

  v_now := clock_timestamp();
  v_day := v_now - interval '24 hours';
  -- After the balance's lock, like the server: who may bet, and what he has staked.
  SELECT w.code INTO v_barred FROM (
    SELECT n.code FROM who_may_not_play(ARRAY[p_player]) n
    UNION ALL SELECT 'reality_check_due' FROM reality_checks_due(ARRAY[p_player])) w LIMIT 1;
  SELECT coalesce(sum(t.stake_xof) FILTER (WHERE t.market_id = p_market), 0) AS market_xof,
    coalesce(sum(t.stake_xof) FILTER (WHERE t.made_at IS NULL OR t.made_at >= v_day), 0) AS day_xof,
    min(t.made_at) FILTER (WHERE t.made_at >= v_day) AS day_oldest_at
  INTO v_staked FROM stakes_of(p_player, least(v_day, v_market.opened_at)) t;
  SELECT l.kind, l.limit_xof - l.used_xof AS left_xof INTO v_limit
  FROM play_limits_of(ARRAY[p_player], ARRAY['stake', 'loss'], v_now) l ORDER BY l.limit_xof - l.used_xof LIMIT 1;

  v_limits := v_market.rule_card->'limits';
  v_unit := (v_limits->>'stakeUnitXof')::bigint;
  v_commission_bps := (v_market.rule_card#>>'{rates,commissionBps}')::bigint;
  v_commission_base := v_market.rule_card#>>'{rates,commissionBase}';
  v_tax_bps := (v_market.rule_card#>>'{rates,taxBps}')::bigint;
  v_tax_base := v_market.rule_card#>>'{rates,taxBase}';
  v_p := p_stake / gcd(p_stake, p_ask);
  v_q := p_ask / gcd(p_stake, p_ask);
  v_refusal := CASE
    WHEN v_barred IS NOT NULL THEN jsonb_build_object('code', v_barred, 'params', '{}'::jsonb)
    WHEN v_market.state IN ('closed', 'settling', 'settled') OR v_now >= v_market.hard_stop_at
      THEN '{"code":"market_closed","params":{}}'
    WHEN v_market.state = 'suspended' THEN '{"code":"market_suspended","params":{}}'
    WHEN v_market.state <> 'open' THEN '{"code":"market_not_open","params":{}}'
    WHEN p_stake < (v_limits->>'stakeMinXof')::bigint THEN '{"code":"stake_below_min"}'
    WHEN p_stake > (v_limits->>'stakeMaxXof')::bigint THEN '{"code":"stake_above_max"}'
    WHEN p_ask < (v_limits->>'stakeMinXof')::bigint THEN '{"code":"ask_below_min"}'
    WHEN p_ask > (v_limits->>'stakeMaxXof')::bigint THEN '{"code":"ask_above_max"}'
    WHEN bench_net_is_below(p_stake, p_ask, v_commission_bps, v_commission_base, v_tax_bps, v_tax_base)
      OR bench_net_is_below(p_ask, p_stake, v_commission_bps, v_commission_base, v_tax_bps, v_tax_base)
      THEN '{"code":"net_below_stake"}'
    WHEN v_p > 20 OR v_q > 20 OR p_stake % (v_p * v_unit) <> 0 THEN '{"code":"amount_off_ladder"}'
    WHEN v_limit.left_xof < p_stake THEN jsonb_build_object('code', 'limit_' || v_limit.kind)
    WHEN 1000000 - v_staked.market_xof < p_stake THEN '{"code":"limit_market"}'
    WHEN 2000000 - v_staked.day_xof < p_stake THEN '{"code":"limit_house_day"}'
    WHEN v_player.amount_xof < p_stake
      THEN jsonb_build_object('code', 'insufficient_funds', 'params', jsonb_build_object('missingXof', p_stake - v_player.amount_xof))
  END;
  IF v_refusal IS NOT NULL THEN
    INSERT INTO operation (id, kind, actor_id, input_hash, status, answer, recorded_at)
    VALUES (p_id, 'place-offer', p_player, v_hash, 409, v_refusal, v_now);
    RETURN v_refusal;
  END IF;

  v_seq := v_market.last_seq + 1;
  v_offer_seq := v_seq;
  FOR v_resting IN
    SELECT o.id, o.player_id, o.ratio_stake, o.ratio_ask, o.open_xof, p.pseudonym
    FROM offer o JOIN player p ON p.id = o.player_id
    WHERE o.market_id = p_market AND o.side = CASE p_side WHEN 'A' THEN 'B' ELSE 'A' END AND o.is_open
      AND o.price <= 232792560::bigint * v_p / v_q
    ORDER BY o.price, o.seq
  LOOP
    CONTINUE WHEN v_resting.player_id = p_player OR v_resting.ratio_ask * v_q > v_p * v_resting.ratio_stake;
    v_units := least(v_left / (v_resting.ratio_ask * v_unit), v_resting.open_xof / (v_resting.ratio_stake * v_unit));
    CONTINUE WHEN v_units = 0;
    v_maker := v_units * v_resting.ratio_stake * v_unit;
    v_taker := v_units * v_resting.ratio_ask * v_unit;
    v_seq := v_seq + 1;
    v_left := v_left - v_taker;
    v_duel := uuidv7();
    v_fee := CASE v_commission_base WHEN 'pot' THEN v_maker + v_taker ELSE v_maker END * v_commission_bps / 10000;
    v_payout := v_maker + v_taker - v_fee;
    v_tax := CASE v_tax_base WHEN 'none' THEN 0 WHEN 'payout' THEN v_payout
      ELSE greatest(v_payout - v_taker, 0) END * v_tax_bps / 10000;
    UPDATE offer SET open_xof = open_xof - v_maker, filled_xof = filled_xof + v_maker WHERE id = v_resting.id;
    INSERT INTO duel (id, market_id, seq, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id,
      stake_a_xof, stake_b_xof, made_at, salt)
    VALUES (v_duel, p_market, v_seq, CASE p_side WHEN 'A' THEN 'B' ELSE 'A' END, v_resting.id, p_id,
      CASE p_side WHEN 'A' THEN p_player ELSE v_resting.player_id END,
      CASE p_side WHEN 'B' THEN p_player ELSE v_resting.player_id END,
      CASE p_side WHEN 'A' THEN v_taker ELSE v_maker END,
      CASE p_side WHEN 'B' THEN v_taker ELSE v_maker END, v_now, uuid_send(gen_random_uuid()));
    v_bets := v_bets || jsonb_build_object('betId', v_duel, 'stakeXof', v_taker, 'opponentStakeXof', v_maker,
      'netXof', v_payout - v_tax, 'opponent', v_resting.pseudonym);
    EXIT WHEN v_left < v_unit;
  END LOOP;

  v_open := v_left / (v_p * v_unit) * (v_p * v_unit);
  IF v_open < (v_limits->>'stakeMinXof')::bigint OR v_open / v_p * v_q < (v_limits->>'stakeMinXof')::bigint THEN
    v_open := 0;
  END IF;
  v_returned := v_left - v_open;
  INSERT INTO offer (id, market_id, player_id, seq, side, ratio_stake, ratio_ask, stake_xof, ask_xof,
    open_xof, filled_xof, returned_xof, placed_at)
  VALUES (p_id, p_market, p_player, v_offer_seq, p_side, v_p, v_q, p_stake, p_ask,
    v_open, p_stake - v_left, v_returned, v_now);
  v_answer := jsonb_build_object('operationId', p_id, 'offerId', p_id, 'marketId', p_market, 'side', p_side,
    'stakeXof', p_stake, 'askXof', p_ask, 'filledXof', p_stake - v_left, 'openXof', v_open,
    'returnedXof', v_returned, 'placedAt', v_now, 'bets', v_bets);
  INSERT INTO operation (id, kind, actor_id, input_hash, status, answer, recorded_at)
  VALUES (p_id, 'place-offer', p_player, v_hash, v_status, v_answer, v_now);
  INSERT INTO ledger.transfer (id, kind, input_hash, recorded_at) VALUES (p_id, 'offer_placed', v_hash, v_now);
  INSERT INTO ledger.posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
  VALUES (p_id, 0, v_player.account, v_market.escrow_account_id, p_stake, v_now);
  IF v_returned > 0 THEN
    INSERT INTO ledger.posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
    VALUES (p_id, 1, v_market.escrow_account_id, v_player.account, v_returned, v_now);
  END IF;
  UPDATE ledger.balance SET amount_xof = amount_xof - (p_stake - v_returned) WHERE account_id = v_player.account;
  UPDATE market SET last_seq = v_seq WHERE id = p_market;
  RETURN v_answer;
END $$;

-- Whether a winner at these stakes would not hold more than he put. Inlined by the planner.
CREATE FUNCTION bench_net_is_below(
  p_winner bigint, p_loser bigint, p_commission_bps bigint, p_commission_base text, p_tax_bps bigint, p_tax_base text
) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT s.payout * 10000 - p_tax_bps
      * CASE p_tax_base WHEN 'none' THEN 0 WHEN 'payout' THEN s.payout ELSE greatest(s.payout - p_winner * 10000, 0) END
    <= p_winner * 100000000
  FROM (SELECT (p_winner + p_loser) * 10000
    - CASE p_commission_base WHEN 'pot' THEN p_winner + p_loser ELSE p_loser END * p_commission_bps) AS s (payout)
$$;

-- The id of the n-th player of the measurement.
CREATE FUNCTION bench_player(p_number int) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(p_number), 12, '0'))::uuid $$;

-- Fills the tables before anything is measured, so that no plan is made for empty ones: `p_bets` bets that meet each
-- other, then a book: 500 open offers that anyone takes at once, and 200 on each side that ask too much.
CREATE PROCEDURE bench_fill(p_market int, p_players int, p_bets int)
LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1..p_bets LOOP
    PERFORM bench_place_bet(gen_random_uuid(), p_market, bench_player(1 + i % p_players),
      CASE i % 2 WHEN 0 THEN 'A' ELSE 'B' END, 1000, 1000);
    IF i % 200 = 0 THEN COMMIT; END IF;
  END LOOP;
  FOR i IN 1..500 LOOP
    PERFORM bench_place_bet(gen_random_uuid(), p_market, bench_player(1 + i % p_players), 'A', 1000, 1000);
  END LOOP;
  FOR i IN 1..200 LOOP
    PERFORM bench_place_bet(gen_random_uuid(), p_market, bench_player(1 + i % p_players), 'A', 1000, 1500);
    PERFORM bench_place_bet(gen_random_uuid(), p_market, bench_player(1 + i % p_players), 'B', 1000, 1500);
  END LOOP;
END $$;
