-- Galas, bouts and their markets; offers and duels; results and settlements.
--
-- A market's row is the lock of everything that happens in it: placing, accepting, cancelling, closing and settling
-- take it first (then offers, then balances, each in id order) and the instants they record are read after it.

CREATE TABLE gala (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  venue text NOT NULL,
  promoter text,
  -- Who decides the verdicts (CNG until January 2026, then FSL): data, never a constant.
  authority text NOT NULL,
  -- Rules that changed five times in five years belong to the evening.
  round_count smallint NOT NULL DEFAULT 2,
  round_minutes smallint NOT NULL DEFAULT 10,
  break_minutes smallint NOT NULL DEFAULT 5,
  extension_minutes smallint NOT NULL DEFAULT 0,
  warnings_limit smallint NOT NULL DEFAULT 5,
  starts_at timestamptz NOT NULL,
  visibility text NOT NULL,
  is_test boolean NOT NULL,
  -- The operation that created it; the demonstration and the smoke test find theirs again by it.
  created_by_operation uuid NOT NULL UNIQUE,
  CONSTRAINT gala_visibility_known CHECK (visibility IN ('public', 'hidden'))
);
CREATE INDEX gala_starts_at ON gala (starts_at);

CREATE TABLE bout (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gala_id int NOT NULL REFERENCES gala (id),
  position smallint NOT NULL,
  wrestler_a_id int NOT NULL REFERENCES wrestler (id),
  wrestler_b_id int NOT NULL REFERENCES wrestler (id),
  title text,
  scheduled_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'announced',
  CONSTRAINT bout_two_wrestlers CHECK (wrestler_a_id <> wrestler_b_id),
  CONSTRAINT bout_position_once UNIQUE (gala_id, position),
  CONSTRAINT bout_state_known CHECK (state IN ('announced', 'whistled', 'decided', 'cancelled'))
);

CREATE TABLE market (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bout_id int NOT NULL REFERENCES bout (id),
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  is_test boolean NOT NULL,
  escrow_account_id bigint NOT NULL REFERENCES ledger.account (id),
  -- Frozen at opening: what wins, what voids, who decides, rates, limits (core/market.ts, RuleCard).
  rule_card jsonb,
  hard_stop_at timestamptz NOT NULL,
  opened_at timestamptz,
  closed_at timestamptz,
  close_cause text,
  -- Order of arrival of offers and duels, given under this row's lock.
  last_seq bigint NOT NULL DEFAULT 0,
  -- Merkle root of the bets at close; published before any result.
  root bytea,
  root_duel_count int,
  root_published_at timestamptz,
  CONSTRAINT market_kind_once UNIQUE (bout_id, kind),
  CONSTRAINT market_kind_known CHECK (kind IN ('winner')),
  CONSTRAINT market_state_known CHECK (state IN ('draft', 'open', 'suspended', 'closed', 'settling', 'settled')),
  CONSTRAINT market_open_has_rule_card CHECK (state = 'draft' OR rule_card IS NOT NULL),
  CONSTRAINT market_close_cause_known CHECK (close_cause IN ('whistle', 'hard_stop', 'cancelled')),
  CONSTRAINT market_closed_has_time CHECK ((state IN ('closed', 'settling', 'settled')) = (closed_at IS NOT NULL)),
  CONSTRAINT market_settled_has_root CHECK (state NOT IN ('settling', 'settled') OR root IS NOT NULL)
) WITH (fillfactor = 50);
CREATE INDEX market_hard_stop ON market (hard_stop_at) WHERE state IN ('open', 'suspended');

-- The rule card of an opened market, its closing instant and its root are written once.
CREATE FUNCTION market_keep_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.rule_card IS NOT NULL AND NEW.rule_card IS DISTINCT FROM OLD.rule_card
    OR OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at
    OR OLD.root IS NOT NULL AND NEW.root IS DISTINCT FROM OLD.root
    OR NEW.last_seq < OLD.last_seq THEN
    RAISE EXCEPTION 'market %: rule card, closing instant, root and sequence are frozen', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'market_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER market_frozen BEFORE UPDATE OF rule_card, closed_at, root ON market
  FOR EACH ROW EXECUTE FUNCTION market_keep_frozen();

CREATE TABLE offer (
  -- The operation that placed it.
  id uuid PRIMARY KEY,
  market_id int NOT NULL REFERENCES market (id),
  player_id uuid NOT NULL REFERENCES player (id),
  seq bigint NOT NULL,
  side text NOT NULL,
  -- Ratio p:q in lowest terms, p my stake, q what the other puts.
  ratio_stake smallint NOT NULL,
  ratio_ask smallint NOT NULL,
  stake_xof bigint NOT NULL,
  ask_xof bigint NOT NULL,
  open_xof bigint NOT NULL,
  filled_xof bigint NOT NULL,
  returned_xof bigint NOT NULL,
  placed_at timestamptz NOT NULL,
  -- What a taker pays for one franc of this offer, as an exact integer (lcm of 1..20 × q ÷ p): the book's order.
  price bigint GENERATED ALWAYS AS (232792560::bigint / ratio_stake * ratio_ask) STORED,
  is_open boolean GENERATED ALWAYS AS (open_xof > 0) STORED,
  CONSTRAINT offer_side_known CHECK (side IN ('A', 'B')),
  CONSTRAINT offer_ratio_on_ladder CHECK (ratio_stake BETWEEN 1 AND 20 AND ratio_ask BETWEEN 1 AND 20),
  CONSTRAINT offer_ratio_exact CHECK (stake_xof * ratio_ask = ask_xof * ratio_stake),
  CONSTRAINT offer_amounts_not_negative CHECK (stake_xof > 0 AND open_xof >= 0 AND filled_xof >= 0 AND returned_xof >= 0),
  CONSTRAINT offer_stake_accounted CHECK (open_xof + filled_xof + returned_xof = stake_xof)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX offer_seq ON offer (market_id, seq);
CREATE INDEX offer_book ON offer (market_id, side, price, seq) WHERE is_open;
CREATE INDEX offer_player ON offer (player_id, placed_at);

CREATE TABLE duel (
  id uuid PRIMARY KEY,
  market_id int NOT NULL REFERENCES market (id),
  seq bigint NOT NULL,
  maker_side text NOT NULL,
  maker_offer_id uuid NOT NULL REFERENCES offer (id),
  -- The placement or acceptance that took it.
  taker_operation_id uuid NOT NULL,
  player_a_id uuid NOT NULL REFERENCES player (id),
  player_b_id uuid NOT NULL REFERENCES player (id),
  stake_a_xof bigint NOT NULL,
  stake_b_xof bigint NOT NULL,
  made_at timestamptz NOT NULL,
  -- 128 random bits that hide the leaf of this duel in the market's tree.
  salt bytea NOT NULL,
  settlement_id uuid,
  outcome text,
  payout_a_xof bigint,
  payout_b_xof bigint,
  commission_xof bigint,
  tax_xof bigint,
  CONSTRAINT duel_side_known CHECK (maker_side IN ('A', 'B')),
  CONSTRAINT duel_two_players CHECK (player_a_id <> player_b_id),
  CONSTRAINT duel_stakes_positive CHECK (stake_a_xof > 0 AND stake_b_xof > 0),
  CONSTRAINT duel_salt_size CHECK (octet_length(salt) = 16),
  CONSTRAINT duel_outcome_known CHECK (outcome IN ('A', 'B', 'void')),
  CONSTRAINT duel_settled_whole CHECK (num_nonnulls(settlement_id, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof) IN (0, 6)),
  CONSTRAINT duel_settled_exactly CHECK (payout_a_xof + payout_b_xof + commission_xof + tax_xof = stake_a_xof + stake_b_xof)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX duel_seq ON duel (market_id, seq);
CREATE INDEX duel_player_a ON duel (player_a_id, made_at, id);
CREATE INDEX duel_player_b ON duel (player_b_id, made_at, id);
CREATE INDEX duel_maker_offer ON duel (maker_offer_id);

-- The true instant of the whistle, when it differs from the press: one person proposes, another confirms.
CREATE TABLE true_whistle (
  bout_id int PRIMARY KEY REFERENCES bout (id),
  at timestamptz NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid REFERENCES staff (id),
  confirmed_at timestamptz,
  CONSTRAINT true_whistle_two_people CHECK (confirmed_by <> proposed_by),
  CONSTRAINT true_whistle_confirmed_whole CHECK (num_nonnulls(confirmed_by, confirmed_at) IN (0, 2))
);

CREATE TABLE result (
  id uuid PRIMARY KEY,
  bout_id int NOT NULL REFERENCES bout (id),
  version smallint NOT NULL,
  ending text NOT NULL,
  winner_side text,
  source text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid REFERENCES staff (id),
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  CONSTRAINT result_ending_known CHECK (ending IN ('fall', 'four_supports', 'ko', 'medical_stop', 'abandon', 'warnings',
    'decision', 'draw', 'no_verdict', 'double_disqualification', 'forfeit', 'opponent_replaced', 'cancelled')),
  CONSTRAINT result_winner_known CHECK (winner_side IN ('A', 'B')),
  CONSTRAINT result_winner_when_won CHECK ((winner_side IS NOT NULL) = (ending IN ('fall', 'four_supports', 'ko',
    'medical_stop', 'abandon', 'warnings', 'decision'))),
  CONSTRAINT result_two_people CHECK (confirmed_by <> proposed_by),
  CONSTRAINT result_confirmed_whole CHECK (num_nonnulls(confirmed_by, confirmed_at) IN (0, 2)),
  CONSTRAINT result_one_fate CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
);
-- A bout has at most one living result of each version: proposed or confirmed, not withdrawn.
CREATE UNIQUE INDEX result_one_living ON result (bout_id, version) WHERE withdrawn_at IS NULL;

CREATE TABLE settlement (
  id uuid PRIMARY KEY,
  market_id int NOT NULL REFERENCES market (id),
  version smallint NOT NULL,
  result_id uuid NOT NULL REFERENCES result (id),
  outcome text NOT NULL,
  state text NOT NULL DEFAULT 'paying',
  -- Duels up to this sequence are paid: where a killed worker's work is taken up again.
  paid_seq bigint NOT NULL DEFAULT 0,
  duel_count int NOT NULL,
  paid_count int NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  CONSTRAINT settlement_version_once UNIQUE (market_id, version),
  CONSTRAINT settlement_outcome_known CHECK (outcome IN ('A', 'B', 'void')),
  CONSTRAINT settlement_state_known CHECK (state IN ('paying', 'done')),
  CONSTRAINT settlement_counts CHECK (paid_count BETWEEN 0 AND duel_count AND (state = 'paying' OR paid_count = duel_count))
);
ALTER TABLE duel ADD CONSTRAINT duel_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id);

-- Locks a market and reads what a batch of its commands needs, each part after the lock: the clock, the operations
-- already answered, the top of the book, the offers named by id, the players' balances (locked in id order), and who
-- may not bet. One round trip. `p_depth_a` and `p_depth_b` say how many open offers of each side to read; one more
-- than asked tells that there are more. No row when the market does not exist.
CREATE FUNCTION lock_and_read_market(
  p_market int, p_operations uuid[], p_offers uuid[], p_players uuid[], p_accounts bigint[], p_depth_a int, p_depth_b int
) RETURNS TABLE (
  state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint,
  escrow_account_id bigint, operations json, book_a json, book_b json, named json, wallets json, barred json
)
-- Planned once: the plan is the same for every market, and planning costs as much as reading.
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_market market%ROWTYPE;
  v_now timestamptz;
BEGIN
  SELECT * INTO v_market FROM market m WHERE m.id = p_market FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  v_now := clock_timestamp();
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
    (SELECT json_object_agg(b.account_id, b.amount_xof) FROM ledger.lock_balances(p_accounts) b),
    (SELECT json_agg(p.id) FROM player p WHERE p.id = ANY (p_players) AND p.state <> 'active');
END $$;

-- What is wrong with the stakes held, one row a finding; read beside ledger.find_faults().
CREATE FUNCTION find_betting_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH held AS (
    SELECT m.id AS market_id,
      coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.market_id = m.id AND o.is_open), 0)
      + coalesce((SELECT sum(d.stake_a_xof + d.stake_b_xof) FROM duel d
                  WHERE d.market_id = m.id AND d.settlement_id IS NULL), 0) AS owed_xof,
      coalesce((SELECT sum(p.amount_xof) FROM ledger.posting p WHERE p.credit_account_id = m.escrow_account_id), 0)
      - coalesce((SELECT sum(p.amount_xof) FROM ledger.posting p WHERE p.debit_account_id = m.escrow_account_id), 0)
        AS escrow_xof
    FROM market m
  )
  SELECT 'escrow_differs', format('market %s holds %s F, open offers and unsettled duels are %s F', market_id, escrow_xof, owed_xof)
  FROM held WHERE escrow_xof <> owed_xof
  UNION ALL
  SELECT 'offer_filled_differs', format('offer %s says %s F filled, its duels %s F', o.id, o.filled_xof, coalesce(f.filled_xof, 0))
  FROM offer o
  LEFT JOIN (
    SELECT s.offer_id, sum(s.stake_xof)::bigint AS filled_xof FROM (
      SELECT d.maker_offer_id AS offer_id, CASE d.maker_side WHEN 'A' THEN d.stake_a_xof ELSE d.stake_b_xof END AS stake_xof FROM duel d
      UNION ALL
      -- A taker's operation that is no offer is an acceptance: it finds none here.
      SELECT d.taker_operation_id, CASE d.maker_side WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END FROM duel d
    ) s GROUP BY s.offer_id
  ) f ON f.offer_id = o.id
  WHERE o.filled_xof <> coalesce(f.filled_xof, 0)
  UNION ALL
  SELECT 'offer_open_after_close', format('offer %s keeps %s F open in settled market %s', o.id, o.open_xof, m.id)
  FROM offer o JOIN market m ON m.id = o.market_id WHERE o.is_open AND m.state = 'settled'
  UNION ALL
  SELECT 'duel_unsettled', format('duel %s of settled market %s is not settled', d.id, m.id)
  FROM duel d JOIN market m ON m.id = d.market_id WHERE m.state = 'settled' AND d.settlement_id IS NULL
  UNION ALL
  SELECT 'duel_after_close', format('duel %s was made after market %s closed', d.id, m.id)
  FROM duel d JOIN market m ON m.id = d.market_id WHERE d.made_at > m.closed_at;
$$;
REVOKE ALL ON FUNCTION find_betting_faults(),
  lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_betting_faults(),
  lock_and_read_market(int, uuid[], uuid[], uuid[], bigint[], int, int) TO mbayar_app;

GRANT SELECT, INSERT ON gala, bout, market, offer, duel, true_whistle, result, settlement TO mbayar_app;
GRANT UPDATE (starts_at) ON gala TO mbayar_app;
GRANT UPDATE (state, scheduled_at) ON bout TO mbayar_app;
GRANT UPDATE (state, rule_card, hard_stop_at, opened_at, closed_at, close_cause, last_seq, root, root_duel_count, root_published_at)
  ON market TO mbayar_app;
GRANT UPDATE (open_xof, filled_xof, returned_xof) ON offer TO mbayar_app;
GRANT UPDATE (settlement_id, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof) ON duel TO mbayar_app;
GRANT UPDATE (at, proposed_by, proposed_at, confirmed_by, confirmed_at) ON true_whistle TO mbayar_app;
GRANT UPDATE (confirmed_by, confirmed_at, withdrawn_at) ON result TO mbayar_app;
GRANT UPDATE (state, paid_seq, paid_count, finished_at) ON settlement TO mbayar_app;
-- A market's id names its escrow account, so it is taken before the row is written.
GRANT USAGE ON SEQUENCE market_id_seq TO mbayar_app;
