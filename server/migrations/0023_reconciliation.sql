-- Reconciliation: what providers' statements say, line by line, against our own books; and suspense: what is nobody's
-- yet, until two people of finance say where it goes.
--
-- Nothing here stands for a balance: how much of a clearing account is explained is computed from lines and rows each
-- time, and a run keeps what it found.

-- A line of a provider's statement, with its own figures. It never changes: a statement that says something else later
-- is another matter, and is told.
CREATE TABLE statement_line (
  id uuid PRIMARY KEY,
  provider text NOT NULL,
  -- Our account with the provider, as its adapter calls it; the ledger's clearing account has the same name.
  account text NOT NULL,
  is_test boolean NOT NULL,
  transaction text NOT NULL,
  kind text NOT NULL,
  raw_kind text NOT NULL,
  -- The net change of our balance there, negative when it fell.
  net_xof bigint NOT NULL,
  fee_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  is_tax_paid_by_provider boolean NOT NULL,
  -- What the movement itself was, before what the provider and the State kept.
  gross_xof bigint NOT NULL GENERATED ALWAYS AS
    (net_xof + fee_xof + CASE WHEN is_tax_paid_by_provider THEN 0 ELSE tax_xof END) STORED,
  balance_xof bigint,
  reference text,
  session text,
  counterparty_phone text,
  at timestamptz NOT NULL,
  -- The order of the statement, for lines of one instant.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- new: nothing was done about it. waiting: it belongs to something of ours that is not booked yet; the provider is
  -- asked again. matched: as we have it. different: what we have is not what it says. extra: nothing of ours.
  state text NOT NULL DEFAULT 'new',
  is_fee_booked boolean NOT NULL DEFAULT false,
  payment_id uuid REFERENCES incoming_payment (id),
  withdrawal_id uuid REFERENCES withdrawal (id),
  CONSTRAINT statement_line_kind_known CHECK (kind IN
    ('deposit', 'deposit_refund', 'withdrawal', 'withdrawal_reversal', 'other')),
  CONSTRAINT statement_line_state_known CHECK (state IN ('new', 'waiting', 'matched', 'different', 'extra')),
  CONSTRAINT statement_line_once UNIQUE (provider, account, transaction, raw_kind)
);
CREATE INDEX statement_line_day ON statement_line (provider, account, at, seq);
CREATE INDEX statement_line_unmatched ON statement_line (provider, account) WHERE state IN ('new', 'waiting');
-- What is ours answers for one line: paid twice by the provider, the second line is nothing of ours.
CREATE UNIQUE INDEX statement_line_payment_once ON statement_line (payment_id) WHERE payment_id IS NOT NULL;
CREATE UNIQUE INDEX statement_line_withdrawal_once ON statement_line (withdrawal_id, kind) WHERE withdrawal_id IS NOT NULL;

-- When a day of a statement was read last. Read after the day's end, it is whole.
CREATE TABLE statement_reading (
  provider text NOT NULL,
  account text NOT NULL,
  day date NOT NULL,
  read_at timestamptz NOT NULL,
  line_count int NOT NULL,
  PRIMARY KEY (provider, account, day)
);

-- Where the provider's word and our books part.
CREATE TABLE statement_break (
  id uuid PRIMARY KEY,
  provider text NOT NULL,
  account text NOT NULL,
  is_test boolean NOT NULL,
  day date NOT NULL,
  -- extra: a line that is nothing of ours. missing: ours, and not on the statement of its day. different: both, and not
  -- the same. outside: the balance moved by what no line says.
  kind text NOT NULL,
  -- By how much the provider has more than our books because of it, before anything was booked for it.
  amount_xof bigint NOT NULL,
  -- What we have and what they say; null: nothing.
  ours_xof bigint,
  theirs_xof bigint,
  line_id uuid REFERENCES statement_line (id),
  payment_id uuid REFERENCES incoming_payment (id),
  withdrawal_id uuid REFERENCES withdrawal (id),
  -- The way back of a withdrawal that had been paid.
  is_reversal boolean NOT NULL DEFAULT false,
  -- What of it lies in the suspense account by itself. An incoming payment in review lies there on its own account.
  suspense_xof bigint NOT NULL DEFAULT 0,
  -- What the clearing account has moved by for its sake.
  booked_xof bigint NOT NULL DEFAULT 0,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL DEFAULT 'open',
  resolved_at timestamptz,
  -- by_itself: the other half turned up. allocated: two people said where it goes; suspense_allocation says who.
  resolution text,
  CONSTRAINT statement_break_kind_known CHECK (kind IN ('extra', 'missing', 'different', 'outside')),
  CONSTRAINT statement_break_state_known CHECK (state IN ('open', 'resolved')),
  CONSTRAINT statement_break_resolution_known CHECK (resolution IN ('by_itself', 'allocated')),
  CONSTRAINT statement_break_resolved_whole
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL) AND (state = 'resolved') = (resolution IS NOT NULL))
);
CREATE INDEX statement_break_open ON statement_break (provider, account, opened_at) WHERE state = 'open';
CREATE INDEX statement_break_day ON statement_break (provider, account, day);
CREATE INDEX statement_break_line ON statement_break (line_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX statement_break_missing_payment_once ON statement_break (payment_id) WHERE kind = 'missing';
CREATE UNIQUE INDEX statement_break_missing_withdrawal_once ON statement_break (withdrawal_id, is_reversal) WHERE kind = 'missing';
CREATE UNIQUE INDEX statement_break_outside_open_once ON statement_break (provider, account) WHERE kind = 'outside' AND state = 'open';

-- Where suspended money, or a break, goes: one person proposes, another decides.
CREATE TABLE suspense_allocation (
  -- The operation that proposed it.
  id uuid PRIMARY KEY,
  payment_id uuid REFERENCES incoming_payment (id),
  break_id uuid REFERENCES statement_break (id),
  -- player: credited. payer: sent back. treasury: the house's own money moved. fee: the provider's work. house: written
  -- off, or kept. omitted: ours is right, the statement leaves it out.
  choice text NOT NULL,
  player_id uuid REFERENCES player (id),
  -- As the proposer saw it.
  amount_xof bigint NOT NULL,
  note text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  CONSTRAINT suspense_allocation_of_one CHECK (num_nonnulls(payment_id, break_id) = 1),
  CONSTRAINT suspense_allocation_choice_known CHECK (choice IN ('player', 'payer', 'treasury', 'fee', 'house', 'omitted')),
  CONSTRAINT suspense_allocation_player_named CHECK (choice <> 'player' OR player_id IS NOT NULL),
  CONSTRAINT suspense_allocation_decision_known CHECK (decision IN ('confirmed', 'refused')),
  CONSTRAINT suspense_allocation_decided_whole
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
  CONSTRAINT suspense_allocation_two_people CHECK (decision IS DISTINCT FROM 'confirmed' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX suspense_allocation_payment_waits ON suspense_allocation (payment_id) WHERE decision IS NULL;
CREATE UNIQUE INDEX suspense_allocation_break_waits ON suspense_allocation (break_id) WHERE decision IS NULL;
CREATE INDEX suspense_allocation_payment ON suspense_allocation (payment_id);
CREATE INDEX suspense_allocation_break ON suspense_allocation (break_id);
CREATE INDEX suspense_allocation_decided ON suspense_allocation (decided_at) WHERE decision IS NOT NULL;

-- What one reconciliation of an account found, for ever.
CREATE TABLE reconciliation_run (
  id uuid PRIMARY KEY,
  provider text NOT NULL,
  account text NOT NULL,
  is_test boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Null: by itself.
  started_by uuid REFERENCES staff (id),
  -- done, or unreadable: the provider did not show its statement; the figures are of what had been read before.
  state text NOT NULL,
  detail text,
  clearing_xof bigint NOT NULL,
  provider_xof bigint NOT NULL,
  -- balance: the provider's word. last_line: the balance after the last line. lines: the sum of the lines.
  source text NOT NULL,
  -- [{ kind, amountXof, count }]; with `unexplained_xof` they add up to provider_xof - clearing_xof.
  explanations jsonb NOT NULL,
  unexplained_xof bigint NOT NULL,
  -- In francs of the provider's money: what our books explain.
  explained_xof bigint NOT NULL,
  suspense_xof bigint NOT NULL,
  line_count int NOT NULL,
  CONSTRAINT reconciliation_run_state_known CHECK (state IN ('done', 'unreadable')),
  CONSTRAINT reconciliation_run_source_known CHECK (source IN ('balance', 'last_line', 'lines'))
);
CREATE INDEX reconciliation_run_of ON reconciliation_run (provider, account, at);

-- A day that finance has looked at and closed, with its figures.
CREATE TABLE reconciliation_day (
  provider text NOT NULL,
  account text NOT NULL,
  day date NOT NULL,
  closed_by uuid NOT NULL REFERENCES staff (id),
  closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The run whose figures stand for it.
  run_id uuid NOT NULL REFERENCES reconciliation_run (id),
  line_count int NOT NULL,
  net_xof bigint NOT NULL,
  fee_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  PRIMARY KEY (provider, account, day)
);

-- What is wrong with suspense, one row a finding; read beside ledger.find_faults(): each provider's suspense account
-- holds exactly what is in suspense.
CREATE FUNCTION find_suspense_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  WITH held AS (
    SELECT a.subject AS provider, a.is_test,
      (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p WHERE p.credit_account_id = a.id)::bigint
        - (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p WHERE p.debit_account_id = a.id)::bigint AS amount_xof
    FROM ledger.account a WHERE a.kind = 'suspense'
  ), item AS (
    SELECT provider, is_test, sum(amount_xof)::bigint AS amount_xof FROM (
      SELECT provider, is_test, amount_xof FROM incoming_payment WHERE state = 'review'
      UNION ALL
      SELECT provider, is_test, suspense_xof FROM statement_break WHERE state = 'open'
    ) i GROUP BY provider, is_test
  )
  SELECT 'suspense_differs', format('suspense of %s (test: %s) holds %s F, what is in suspense adds up to %s F',
    provider, is_test, coalesce(held.amount_xof, 0), coalesce(item.amount_xof, 0))
  FROM held FULL JOIN item USING (provider, is_test)
  WHERE coalesce(held.amount_xof, 0) <> coalesce(item.amount_xof, 0);
$$;

REVOKE ALL ON FUNCTION find_suspense_faults() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_suspense_faults() TO mbayar_app;

GRANT SELECT, INSERT ON statement_line, statement_reading, statement_break, suspense_allocation, reconciliation_run,
  reconciliation_day TO mbayar_app;
GRANT UPDATE (state, is_fee_booked, payment_id, withdrawal_id) ON statement_line TO mbayar_app;
GRANT UPDATE (read_at, line_count) ON statement_reading TO mbayar_app;
GRANT UPDATE (amount_xof, theirs_xof, line_id, suspense_xof, booked_xof, state, resolved_at, resolution) ON statement_break TO mbayar_app;
GRANT UPDATE (decision, decided_by, decided_at) ON suspense_allocation TO mbayar_app;
