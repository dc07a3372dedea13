-- Responsible play: a player's own limits, his pauses and exclusions, his reality check; and what a batch of bets reads
-- of them under its locks.
--
-- All of it is written under the lock of the player's balance, which every bet of his takes: what a bet reads after
-- that lock is what stands.

-- Limits that a player has set himself, with their history. One row for each change he asked for.
CREATE TABLE play_limit (
  -- The operation that asked for it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  kind text NOT NULL,
  period text NOT NULL,
  -- Null: no limit.
  limit_xof bigint,
  asked_at timestamptz NOT NULL,
  -- A loosening: from when on he may confirm it.
  confirm_from timestamptz,
  -- `pending` waits for his confirmation. `ended` was in force and has been replaced; `dropped` never came into force.
  state text NOT NULL,
  in_force_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT play_limit_kind_known CHECK (kind IN ('deposit', 'stake', 'loss')),
  CONSTRAINT play_limit_period_known CHECK (period IN ('day', 'week', 'month')),
  CONSTRAINT play_limit_amount CHECK (limit_xof >= 0),
  CONSTRAINT play_limit_state_known CHECK (state IN ('pending', 'in_force', 'ended', 'dropped')),
  CONSTRAINT play_limit_waits_a_day CHECK (confirm_from >= asked_at + interval '24 hours'),
  CONSTRAINT play_limit_loosened_late CHECK (in_force_at >= confirm_from),
  CONSTRAINT play_limit_pending_is_loosening CHECK (state <> 'pending' OR confirm_from IS NOT NULL),
  CONSTRAINT play_limit_in_force_whole CHECK ((state IN ('in_force', 'ended')) = (in_force_at IS NOT NULL)),
  CONSTRAINT play_limit_ended_whole CHECK ((state IN ('ended', 'dropped')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX play_limit_in_force ON play_limit (player_id, kind, period) WHERE state = 'in_force';
CREATE UNIQUE INDEX play_limit_pending ON play_limit (player_id, kind, period) WHERE state = 'pending';
GRANT SELECT, INSERT ON play_limit TO mbayar_app;
GRANT UPDATE (state, in_force_at, ended_at) ON play_limit TO mbayar_app;

-- Pauses and exclusions: facts, never shortened and never taken back.
CREATE TABLE exclusion (
  -- The operation that asked for it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  kind text NOT NULL,
  began_at timestamptz NOT NULL,
  -- Null: for good.
  ends_at timestamptz,
  -- When he may play again. Of a cool-off, its end; of a self-exclusion, a day after he asked for it, which he can do
  -- only after its end.
  returns_at timestamptz,
  CONSTRAINT exclusion_kind_known CHECK (kind IN ('cool_off', 'self_exclusion')),
  CONSTRAINT exclusion_lasts CHECK (ends_at > began_at),
  CONSTRAINT exclusion_cool_off_ends CHECK (kind <> 'cool_off' OR (ends_at IS NOT NULL AND returns_at = ends_at)),
  CONSTRAINT exclusion_returns_late CHECK (kind = 'cool_off' OR returns_at >= ends_at + interval '24 hours'),
  CONSTRAINT exclusion_for_good CHECK (ends_at IS NOT NULL OR returns_at IS NULL)
);
CREATE INDEX exclusion_player ON exclusion (player_id);

CREATE FUNCTION exclusion_keep() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.returns_at IS NOT NULL
    OR (NEW.id, NEW.player_id, NEW.kind, NEW.began_at) IS DISTINCT FROM (OLD.id, OLD.player_id, OLD.kind, OLD.began_at)
    OR NEW.ends_at IS DISTINCT FROM OLD.ends_at THEN
    RAISE EXCEPTION 'an exclusion is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'exclusion_kept';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exclusion_kept BEFORE UPDATE OR DELETE ON exclusion FOR EACH ROW EXECUTE FUNCTION exclusion_keep();
REVOKE ALL ON FUNCTION exclusion_keep() FROM PUBLIC;
GRANT SELECT, INSERT ON exclusion TO mbayar_app;
GRANT UPDATE (returns_at) ON exclusion TO mbayar_app;

-- Who wants to be told how long he has been here. Due once `due_at` has passed, in a session as old as the interval.
CREATE TABLE reality_check (
  player_id uuid PRIMARY KEY REFERENCES player (id),
  every_minutes smallint NOT NULL,
  due_at timestamptz NOT NULL,
  CONSTRAINT reality_check_interval_known CHECK (every_minutes IN (15, 30, 60))
);
GRANT SELECT, INSERT, DELETE ON reality_check TO mbayar_app;
GRANT UPDATE (every_minutes, due_at) ON reality_check TO mbayar_app;

-- A deposit that arrives for who may not play goes back to its payer as a withdrawal of its own.
ALTER TABLE deposit DROP CONSTRAINT deposit_state_known;
ALTER TABLE deposit ADD CONSTRAINT deposit_state_known
  CHECK (state IN ('requested', 'credited', 'refused', 'review', 'returned'));
ALTER TABLE withdrawal ADD COLUMN returns_deposit uuid REFERENCES deposit (id),
  ADD CONSTRAINT withdrawal_returns_once UNIQUE (returns_deposit);

-- Own stakes at a glance: open parts by player; duels are found by `duel_player_a` and `duel_player_b`.
CREATE INDEX offer_player_open ON offer (player_id) WHERE is_open;
-- How far back a duel that still counts as loss can lie.
CREATE INDEX market_unsettled ON market (opened_at) WHERE state IN ('open', 'suspended', 'closed', 'settling');
CREATE INDEX settlement_started_at ON settlement (started_at);

-- A period's length. The same as `periodMs` in core/src/responsible-play.ts.
CREATE FUNCTION play_window(p_period text) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_period WHEN 'day' THEN interval '24 hours' WHEN 'week' THEN interval '168 hours' ELSE interval '720 hours' END
$$;

-- What a player has at stake or has staked since an instant: the open parts of his offers, whenever placed, and his own
-- stakes in duels made since, void ones left out. A fill moves a stake from the first to the second and adds nothing.
CREATE FUNCTION stakes_of(p_player uuid, p_since timestamptz)
  RETURNS TABLE (market_id int, stake_xof bigint, made_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT o.market_id, o.open_xof, NULL::timestamptz FROM offer o WHERE o.player_id = p_player AND o.is_open
  UNION ALL
  SELECT d.market_id, d.stake_a_xof, d.made_at FROM duel d
  WHERE d.player_a_id = p_player AND d.made_at >= p_since AND d.outcome IS DISTINCT FROM 'void'
  UNION ALL
  SELECT d.market_id, d.stake_b_xof, d.made_at FROM duel d
  WHERE d.player_b_id = p_player AND d.made_at >= p_since AND d.outcome IS DISTINCT FROM 'void'
$$;

-- How much of a limit of this kind is used in the window that began at an instant, and when the oldest part of it came
-- in: null when none will leave by the clock alone.
--
-- - stake: `stakes_of`.
-- - loss: what is at stake counts as lost until it is settled, whenever it was staked; then stake less payout, at the
--   instant of the settlement. A void one has lost nothing; what is won makes room again.
-- - deposit: asked for and not refused or returned.
CREATE FUNCTION play_used(p_player uuid, p_kind text, p_since timestamptz)
  RETURNS TABLE (used_xof bigint, oldest_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_made_since timestamptz;
BEGIN
  CASE p_kind
  WHEN 'stake' THEN
    RETURN QUERY SELECT coalesce(sum(s.stake_xof), 0)::bigint, min(s.made_at) FROM stakes_of(p_player, p_since) s;
  WHEN 'deposit' THEN
    RETURN QUERY SELECT coalesce(sum(d.amount_xof), 0)::bigint, min(coalesce(d.credited_at, d.requested_at))
      FROM deposit d
      WHERE d.player_id = p_player AND coalesce(d.credited_at, d.requested_at) >= p_since
        AND d.state NOT IN ('refused', 'returned');
  ELSE
    -- No duel is older than its market's opening.
    v_made_since := least(
      (SELECT min(m.opened_at) FROM market m WHERE m.state IN ('open', 'suspended', 'closed', 'settling')),
      (SELECT min(m.opened_at) FROM settlement s JOIN market m ON m.id = s.market_id WHERE s.started_at >= p_since));
    RETURN QUERY
      SELECT (coalesce(sum(t.lost_xof), 0)
          + coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.player_id = p_player AND o.is_open), 0))::bigint,
        min(t.settled_at) FILTER (WHERE t.lost_xof > 0)
      FROM (
        SELECT d.stake_a_xof - coalesce(d.payout_a_xof, 0) AS lost_xof, s.started_at AS settled_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_a_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
        UNION ALL
        SELECT d.stake_b_xof - coalesce(d.payout_b_xof, 0), s.started_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_b_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
      ) t;
  END CASE;
END $$;

-- The limits in force of these players, of these kinds, with what is used of each.
CREATE FUNCTION play_limits_of(p_players uuid[], p_kinds text[], p_now timestamptz)
  RETURNS TABLE (player_id uuid, kind text, period text, limit_xof bigint, used_xof bigint, until_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT l.player_id, l.kind, l.period, l.limit_xof, u.used_xof, u.oldest_at + play_window(l.period)
  FROM play_limit l CROSS JOIN LATERAL play_used(l.player_id, l.kind, p_now - play_window(l.period)) u
  WHERE l.player_id = ANY (p_players) AND l.state = 'in_force' AND l.limit_xof IS NOT NULL AND l.kind = ANY (p_kinds)
$$;

-- Who is barred by phone or identity (staff, wrestlers, referees, promoters) is said by the list of the staff's feature;
-- a database without that list bars nobody by it.
DO $$ BEGIN
  IF to_regprocedure('barred_players(uuid[])') IS NULL THEN
    CREATE FUNCTION barred_players(p_players uuid[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE AS 'SELECT p FROM unnest(p_players) AS p WHERE false';
    REVOKE ALL ON FUNCTION barred_players(uuid[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION barred_players(uuid[]) TO mbayar_app;
  END IF;
END $$;

-- Who of these players may neither bet nor deposit, and why: the code of the refusal. The one place that says so.
CREATE FUNCTION who_may_not_play(p_players uuid[]) RETURNS TABLE (player_id uuid, code text, until_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT e.player_id, CASE e.kind WHEN 'cool_off' THEN 'player_cooling_off' ELSE 'player_self_excluded' END, e.returns_at
  FROM exclusion e
  WHERE e.player_id = ANY (p_players) AND (e.returns_at IS NULL OR e.returns_at > clock_timestamp())
  UNION ALL
  SELECT p.id, CASE WHEN p.state <> 'active' THEN 'player_may_not_bet' ELSE 'player_under_age' END, NULL
  FROM player p
  WHERE p.id = ANY (p_players)
    AND (p.state <> 'active' OR p.birth_date > (clock_timestamp() - interval '18 years')::date)
  UNION ALL
  SELECT b.id, 'player_may_not_bet', NULL FROM barred_players(p_players) AS b (id)
$$;

-- Who of these players has to look at the clock before he goes on.
CREATE FUNCTION reality_checks_due(p_players uuid[]) RETURNS TABLE (player_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT r.player_id FROM reality_check r
  WHERE r.player_id = ANY (p_players) AND r.due_at <= clock_timestamp()
    AND NOT EXISTS (
      SELECT FROM session s WHERE s.player_id = r.player_id AND s.ended_at IS NULL
        AND s.started_at > clock_timestamp() - r.every_minutes * interval '1 minute')
$$;

-- Locks a market and reads what a batch of its commands needs, each part after the locks: the clock, the operations
-- already answered, the top of the book, the offers named by id, the players' balances (locked in id order), who may not
-- bet and why, and how much of their limits the players have used. One round trip. `p_bettors` are those who would
-- stake. `p_depth_a` and `p_depth_b` say how many open offers of each side to read; one more than asked tells that there
-- are more. No row when the market does not exist.
--
-- Lock, then balances, then the rest: each is a statement of its own, so that it sees what was committed before the lock
-- was got. A player who bets in two markets at once is read in the second after the first has committed.
DROP FUNCTION lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int);
CREATE FUNCTION lock_and_read_market(
  p_market int, p_operations uuid[], p_offers uuid[], p_bettors uuid[], p_accounts bigint[], p_depth_a int, p_depth_b int
) RETURNS TABLE (
  state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint,
  escrow_account_id bigint, operations json, book_a json, book_b json, named json, wallets json, barred json,
  staked json, limits json
)
-- Planned once: the plan is the same for every market, and planning costs as much as reading.
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_market market%ROWTYPE;
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_market FROM market m WHERE m.id = p_market FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets FROM ledger.lock_balances(p_accounts) b;
  v_now := clock_timestamp();
  v_day := v_now - play_window('day');
  RETURN QUERY SELECT
    v_market.state, v_market.rule_card, (extract(epoch FROM v_market.hard_stop_at) * 1000)::bigint,
    v_now::text, floor(extract(epoch FROM v_now) * 1000)::bigint, v_market.last_seq, v_market.escrow_account_id,
    (SELECT json_agg(json_build_array(o.id, encode(o.input_hash, 'hex'), o.answer))
       FROM operation o WHERE o.id = ANY (p_operations)),
    (SELECT json_agg(t.offer) FROM (
       SELECT json_build_array(o.id, o.player_id, (SELECT p.pseudonym FROM player p WHERE p.id = o.player_id),
         o.side, o.ratio_stake, o.ratio_ask, o.seq, o.open_xof) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'A' AND o.is_open
       ORDER BY o.price, o.seq LIMIT p_depth_a) t),
    (SELECT json_agg(t.offer) FROM (
       SELECT json_build_array(o.id, o.player_id, (SELECT p.pseudonym FROM player p WHERE p.id = o.player_id),
         o.side, o.ratio_stake, o.ratio_ask, o.seq, o.open_xof) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'B' AND o.is_open
       ORDER BY o.price, o.seq LIMIT p_depth_b) t),
    (SELECT json_agg(json_build_array(o.id, o.player_id, (SELECT p.pseudonym FROM player p WHERE p.id = o.player_id),
         o.side, o.ratio_stake, o.ratio_ask, o.seq, o.open_xof))
       FROM offer o WHERE o.id = ANY (p_offers) AND o.market_id = p_market),
    v_wallets,
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
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l);
END $$;

REVOKE ALL ON FUNCTION play_window(text), stakes_of(uuid, timestamptz), play_used(uuid, text, timestamptz),
  play_limits_of(uuid[], text[], timestamptz), who_may_not_play(uuid[]), reality_checks_due(uuid[]),
  lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION play_window(text), stakes_of(uuid, timestamptz), play_used(uuid, text, timestamptz),
  play_limits_of(uuid[], text[], timestamptz), who_may_not_play(uuid[]), reality_checks_due(uuid[]),
  lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int) TO mbayar_app;
