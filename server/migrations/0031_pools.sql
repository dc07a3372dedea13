-- Pools: pari-mutuels on one bout or on several bouts of a gala, their tickets and what they paid.
--
-- A pool's row is the lock of everything that happens in it, as a market's is: buying, closing and settling take it
-- first, after the markets' and before the balances. Totals are kept with each ticket, so that a pool of thousands of
-- combinations costs no more than one of two.

ALTER TABLE ledger.account DROP CONSTRAINT account_kind_known;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_known CHECK (kind IN
  ('player_available', 'player_bonus', 'market_escrow', 'pool_escrow', 'pool_remainder', 'commission', 'tax_payable',
   'tax_claim', 'house_loss', 'bonus_expense', 'provider_clearing', 'withdrawal_pending', 'suspense', 'provider_fee',
   'transfer_tax', 'treasury'));

CREATE TABLE pool (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gala_id int NOT NULL REFERENCES gala (id),
  name text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  is_test boolean NOT NULL,
  escrow_account_id bigint NOT NULL REFERENCES ledger.account (id),
  -- Frozen at opening (core/pool-card.ts), with the SHA-256 of its canonical JSON.
  rule_card jsonb,
  rule_card_hash bytea,
  hard_stop_at timestamptz NOT NULL,
  -- A leg that is undecided then counts as right for all: 06:00 of the day after the gala.
  decided_by timestamptz NOT NULL,
  opened_at timestamptz,
  closed_at timestamptz,
  close_cause text,
  -- Order of arrival of tickets, and the sum of their stakes, given under this row's lock.
  last_seq bigint NOT NULL DEFAULT 0,
  staked_xof bigint NOT NULL DEFAULT 0,
  -- Merkle root of the tickets at close; published before any payment.
  root bytea,
  root_ticket_count int,
  root_published_at timestamptz,
  created_by_operation uuid NOT NULL UNIQUE,
  CONSTRAINT pool_state_known CHECK (state IN ('draft', 'open', 'suspended', 'closed', 'settling', 'settled')),
  CONSTRAINT pool_open_has_rule_card CHECK (state = 'draft' OR (rule_card IS NOT NULL AND rule_card_hash IS NOT NULL)),
  CONSTRAINT pool_rule_card_hash_size CHECK (octet_length(rule_card_hash) = 32),
  CONSTRAINT pool_close_cause_known CHECK (close_cause IN ('whistle', 'hard_stop', 'cancelled')),
  CONSTRAINT pool_closed_has_time CHECK ((state IN ('closed', 'settling', 'settled')) = (closed_at IS NOT NULL)),
  CONSTRAINT pool_settled_has_root CHECK (state NOT IN ('settling', 'settled') OR root IS NOT NULL),
  CONSTRAINT pool_stops_before_it_is_decided CHECK (hard_stop_at <= decided_by)
) WITH (fillfactor = 50);
CREATE INDEX pool_gala ON pool (gala_id);
CREATE INDEX pool_hard_stop ON pool (hard_stop_at) WHERE state IN ('open', 'suspended');
CREATE INDEX pool_unsettled ON pool (opened_at) WHERE state IN ('open', 'suspended', 'closed', 'settling');

-- What bettors agreed to, when it closed and what was bet is written once.
CREATE FUNCTION pool_keep_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.rule_card IS NOT NULL
      AND (NEW.rule_card, NEW.rule_card_hash, NEW.decided_by) IS DISTINCT FROM (OLD.rule_card, OLD.rule_card_hash, OLD.decided_by)
    OR OLD.closed_at IS NOT NULL
      AND (NEW.closed_at, NEW.last_seq, NEW.staked_xof) IS DISTINCT FROM (OLD.closed_at, OLD.last_seq, OLD.staked_xof)
    OR OLD.root IS NOT NULL AND NEW.root IS DISTINCT FROM OLD.root
    OR NEW.last_seq < OLD.last_seq THEN
    RAISE EXCEPTION 'pool %: rule card, closing instant, stakes and root are frozen', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_frozen BEFORE UPDATE ON pool FOR EACH ROW EXECUTE FUNCTION pool_keep_frozen();
REVOKE ALL ON FUNCTION pool_keep_frozen() FROM PUBLIC;

-- The questions of a pool, in the order of a ticket's picks. `method` has its four groups as outcomes.
CREATE TABLE pool_leg (
  pool_id int NOT NULL REFERENCES pool (id),
  position smallint NOT NULL,
  bout_id int NOT NULL REFERENCES bout (id),
  kind text NOT NULL,
  line_seconds int,
  PRIMARY KEY (pool_id, position),
  CONSTRAINT pool_leg_position CHECK (position BETWEEN 1 AND 10),
  CONSTRAINT pool_leg_kind_known CHECK (kind IN ('winner', 'over_under', 'method')),
  CONSTRAINT pool_leg_line_known CHECK ((kind = 'over_under') = (line_seconds IS NOT NULL)),
  CONSTRAINT pool_leg_line_plausible CHECK (line_seconds BETWEEN 1 AND 7200),
  CONSTRAINT pool_leg_question_once UNIQUE (pool_id, bout_id, kind)
);
CREATE INDEX pool_leg_bout ON pool_leg (bout_id);

-- What a pool paid, one row a version: the sums that its payments follow from, and how far they are.
CREATE TABLE pool_settlement (
  id uuid PRIMARY KEY,
  pool_id int NOT NULL REFERENCES pool (id),
  version smallint NOT NULL,
  -- One a leg, in their order: what is right, or 'void' when every pick is.
  outcomes text[] NOT NULL,
  -- Tickets bought after the true whistle go back and are not in the sums; null when there is none.
  late_after timestamptz,
  late_xof bigint NOT NULL,
  stakes_xof bigint NOT NULL,
  right_xof bigint NOT NULL,
  -- Why every stake goes back; null when the pool is shared.
  refund_reason text,
  take_out_xof bigint NOT NULL,
  net_pool_xof bigint NOT NULL,
  state text NOT NULL DEFAULT 'paying',
  -- Tickets up to this sequence are paid: where a killed worker's work is taken up again.
  paid_seq bigint NOT NULL DEFAULT 0,
  ticket_count int NOT NULL,
  paid_count int NOT NULL DEFAULT 0,
  -- Paid so far: to tickets that are right before tax, tax, what came back, and in the end what the floors left.
  gross_xof bigint NOT NULL DEFAULT 0,
  tax_xof bigint NOT NULL DEFAULT 0,
  refunded_xof bigint NOT NULL DEFAULT 0,
  remainder_xof bigint,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  CONSTRAINT pool_settlement_version_once UNIQUE (pool_id, version),
  CONSTRAINT pool_settlement_state_known CHECK (state IN ('paying', 'done')),
  CONSTRAINT pool_settlement_reason_known CHECK (refund_reason IN ('all_void', 'no_winner', 'one_sided')),
  CONSTRAINT pool_settlement_shares CHECK (refund_reason IS NOT NULL
    OR (right_xof BETWEEN 1 AND stakes_xof - 1 AND net_pool_xof >= right_xof)),
  CONSTRAINT pool_settlement_sums CHECK (take_out_xof >= 0 AND take_out_xof + net_pool_xof = stakes_xof),
  CONSTRAINT pool_settlement_refunds_whole CHECK (refund_reason IS NULL OR take_out_xof = 0),
  CONSTRAINT pool_settlement_counts
    CHECK (paid_count BETWEEN 0 AND ticket_count AND (state = 'paying' OR paid_count = ticket_count)),
  CONSTRAINT pool_settlement_done_whole CHECK ((state = 'done') = (remainder_xof IS NOT NULL)
    AND (state = 'done') = (finished_at IS NOT NULL)),
  CONSTRAINT pool_settlement_done_exactly CHECK (state = 'paying' OR
    (remainder_xof >= 0 AND gross_xof + remainder_xof + refunded_xof + take_out_xof = stakes_xof + late_xof))
);
CREATE INDEX pool_settlement_started_at ON pool_settlement (started_at);

CREATE TABLE pool_ticket (
  -- The operation that bought it.
  id uuid PRIMARY KEY,
  pool_id int NOT NULL REFERENCES pool (id),
  player_id uuid NOT NULL REFERENCES player (id),
  seq bigint NOT NULL,
  -- "A-over-fall": one pick a leg, in the order of the legs.
  picks text NOT NULL,
  stake_xof bigint NOT NULL,
  -- The part of the stake that was bonus: it goes back to the bonus when the ticket is refunded.
  bonus_xof bigint NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL,
  -- 128 random bits that hide the leaf of this ticket in the pool's tree.
  salt bytea NOT NULL,
  -- The newest settlement that paid it, and what it has brought: before tax, tax, into the player's hand.
  settlement_id uuid REFERENCES pool_settlement (id),
  outcome text,
  gross_xof bigint,
  tax_xof bigint,
  payout_xof bigint,
  CONSTRAINT pool_ticket_seq UNIQUE (pool_id, seq),
  CONSTRAINT pool_ticket_stake_positive CHECK (stake_xof > 0 AND bonus_xof BETWEEN 0 AND stake_xof),
  CONSTRAINT pool_ticket_salt_size CHECK (octet_length(salt) = 16),
  CONSTRAINT pool_ticket_outcome_known CHECK (outcome IN ('won', 'lost', 'refunded')),
  CONSTRAINT pool_ticket_settled_whole CHECK (num_nonnulls(settlement_id, outcome, gross_xof, tax_xof, payout_xof) IN (0, 5)),
  CONSTRAINT pool_ticket_paid_exactly CHECK (gross_xof = tax_xof + payout_xof AND tax_xof >= 0 AND payout_xof >= 0),
  CONSTRAINT pool_ticket_paid_as_said CHECK (CASE outcome
    WHEN 'won' THEN gross_xof >= stake_xof WHEN 'lost' THEN gross_xof = 0 WHEN 'refunded' THEN payout_xof = stake_xof ELSE true END)
) WITH (fillfactor = 80);
CREATE INDEX pool_ticket_player ON pool_ticket (player_id, made_at, id);

-- Stakes by combination of picks, kept with each ticket under the pool's lock.
CREATE TABLE pool_total (
  pool_id int NOT NULL REFERENCES pool (id),
  picks text NOT NULL,
  staked_xof bigint NOT NULL,
  ticket_count int NOT NULL,
  PRIMARY KEY (pool_id, picks),
  CONSTRAINT pool_total_positive CHECK (staked_xof > 0 AND ticket_count > 0)
) WITH (fillfactor = 50);

-- What anybody can recompute a settlement from, as it was published.
CREATE TABLE pool_file (
  pool_id int NOT NULL REFERENCES pool (id),
  version smallint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (pool_id, version)
);

-- A settlement here is a market's or a pool's.
ALTER TABLE automatic_payout DROP CONSTRAINT automatic_payout_settlement_id_fkey;
CREATE INDEX pool_ticket_settlement ON pool_ticket (settlement_id) WHERE outcome = 'won';

-- Tickets are stakes like any other: they count against every limit of a player. `market_id` is null for them.
ALTER FUNCTION stakes_of(uuid, timestamptz) RENAME TO duel_stakes_of;
CREATE FUNCTION stakes_of(p_player uuid, p_since timestamptz)
  RETURNS TABLE (market_id int, stake_xof bigint, made_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT d.market_id, d.stake_xof, d.made_at FROM duel_stakes_of(p_player, p_since) d
  UNION ALL
  SELECT NULL::int, t.stake_xof, t.made_at FROM pool_ticket t
  WHERE t.player_id = p_player AND t.made_at >= p_since AND t.outcome IS DISTINCT FROM 'refunded'
$$;

-- A ticket counts as lost until it is paid, whenever it was bought; then stake less payout, at its settlement.
ALTER FUNCTION play_used(uuid, text, timestamptz) RENAME TO duel_play_used;
CREATE FUNCTION play_used(p_player uuid, p_kind text, p_since timestamptz)
  RETURNS TABLE (used_xof bigint, oldest_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_bought_since timestamptz;
BEGIN
  IF p_kind <> 'loss' THEN
    RETURN QUERY SELECT u.used_xof, u.oldest_at FROM duel_play_used(p_player, p_kind, p_since) u;
    RETURN;
  END IF;
  -- No ticket is older than its pool's opening.
  v_bought_since := least(
    (SELECT min(p.opened_at) FROM pool p WHERE p.state IN ('open', 'suspended', 'closed', 'settling')),
    (SELECT min(p.opened_at) FROM pool_settlement s JOIN pool p ON p.id = s.pool_id WHERE s.started_at >= p_since));
  RETURN QUERY
    SELECT (u.used_xof + coalesce(t.lost_xof, 0))::bigint, least(u.oldest_at, t.oldest_at)
    FROM duel_play_used(p_player, p_kind, p_since) u CROSS JOIN (
      SELECT sum(k.stake_xof - coalesce(k.payout_xof, 0)) AS lost_xof,
        min(s.started_at) FILTER (WHERE k.stake_xof > k.payout_xof) AS oldest_at
      FROM pool_ticket k LEFT JOIN pool_settlement s ON s.id = k.settlement_id
      WHERE k.player_id = p_player AND k.made_at >= v_bought_since
        AND (k.settlement_id IS NULL OR s.started_at >= p_since)) t;
END $$;

-- Locks a pool and reads what a batch of tickets needs, each part after the locks: the clock, the operations already
-- answered, the stakes on the combinations that are named, the players' balances (locked in id order), who may not bet
-- and why, and how much of their limits the players have used. One round trip. No row when the pool does not exist.
CREATE FUNCTION lock_and_read_pool(
  p_pool int, p_operations uuid[], p_bettors uuid[], p_accounts bigint[], p_picks text[]
) RETURNS TABLE (
  state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint, staked_xof bigint,
  escrow_account_id bigint, operations json, totals json, wallets json, barred json, staked json, limits json
)
-- Planned once: the plan is the same for every pool, and planning costs as much as reading.
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_pool pool%ROWTYPE;
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_pool FROM pool p WHERE p.id = p_pool FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets FROM ledger.lock_balances(p_accounts) b;
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
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l);
END $$;

-- What is wrong with the pools, one row a finding; read beside find_betting_faults().
CREATE FUNCTION find_pool_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH sold AS (
    SELECT t.pool_id, count(*) AS ticket_count, sum(t.stake_xof)::bigint AS staked_xof,
      coalesce(sum(t.gross_xof), 0)::bigint AS paid_xof, count(t.settlement_id) AS paid_count
    FROM pool_ticket t GROUP BY t.pool_id
  ), held AS (
    SELECT p.id AS pool_id, p.state, p.last_seq, p.staked_xof, coalesce(s.ticket_count, 0) AS ticket_count,
      coalesce(s.paid_count, 0) AS paid_count, coalesce(s.staked_xof, 0) AS sold_xof,
      -- Escrow holds the stakes less what was paid, and less the house's parts once they were taken.
      coalesce(s.staked_xof, 0) - coalesce(s.paid_xof, 0) - coalesce((
        SELECT v.take_out_xof + v.remainder_xof FROM pool_settlement v
        WHERE v.pool_id = p.id AND v.state = 'done' ORDER BY v.version DESC LIMIT 1), 0) AS owed_xof,
      coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.credit_account_id = p.escrow_account_id), 0)
      - coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.debit_account_id = p.escrow_account_id), 0)
        AS escrow_xof
    FROM pool p LEFT JOIN sold s ON s.pool_id = p.id
  )
  SELECT 'pool_escrow_differs', format('pool %s holds %s F, its tickets say %s F', pool_id, escrow_xof, owed_xof)
  FROM held WHERE escrow_xof <> owed_xof
  UNION ALL
  SELECT 'pool_escrow_left', format('settled pool %s still holds %s F', pool_id, escrow_xof)
  FROM held WHERE state = 'settled' AND escrow_xof <> 0
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

REVOKE ALL ON FUNCTION stakes_of(uuid, timestamptz), play_used(uuid, text, timestamptz), find_pool_faults(),
  lock_and_read_pool(int, uuid[], uuid[], bigint[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stakes_of(uuid, timestamptz), play_used(uuid, text, timestamptz), find_pool_faults(),
  lock_and_read_pool(int, uuid[], uuid[], bigint[], text[]) TO mbayar_app;
GRANT SELECT, INSERT ON pool, pool_leg, pool_settlement, pool_ticket, pool_total, pool_file TO mbayar_app;
GRANT UPDATE (state, rule_card, rule_card_hash, hard_stop_at, opened_at, closed_at, close_cause, last_seq, staked_xof,
  root, root_ticket_count, root_published_at) ON pool TO mbayar_app;
GRANT UPDATE (state, paid_seq, paid_count, gross_xof, tax_xof, refunded_xof, remainder_xof, finished_at)
  ON pool_settlement TO mbayar_app;
GRANT UPDATE (settlement_id, outcome, gross_xof, tax_xof, payout_xof) ON pool_ticket TO mbayar_app;
GRANT UPDATE (staked_xof, ticket_count) ON pool_total TO mbayar_app;
-- A pool's id names its escrow account, so it is taken before the row is written.
GRANT USAGE ON SEQUENCE pool_id_seq TO mbayar_app;
