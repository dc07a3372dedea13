-- The tax withheld from winnings, paid over to the State month by month.

-- One person of finance says that a month was paid, another confirms: the month is then closed, with the bytes of its
-- return, and what is corrected later of its bets is a claim on the State.
CREATE TABLE tax_remittance (
  -- The operation that proposed it.
  id uuid PRIMARY KEY,
  -- The first day of the month, in UTC.
  month date NOT NULL,
  -- What was paid: the month's tax, less what earlier months had left below nothing.
  amount_xof bigint NOT NULL,
  -- When it is confirmed: of it, what corrections booked since the month's end have already taken out of the tax account.
  -- It lies on `tax_claim` until the month of those corrections is paid.
  advance_xof bigint,
  -- The State's receipt, or the bank's.
  reference text NOT NULL,
  paid_on date NOT NULL,
  -- The return as it was read, byte for byte what the office hands out as a table.
  report bytea NOT NULL,
  report_hash bytea NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  CONSTRAINT tax_remittance_first_of_month CHECK (extract(day FROM month) = 1),
  CONSTRAINT tax_remittance_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT tax_remittance_advance_part CHECK (advance_xof >= 0),
  CONSTRAINT tax_remittance_paid_after CHECK (paid_on >= month + interval '1 month'),
  CONSTRAINT tax_remittance_hash_of_report CHECK (report_hash = sha256(report)),
  CONSTRAINT tax_remittance_decision_known CHECK (decision IN ('confirmed', 'refused')),
  CONSTRAINT tax_remittance_decided_whole CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
  CONSTRAINT tax_remittance_advance_when_confirmed
    CHECK ((decision IS NOT DISTINCT FROM 'confirmed') = (advance_xof IS NOT NULL)),
  CONSTRAINT tax_remittance_two_people CHECK (decision IS DISTINCT FROM 'confirmed' OR decided_by <> proposed_by)
);
-- A month is paid once, and one proposal for it waits at a time.
CREATE UNIQUE INDEX tax_remittance_month_once ON tax_remittance (month) WHERE decision IS NULL OR decision = 'confirmed';
CREATE INDEX tax_remittance_of ON tax_remittance (month, proposed_at);
GRANT SELECT, INSERT ON tax_remittance TO mbayar_app;
GRANT UPDATE (decision, decided_by, decided_at, advance_xof) ON tax_remittance TO mbayar_app;

-- A decision is made once, and what was decided stays.
CREATE FUNCTION tax_remittance_keep_decided() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decision IS NOT NULL THEN
    RAISE EXCEPTION 'the remittance of % is decided', OLD.month
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_remittance_decided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_remittance_decided BEFORE UPDATE ON tax_remittance
  FOR EACH ROW EXECUTE FUNCTION tax_remittance_keep_decided();
REVOKE ALL ON FUNCTION tax_remittance_keep_decided() FROM PUBLIC;

-- Whether the tax that was booked at this instant has been paid over. Months are paid in order: a later month's
-- payment closes all before it. Whoever asks keeps the answer true until his transaction ends: a remittance that is
-- being confirmed waits for him, or he for it.
CREATE FUNCTION is_tax_remitted(p_booked_at timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('mbayar tax remittance', 0));
  RETURN EXISTS (
    SELECT FROM tax_remittance r
    WHERE r.decision = 'confirmed' AND r.month >= date_trunc('month', p_booked_at AT TIME ZONE 'UTC')::date
  );
END $$;
REVOKE ALL ON FUNCTION is_tax_remitted(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_tax_remitted(timestamptz) TO mbayar_app;
