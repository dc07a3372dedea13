-- The ledger: accounts, transfers, postings, and the live balances of players.
--
-- Invariants, held here and not only by the application:
--   * a posting moves a positive amount from one account (debit) to another (credit): balanced by construction;
--   * transfers and postings are only ever added; nobody updates, deletes or truncates them, the owner included;
--   * the application writes nothing in this schema itself: it calls ledger.post and ledger.open_account, so a
--     balance never changes without its posting;
--   * a balance is never negative;
--   * test money never meets real money in one posting.
-- Only player accounts carry a live balance row: one hot house row costs most of the throughput. The balances of
-- escrow, house and clearing accounts are sums of postings.

CREATE SCHEMA ledger;

CREATE TABLE ledger.account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- What the account belongs to within its kind: a player's id, a market's id, a provider's name, or 'house'.
  subject text NOT NULL,
  is_test boolean NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT account_kind_known CHECK (kind IN
    ('player_available', 'market_escrow', 'commission', 'tax_payable', 'provider_clearing', 'withdrawal_pending')),
  CONSTRAINT account_named_once UNIQUE (kind, subject, is_test)
);

CREATE TABLE ledger.balance (
  account_id bigint PRIMARY KEY REFERENCES ledger.account (id),
  amount_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT balance_not_negative CHECK (amount_xof >= 0)
) WITH (fillfactor = 50);

CREATE TABLE ledger.transfer (
  -- The id of the operation that caused it, or a UUIDv5 of (source, version) for the server's own.
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  input_hash bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT transfer_input_hash_size CHECK (octet_length(input_hash) = 32)
);

CREATE TABLE ledger.posting (
  transfer_id uuid NOT NULL REFERENCES ledger.transfer (id),
  seq smallint NOT NULL,
  debit_account_id bigint NOT NULL REFERENCES ledger.account (id),
  credit_account_id bigint NOT NULL REFERENCES ledger.account (id),
  amount_xof bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (transfer_id, seq),
  CONSTRAINT posting_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT posting_two_accounts CHECK (debit_account_id <> credit_account_id)
);
CREATE INDEX posting_debit ON ledger.posting (debit_account_id, recorded_at);
CREATE INDEX posting_credit ON ledger.posting (credit_account_id, recorded_at);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.%: the ledger is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER account_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.posting
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Opens an account, or finds the one of that name. Players' accounts get their balance row here.
CREATE FUNCTION ledger.open_account(p_kind text, p_subject text, p_is_test boolean) RETURNS bigint
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
  ELSIF p_kind = 'player_available' THEN
    INSERT INTO balance (account_id) VALUES (v_id);
  END IF;
  RETURN v_id;
END $$;

-- Locks the live balances of these accounts in id order and returns them as { account id: amount }.
CREATE FUNCTION ledger.lock_balances(p_accounts bigint[]) RETURNS TABLE (account_id bigint, amount_xof bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT b.account_id, b.amount_xof FROM balance b
  WHERE b.account_id = ANY (p_accounts) ORDER BY b.account_id FOR NO KEY UPDATE;
$$;

-- The one way to move money: a set of transfers with their postings, and the player balances they change.
-- Arrays of one group have equal lengths. Raises unique_violation when a transfer id was used before,
-- check_violation "balance_not_negative" when a player would fall below zero, check_violation "posting_test_boundary"
-- when test money would meet real money, check_violation "transfer_has_postings" when a transfer moves nothing.
CREATE FUNCTION ledger.post(
  p_transfer uuid[], p_kind text[], p_input_hash bytea[],
  p_posting_transfer uuid[], p_seq smallint[], p_debit bigint[], p_credit bigint[], p_amount bigint[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  v_recorded_at timestamptz;
BEGIN
  IF EXISTS (
    SELECT 1 FROM unnest(p_transfer) AS t (id) WHERE t.id NOT IN (SELECT unnest(p_posting_transfer))
  ) THEN
    RAISE EXCEPTION 'a transfer without postings' USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_postings';
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(p_posting_transfer) AS p (id) WHERE p.id NOT IN (SELECT unnest(p_transfer))) THEN
    RAISE EXCEPTION 'a posting without its transfer' USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_has_transfer';
  END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(p_debit, p_credit) AS p (debit, credit)
    JOIN account d ON d.id = p.debit JOIN account c ON c.id = p.credit
    WHERE d.is_test <> c.is_test
  ) THEN
    RAISE EXCEPTION 'test money may not meet real money' USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_test_boundary';
  END IF;

  PERFORM 1 FROM balance b
  WHERE b.account_id = ANY (p_debit) OR b.account_id = ANY (p_credit)
  ORDER BY b.account_id FOR NO KEY UPDATE;
  -- Read after the locks: on each player's statement the order in time is the order of the balances.
  v_recorded_at := clock_timestamp();

  INSERT INTO transfer (id, kind, input_hash, recorded_at)
  SELECT t.id, t.kind, t.input_hash, v_recorded_at
  FROM unnest(p_transfer, p_kind, p_input_hash) AS t (id, kind, input_hash);

  INSERT INTO posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
  SELECT p.transfer_id, p.seq, p.debit, p.credit, p.amount, v_recorded_at
  FROM unnest(p_posting_transfer, p_seq, p_debit, p_credit, p_amount) AS p (transfer_id, seq, debit, credit, amount);

  UPDATE balance b SET amount_xof = b.amount_xof + d.delta
  FROM (
    SELECT m.account_id, sum(m.delta)::bigint AS delta
    FROM (
      SELECT p.credit AS account_id, p.amount AS delta FROM unnest(p_credit, p_amount) AS p (credit, amount)
      UNION ALL
      SELECT p.debit, -p.amount FROM unnest(p_debit, p_amount) AS p (debit, amount)
    ) m GROUP BY m.account_id
  ) d
  WHERE b.account_id = d.account_id AND d.delta <> 0;
END $$;

-- What is wrong with the ledger, one row a finding; no row when it is sound.
CREATE FUNCTION ledger.find_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  WITH movement AS (
    SELECT account_id, sum(delta)::bigint AS amount_xof FROM (
      SELECT credit_account_id AS account_id, amount_xof AS delta FROM posting
      UNION ALL
      SELECT debit_account_id, -amount_xof FROM posting
    ) m GROUP BY account_id
  )
  SELECT 'sum_not_zero', format('all postings sum to %s F', sum(amount_xof))
  FROM movement HAVING coalesce(sum(amount_xof), 0) <> 0
  UNION ALL
  SELECT 'balance_differs', format('account %s holds %s F, its postings say %s F',
    b.account_id, b.amount_xof, coalesce(m.amount_xof, 0))
  FROM balance b LEFT JOIN movement m USING (account_id) WHERE b.amount_xof <> coalesce(m.amount_xof, 0)
  UNION ALL
  SELECT 'balance_negative', format('account %s holds %s F', account_id, amount_xof)
  FROM balance WHERE amount_xof < 0
  UNION ALL
  SELECT 'liability_negative', format('account %s (%s %s) holds %s F', a.id, a.kind, a.subject, m.amount_xof)
  FROM movement m JOIN account a ON a.id = m.account_id
  WHERE m.amount_xof < 0 AND a.kind IN ('market_escrow', 'tax_payable', 'withdrawal_pending')
  UNION ALL
  SELECT 'balance_missing', format('account %s of player %s has no balance', a.id, a.subject)
  FROM account a LEFT JOIN balance b ON b.account_id = a.id WHERE a.kind = 'player_available' AND b.account_id IS NULL
  UNION ALL
  SELECT 'test_boundary_crossed', format('transfer %s posting %s', p.transfer_id, p.seq)
  FROM posting p JOIN account d ON d.id = p.debit_account_id JOIN account c ON c.id = p.credit_account_id
  WHERE d.is_test <> c.is_test
  UNION ALL
  SELECT 'transfer_empty', format('transfer %s', t.id)
  FROM transfer t WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.transfer_id = t.id);
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO mbayar_app;
GRANT SELECT ON ledger.account, ledger.balance, ledger.transfer, ledger.posting TO mbayar_app;
GRANT EXECUTE ON FUNCTION
  ledger.open_account(text, text, boolean),
  ledger.lock_balances(bigint[]),
  ledger.post(uuid[], text[], bytea[], uuid[], smallint[], bigint[], bigint[], bigint[]),
  ledger.find_faults()
TO mbayar_app;

-- Operations: one row for each command that got an answer which stands for ever, refusals included.
CREATE TABLE operation (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  -- Who sent it; part of the input hash, so that a stranger with the same id never sees the answer.
  actor_id uuid NOT NULL,
  input_hash bytea NOT NULL,
  status smallint NOT NULL,
  answer jsonb NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT operation_input_hash_size CHECK (octet_length(input_hash) = 32)
);
GRANT SELECT, INSERT ON operation TO mbayar_app;

-- One row for every command of a member of staff, in the transaction of the command, refusals included.
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id uuid NOT NULL,
  command text NOT NULL,
  target text NOT NULL,
  input jsonb NOT NULL,
  outcome text NOT NULL,
  operation_id uuid
);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON audit_entry TO mbayar_app;
