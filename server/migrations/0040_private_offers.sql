-- Private offers, offers that end by themselves, bonus money in stakes, and limits on what all players stake together.

-- public: everybody may take it, and only such offers meet by themselves · phone: the account of one number · link:
-- whoever has its link · counter: the maker of the offer it answers.
ALTER TABLE offer
  ADD COLUMN visibility text NOT NULL DEFAULT 'public',
  ADD COLUMN invited_phone text,
  ADD COLUMN invited_player_id uuid REFERENCES player (id),
  ADD COLUMN answers_offer_id uuid REFERENCES offer (id),
  ADD COLUMN expires_at timestamptz,
  -- Bonus money in the open part.
  ADD COLUMN bonus_xof bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT offer_visibility_known CHECK (visibility IN ('public', 'phone', 'link', 'counter')),
  -- The number goes when its owner's data are erased.
  ADD CONSTRAINT offer_invites_by_phone CHECK (invited_phone IS NULL OR visibility = 'phone'),
  ADD CONSTRAINT offer_counter_answers CHECK (
    (visibility = 'counter') = (answers_offer_id IS NOT NULL) AND (visibility = 'counter') = (invited_player_id IS NOT NULL)),
  ADD CONSTRAINT offer_expires_later CHECK (expires_at > placed_at),
  ADD CONSTRAINT offer_bonus_within CHECK (bonus_xof BETWEEN 0 AND open_xof),
  ADD CONSTRAINT offer_bonus_public CHECK (bonus_xof = 0 OR visibility = 'public');
DROP INDEX offer_book;
CREATE INDEX offer_book ON offer (market_id, side, price, seq) WHERE is_open AND visibility = 'public';
CREATE INDEX offer_expiry ON offer (expires_at) WHERE is_open AND expires_at IS NOT NULL;
CREATE INDEX offer_open ON offer (market_id) WHERE is_open;
CREATE INDEX offer_invited_phone ON offer (invited_phone) WHERE invited_phone IS NOT NULL;
CREATE INDEX offer_answers ON offer (answers_offer_id) WHERE answers_offer_id IS NOT NULL;
GRANT UPDATE (bonus_xof, invited_phone) ON offer TO mbayar_app;

-- The part of each stake that is bonus money: a void gives it back as such.
ALTER TABLE duel
  ADD COLUMN bonus_a_xof bigint NOT NULL DEFAULT 0,
  ADD COLUMN bonus_b_xof bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT duel_bonus_within CHECK (bonus_a_xof BETWEEN 0 AND stake_a_xof AND bonus_b_xof BETWEEN 0 AND stake_b_xof);

-- A player's bonus money has an account and a live balance of its own.
CREATE OR REPLACE FUNCTION ledger.open_account(p_kind text, p_subject text, p_is_test boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  SELECT id INTO v_id FROM account WHERE kind = p_kind AND subject = p_subject AND is_test = p_is_test;
  IF FOUND THEN
    RETURN v_id;
  END IF;
  INSERT INTO account (kind, subject, is_test) VALUES (p_kind, p_subject, p_is_test)
  ON CONFLICT ON CONSTRAINT account_named_once DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO STRICT v_id FROM account WHERE kind = p_kind AND subject = p_subject AND is_test = p_is_test;
  ELSIF p_kind IN ('player_available', 'player_bonus') THEN
    INSERT INTO balance (account_id) VALUES (v_id);
  END IF;
  RETURN v_id;
END $$;
ALTER TABLE player ADD COLUMN bonus_account_id bigint REFERENCES ledger.account (id);
GRANT UPDATE (bonus_account_id) ON player TO mbayar_app;

-- Stakes taken in, less what went back before the close.
ALTER TABLE market ADD COLUMN staked_xof bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT market_staked_not_negative CHECK (staked_xof >= 0);
UPDATE market m SET staked_xof =
  coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.market_id = m.id AND o.is_open), 0)
  + coalesce((SELECT sum(d.stake_a_xof + d.stake_b_xof) FROM duel d WHERE d.market_id = m.id), 0);
GRANT UPDATE (staked_xof) ON market TO mbayar_app;

-- What all players have staked in a gala, and in everything that is not settled yet. Read under a lock that each batch
-- of the gala, or of the house, holds until its end, so that parallel batches never go over a limit together; taken only
-- where such a limit is set. Test money counts apart.
CREATE FUNCTION lock_staked_totals(p_gala int, p_is_test boolean, p_of_gala boolean, p_of_house boolean)
  RETURNS TABLE (gala_xof bigint, house_xof bigint)
LANGUAGE plpgsql AS $$
BEGIN
  IF p_of_gala THEN
    PERFORM pg_advisory_xact_lock(hashtext('staked gala'), p_gala);
    SELECT coalesce(sum(m.staked_xof), 0) INTO gala_xof
    FROM (
      SELECT m.staked_xof FROM market m JOIN bout b ON b.id = m.bout_id WHERE b.gala_id = p_gala
      UNION ALL
      SELECT p.staked_xof FROM pool p WHERE p.gala_id = p_gala
    ) m;
  END IF;
  IF p_of_house THEN
    PERFORM pg_advisory_xact_lock(hashtext('staked house'), p_is_test::int);
    SELECT coalesce(sum(m.staked_xof), 0) INTO house_xof
    FROM (
      SELECT m.staked_xof FROM market m
      WHERE m.state IN ('open', 'suspended', 'closed', 'settling') AND m.is_test = p_is_test
      UNION ALL
      SELECT p.staked_xof FROM pool p
      WHERE p.state IN ('open', 'suspended', 'closed', 'settling') AND p.is_test = p_is_test
    ) m;
  END IF;
  RETURN NEXT;
END $$;

-- Whether two accounts look like one person's: the same device, now or before, or the same document.
CREATE FUNCTION accounts_linked(p_one uuid, p_other uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM device a JOIN device b ON b.token_hash = a.token_hash WHERE a.player_id = p_one AND b.player_id = p_other
  ) OR EXISTS (
    SELECT FROM identity_document a JOIN identity_document b ON b.number_print = a.number_print
    WHERE a.player_id = p_one AND b.player_id = p_other)
$$;
CREATE INDEX device_token ON device (token_hash);

-- An offer as a batch reads it.
CREATE FUNCTION offer_row(o offer) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_array(o.id, o.player_id, (SELECT p.pseudonym FROM player p WHERE p.id = o.player_id),
    o.side, o.ratio_stake, o.ratio_ask, o.seq, o.open_xof, o.bonus_xof,
    floor(extract(epoch FROM o.expires_at) * 1000)::bigint, o.visibility,
    CASE o.visibility WHEN 'counter' THEN o.invited_player_id
      WHEN 'phone' THEN (SELECT p.id FROM player p WHERE p.phone = o.invited_phone) END)
$$;

-- As before, and: `bonuses` are the bonus accounts and balances of the players of the batch, locked with the others;
-- `linked` names takers of private offers whose accounts are linked with the maker's; `totals` is what all players have
-- staked in the market, the gala and the house. `p_takers` has one entry for each of `p_offers`, null for who does not
-- take it. `p_of_gala` and `p_of_house` say which totals are limited.
--
-- Lock order: market, gala, house, balances.
DROP FUNCTION lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int);
CREATE FUNCTION lock_and_read_market(
  p_market int, p_operations uuid[], p_offers uuid[], p_takers uuid[], p_bettors uuid[], p_players uuid[],
  p_accounts bigint[], p_depth_a int, p_depth_b int, p_of_gala boolean, p_of_house boolean
) RETURNS TABLE (
  state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint,
  escrow_account_id bigint, operations json, book_a json, book_b json, named json, wallets json, bonuses json,
  barred json, staked json, limits json, linked json, totals json
)
-- Planned once: the plan is the same for every market, and planning costs as much as reading.
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_market market%ROWTYPE;
  v_totals record;
  v_bonus bigint[];
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_market FROM market m WHERE m.id = p_market FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_of_gala OR p_of_house THEN
    SELECT t.gala_xof, t.house_xof INTO v_totals
    FROM bout b CROSS JOIN LATERAL lock_staked_totals(b.gala_id, v_market.is_test, p_of_gala, p_of_house) t
    WHERE b.id = v_market.bout_id;
  ELSE
    SELECT NULL::bigint AS gala_xof, NULL::bigint AS house_xof INTO v_totals;
  END IF;
  SELECT array_agg(p.bonus_account_id) INTO v_bonus
  FROM player p WHERE p.id = ANY (p_players) AND p.bonus_account_id IS NOT NULL;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets
  FROM ledger.lock_balances(p_accounts || coalesce(v_bonus, '{}')) b;
  v_now := clock_timestamp();
  v_day := v_now - play_window('day');
  RETURN QUERY SELECT
    v_market.state, v_market.rule_card, (extract(epoch FROM v_market.hard_stop_at) * 1000)::bigint,
    v_now::text, floor(extract(epoch FROM v_now) * 1000)::bigint, v_market.last_seq, v_market.escrow_account_id,
    (SELECT json_agg(json_build_array(o.id, encode(o.input_hash, 'hex'), o.answer))
       FROM operation o WHERE o.id = ANY (p_operations)),
    (SELECT json_agg(t.offer) FROM (
       SELECT offer_row(o) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'A' AND o.is_open AND o.visibility = 'public'
         AND (o.expires_at IS NULL OR o.expires_at > v_now)
       ORDER BY o.price, o.seq LIMIT p_depth_a) t),
    (SELECT json_agg(t.offer) FROM (
       SELECT offer_row(o) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'B' AND o.is_open AND o.visibility = 'public'
         AND (o.expires_at IS NULL OR o.expires_at > v_now)
       ORDER BY o.price, o.seq LIMIT p_depth_b) t),
    (SELECT json_agg(offer_row(o)) FROM offer o WHERE o.id = ANY (p_offers) AND o.market_id = p_market),
    v_wallets,
    (SELECT json_agg(json_build_array(p.id, p.bonus_account_id)) FROM player p
       WHERE v_bonus IS NOT NULL AND p.id = ANY (p_players) AND p.bonus_account_id IS NOT NULL),
    (SELECT json_agg(json_build_array(w.player_id, w.code, w.until_at)) FROM (
       SELECT n.player_id, n.code, n.until_at FROM who_may_not_play(p_bettors) n
       UNION ALL
       SELECT c.player_id, 'reality_check_due', NULL FROM reality_checks_due(p_bettors) c) w),
    -- Staked in this market, and in any market in 24 hours, for the house's own limits.
    (SELECT json_agg(json_build_array(b.id, s.market_xof, s.day_xof, s.day_oldest_at + play_window('day')))
       FROM unnest(p_bettors) AS b (id) CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof) FILTER (WHERE t.market_id = p_market), 0) AS market_xof,
           coalesce(sum(t.stake_xof) FILTER (WHERE t.made_at IS NULL OR t.made_at >= v_day), 0) AS day_xof,
           min(t.made_at) FILTER (WHERE t.made_at >= v_day) AS day_oldest_at
         FROM stakes_of(b.id, least(v_day, v_market.opened_at)) t) s),
    (SELECT json_agg(json_build_array(l.player_id, l.kind, l.period, l.limit_xof, l.used_xof, l.until_at))
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l),
    (SELECT json_agg(json_build_array(o.id, t.taker))
       FROM unnest(p_offers, p_takers) AS t (offer, taker) JOIN offer o ON o.id = t.offer AND o.visibility <> 'public'
       WHERE t.taker IS NOT NULL AND t.taker <> o.player_id AND accounts_linked(o.player_id, t.taker)),
    json_build_array(v_market.staked_xof, v_totals.gala_xof, v_totals.house_xof);
END $$;

REVOKE ALL ON FUNCTION lock_staked_totals(int, boolean, boolean, boolean), accounts_linked(uuid, uuid), offer_row(offer),
  lock_and_read_market(int, uuid[], uuid[], uuid[], uuid[], uuid[], bigint[], int, int, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_staked_totals(int, boolean, boolean, boolean), accounts_linked(uuid, uuid), offer_row(offer),
  lock_and_read_market(int, uuid[], uuid[], uuid[], uuid[], uuid[], bigint[], int, int, boolean, boolean) TO mbayar_app;
