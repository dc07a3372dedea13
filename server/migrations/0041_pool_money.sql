-- Bonus money in tickets, and pools under the limits on what all players stake together.

-- As before, and: `bonuses` are the bonus accounts of the players of the batch, their balances locked with the others;
-- `staked_totals` is what all players have staked in the pool, its gala and the house. `p_of_gala` and `p_of_house` say
-- which totals are limited: only then is their lock taken.
--
-- Lock order: pool, gala, house, balances.
DROP FUNCTION lock_and_read_pool(int, uuid[], uuid[], bigint[], text[]);
CREATE FUNCTION lock_and_read_pool(
  p_pool int, p_operations uuid[], p_bettors uuid[], p_accounts bigint[], p_picks text[], p_of_gala boolean,
  p_of_house boolean
) RETURNS TABLE (
  state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint, staked_xof bigint,
  escrow_account_id bigint, operations json, totals json, wallets json, bonuses json, barred json, staked json,
  limits json, staked_totals json
)
-- Planned once: the plan is the same for every pool, and planning costs as much as reading.
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_pool pool%ROWTYPE;
  v_totals record;
  v_bonus bigint[];
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_pool FROM pool p WHERE p.id = p_pool FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_of_gala OR p_of_house THEN
    SELECT t.gala_xof, t.house_xof INTO v_totals
    FROM lock_staked_totals(v_pool.gala_id, v_pool.is_test, p_of_gala, p_of_house) t;
  ELSE
    SELECT NULL::bigint AS gala_xof, NULL::bigint AS house_xof INTO v_totals;
  END IF;
  SELECT array_agg(p.bonus_account_id) INTO v_bonus
  FROM player p WHERE p.id = ANY (p_bettors) AND p.bonus_account_id IS NOT NULL;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets
  FROM ledger.lock_balances(p_accounts || coalesce(v_bonus, '{}')) b;
  v_now := clock_timestamp();
  v_day := v_now - play_window('day');
  RETURN QUERY SELECT
    v_pool.state, v_pool.rule_card, (extract(epoch FROM v_pool.hard_stop_at) * 1000)::bigint,
    v_now::text, floor(extract(epoch FROM v_now) * 1000)::bigint, v_pool.last_seq, v_pool.staked_xof,
    v_pool.escrow_account_id,
    (SELECT json_agg(json_build_array(o.id, encode(o.input_hash, 'hex'), o.answer))
       FROM operation o WHERE o.id = ANY (p_operations)),
    (SELECT json_object_agg(t.picks, t.staked_xof) FROM pool_total t WHERE t.pool_id = p_pool AND t.picks = ANY (p_picks)),
    v_wallets,
    (SELECT json_agg(json_build_array(p.id, p.bonus_account_id)) FROM player p
       WHERE v_bonus IS NOT NULL AND p.id = ANY (p_bettors) AND p.bonus_account_id IS NOT NULL),
    (SELECT json_agg(json_build_array(w.player_id, w.code, w.until_at)) FROM (
       SELECT n.player_id, n.code, n.until_at FROM who_may_not_play(p_bettors) n
       UNION ALL
       SELECT c.player_id, 'reality_check_due', NULL FROM reality_checks_due(p_bettors) c) w),
    -- Staked in this pool, and anywhere in 24 hours, for the house's own limits.
    (SELECT json_agg(json_build_array(b.id, k.pool_xof, s.day_xof, s.day_oldest_at + play_window('day')))
       FROM unnest(p_bettors) AS b (id)
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof), 0) AS pool_xof FROM pool_ticket t
         WHERE t.player_id = b.id AND t.made_at >= v_pool.opened_at AND t.pool_id = p_pool) k
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof), 0) AS day_xof, min(t.made_at) AS day_oldest_at
         FROM stakes_of(b.id, v_day) t) s),
    (SELECT json_agg(json_build_array(l.player_id, l.kind, l.period, l.limit_xof, l.used_xof, l.until_at))
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l),
    json_build_array(v_pool.staked_xof, v_totals.gala_xof, v_totals.house_xof);
END $$;

REVOKE ALL ON FUNCTION lock_and_read_pool(int, uuid[], uuid[], bigint[], text[], boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_and_read_pool(int, uuid[], uuid[], bigint[], text[], boolean, boolean) TO mbayar_app;
