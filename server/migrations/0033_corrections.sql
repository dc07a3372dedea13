-- Results of bouts with several markets, their homologation, and corrections: a later version of a result pays the
-- difference to what was paid, once for each player and market.

ALTER TABLE ledger.account DROP CONSTRAINT account_kind_known;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_known CHECK (kind IN
  ('player_available', 'player_bonus', 'market_escrow', 'pool_escrow', 'pool_remainder', 'commission', 'tax_payable',
   'tax_claim', 'house_loss', 'bonus_expense', 'provider_clearing', 'withdrawal_pending', 'suspense', 'provider_fee',
   'transfer_tax', 'treasury'));

ALTER TABLE result
  -- Markets that are annulled with it, whatever the ending: a wrong card, or a time that nobody measured.
  ADD COLUMN void_market_ids int[] NOT NULL DEFAULT '{}',
  -- Why it replaces an earlier one.
  ADD COLUMN reason text,
  ADD CONSTRAINT result_reason_when_corrected CHECK ((version > 1) = (reason IS NOT NULL));

-- The body that homologates says that the verdict of the day stands: one person proposes, another confirms.
CREATE TABLE homologation (
  -- The operation that proposed it.
  id uuid PRIMARY KEY,
  result_id uuid NOT NULL REFERENCES result (id),
  source text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid REFERENCES staff (id),
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  CONSTRAINT homologation_two_people CHECK (confirmed_by <> proposed_by),
  CONSTRAINT homologation_confirmed_whole CHECK (num_nonnulls(confirmed_by, confirmed_at) IN (0, 2)),
  CONSTRAINT homologation_one_fate CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
);
CREATE UNIQUE INDEX homologation_one_living ON homologation (result_id) WHERE withdrawn_at IS NULL;

-- What is still to pay or to correct: found again by a worker that starts.
CREATE INDEX settlement_unfinished ON settlement (market_id, version) WHERE state <> 'done';

-- A settlement that replaces one that was paid. Phases, each in chunks that a killed worker's successor takes up again:
-- computing (what each bet pays now) · collecting (from who received more) · house (commission, tax and loss) ·
-- paying (to who received less) · done. Money goes through the escrow, which never falls below zero.
CREATE TABLE correction (
  -- The new settlement's id: of a market, or of a pool.
  id uuid PRIMARY KEY,
  market_id int REFERENCES market (id),
  pool_id int REFERENCES pool (id),
  version smallint NOT NULL,
  result_id uuid NOT NULL REFERENCES result (id),
  escrow_account_id bigint NOT NULL REFERENCES ledger.account (id),
  is_test boolean NOT NULL,
  state text NOT NULL DEFAULT 'computing',
  -- The house's part by difference; null until it is booked.
  commission_delta_xof bigint,
  tax_payable_delta_xof bigint,
  -- Tax of a month that is paid over already is a claim on the State: positive when the claim grows.
  tax_claim_delta_xof bigint,
  -- What players hold beyond what they are due, in all, after this version: borne by the house.
  loss_xof bigint,
  -- The loss that this version adds, or gives back when negative.
  loss_delta_xof bigint,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  house_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT correction_of_one CHECK (num_nonnulls(market_id, pool_id) = 1),
  CONSTRAINT correction_version CHECK (version > 1),
  CONSTRAINT correction_market_version_once UNIQUE (market_id, version),
  CONSTRAINT correction_pool_version_once UNIQUE (pool_id, version),
  CONSTRAINT correction_state_known CHECK (state IN ('computing', 'collecting', 'house', 'paying', 'done')),
  CONSTRAINT correction_loss_not_negative CHECK (loss_xof >= 0),
  CONSTRAINT correction_house_whole CHECK (num_nonnulls(house_at, commission_delta_xof, tax_payable_delta_xof,
    tax_claim_delta_xof, loss_xof, loss_delta_xof) IN (0, 6)),
  CONSTRAINT correction_house_before_paying CHECK ((state IN ('paying', 'done')) = (house_at IS NOT NULL)),
  CONSTRAINT correction_done_has_time CHECK ((state = 'done') = (finished_at IS NOT NULL))
);
CREATE INDEX correction_house_at ON correction (house_at);

-- One line for each player's account in it: all that he has received before, and all that he is due now.
CREATE TABLE correction_line (
  correction_id uuid NOT NULL REFERENCES correction (id),
  account_id bigint NOT NULL REFERENCES ledger.account (id),
  player_id uuid NOT NULL REFERENCES player (id),
  received_xof bigint NOT NULL,
  due_xof bigint NOT NULL,
  -- Only what was available is taken back; null until it was looked at.
  taken_xof bigint,
  is_given boolean NOT NULL DEFAULT false,
  owed_xof bigint GENERATED ALWAYS AS (greatest(received_xof - due_xof, 0)) STORED,
  given_xof bigint GENERATED ALWAYS AS (greatest(due_xof - received_xof, 0)) STORED,
  PRIMARY KEY (correction_id, account_id),
  CONSTRAINT correction_line_not_negative CHECK (received_xof >= 0 AND due_xof >= 0),
  CONSTRAINT correction_line_takes_what_is_owed
    CHECK (taken_xof BETWEEN 0 AND greatest(received_xof - due_xof, 0))
);
CREATE INDEX correction_line_player ON correction_line (player_id, correction_id);
CREATE INDEX correction_line_to_take ON correction_line (correction_id, account_id) WHERE taken_xof IS NULL;
CREATE INDEX correction_line_to_give ON correction_line (correction_id, account_id) WHERE NOT is_given;

-- How a duel ended by a settlement that was replaced: the duel's own row says how it ends now.
CREATE TABLE replaced_payment (
  duel_id uuid NOT NULL REFERENCES duel (id),
  settlement_id uuid NOT NULL REFERENCES settlement (id),
  replaced_by uuid NOT NULL REFERENCES correction (id),
  outcome text NOT NULL,
  payout_a_xof bigint NOT NULL,
  payout_b_xof bigint NOT NULL,
  commission_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  PRIMARY KEY (duel_id, settlement_id),
  CONSTRAINT replaced_payment_outcome_known CHECK (outcome IN ('A', 'B', 'void'))
);
CREATE INDEX replaced_payment_by ON replaced_payment (replaced_by);

-- What a correction that runs holds in an escrow: taken back, and not yet booked or given.
CREATE FUNCTION held_by_corrections(p_escrow bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(
      (SELECT coalesce(sum(l.taken_xof), 0) - coalesce(sum(l.given_xof) FILTER (WHERE l.is_given), 0)
       FROM correction_line l WHERE l.correction_id = c.id)
      - coalesce(c.commission_delta_xof + c.tax_payable_delta_xof - c.tax_claim_delta_xof - c.loss_delta_xof, 0)), 0)::bigint
  FROM correction c WHERE c.escrow_account_id = p_escrow
$$;
REVOKE ALL ON FUNCTION held_by_corrections(bigint) FROM PUBLIC;

-- What is wrong with the corrections, one row a finding; read by find_betting_faults().
CREATE FUNCTION find_correction_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH line AS (
    SELECT l.correction_id, sum(l.owed_xof - l.taken_xof)::bigint AS short_xof, count(*) FILTER (WHERE l.taken_xof IS NULL) AS untaken,
      count(*) FILTER (WHERE NOT l.is_given) AS ungiven, sum(l.received_xof)::bigint AS received_xof, sum(l.due_xof)::bigint AS due_xof
    FROM correction_line l GROUP BY l.correction_id
  )
  SELECT 'correction_loss_differs', format('correction %s says a loss of %s F, its lines %s F', c.id, c.loss_xof, coalesce(l.short_xof, 0))
  FROM correction c LEFT JOIN line l ON l.correction_id = c.id
  WHERE c.house_at IS NOT NULL AND c.loss_xof <> coalesce(l.short_xof, 0)
  UNION ALL
  SELECT 'correction_unfinished', format('correction %s is done, %s lines are not', c.id, l.untaken + l.ungiven)
  FROM correction c JOIN line l ON l.correction_id = c.id WHERE c.state = 'done' AND l.untaken + l.ungiven > 0
  UNION ALL
  SELECT 'correction_held', format('correction %s is done, and %s F of it lie in the escrow', c.id, h.xof)
  FROM correction c CROSS JOIN LATERAL (SELECT held_by_corrections(c.escrow_account_id) AS xof) h
  WHERE h.xof <> 0 AND NOT EXISTS (SELECT FROM correction r WHERE r.escrow_account_id = c.escrow_account_id AND r.state <> 'done')
  UNION ALL
  SELECT 'correction_due_differs', format('correction %s: its lines are due %s F, its duels pay %s F', c.id, l.due_xof, d.paid_xof)
  FROM correction c JOIN line l ON l.correction_id = c.id
  CROSS JOIN LATERAL (SELECT sum(d.payout_a_xof + d.payout_b_xof)::bigint AS paid_xof FROM duel d WHERE d.market_id = c.market_id) d
  WHERE c.state <> 'computing' AND l.due_xof <> d.paid_xof
    AND NOT EXISTS (SELECT FROM correction n WHERE n.market_id = c.market_id AND n.version > c.version)
  UNION ALL
  SELECT 'house_loss_differs', format('the house lost %s F in the escrow %s by its postings, %s F by its corrections', p.xof, p.escrow, e.xof)
  FROM (
    SELECT c.escrow_account_id AS escrow, sum(c.loss_delta_xof) AS xof FROM correction c GROUP BY 1
  ) e JOIN LATERAL (
    SELECT e.escrow, coalesce(sum(CASE WHEN q.credit_account_id = e.escrow THEN q.amount_xof ELSE -q.amount_xof END), 0) AS xof
    FROM ledger.posting q JOIN ledger.account a ON a.id IN (q.credit_account_id, q.debit_account_id) AND a.kind = 'house_loss'
    WHERE e.escrow IN (q.credit_account_id, q.debit_account_id)
  ) p ON p.xof <> coalesce(e.xof, 0)
$$;
REVOKE ALL ON FUNCTION find_correction_faults() FROM PUBLIC;

CREATE OR REPLACE FUNCTION find_betting_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH held AS (
    SELECT m.id AS market_id,
      coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.market_id = m.id AND o.is_open), 0)
      + coalesce((SELECT sum(d.stake_a_xof + d.stake_b_xof) FROM duel d
                  WHERE d.market_id = m.id AND d.settlement_id IS NULL), 0)
      + held_by_corrections(m.escrow_account_id) AS owed_xof,
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
  FROM duel d JOIN market m ON m.id = d.market_id WHERE d.made_at > m.closed_at
  UNION ALL
  SELECT fault, detail FROM find_correction_faults();
$$;

GRANT EXECUTE ON FUNCTION held_by_corrections(bigint), find_correction_faults() TO mbayar_app;
GRANT SELECT, INSERT ON homologation, correction, correction_line, replaced_payment TO mbayar_app;
GRANT UPDATE (confirmed_by, confirmed_at, withdrawn_at) ON homologation TO mbayar_app;
GRANT UPDATE (state, commission_delta_xof, tax_payable_delta_xof, tax_claim_delta_xof, loss_xof, loss_delta_xof,
  house_at, finished_at) ON correction TO mbayar_app;
GRANT UPDATE (taken_xof, is_given) ON correction_line TO mbayar_app;
