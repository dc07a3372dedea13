-- People: players, staff, their sessions and one-time codes.

-- Who holds a phone. One phone is a player's or a staff member's, never both: staff may not bet.
CREATE TABLE phone_holder (
  phone text PRIMARY KEY,
  kind text NOT NULL,
  CONSTRAINT phone_holder_kind_known CHECK (kind IN ('player', 'staff'))
);

CREATE FUNCTION hold_phone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO phone_holder (phone, kind) VALUES (NEW.phone, TG_ARGV[0]) ON CONFLICT (phone) DO NOTHING;
  IF NOT EXISTS (SELECT FROM phone_holder WHERE phone = NEW.phone AND kind = TG_ARGV[0]) THEN
    RAISE EXCEPTION 'this phone belongs to somebody who is no %', TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_and_players_apart';
  END IF;
  RETURN NEW;
END $$;

CREATE TABLE player (
  id uuid PRIMARY KEY,
  phone text NOT NULL,
  pseudonym text NOT NULL,
  -- The pseudonym folded (no accents, no case): two players may not look alike.
  pseudonym_key text NOT NULL,
  birth_date date NOT NULL,
  terms_version text NOT NULL,
  terms_accepted_at timestamptz NOT NULL,
  is_test boolean NOT NULL,
  state text NOT NULL DEFAULT 'active',
  available_account_id bigint NOT NULL REFERENCES ledger.account (id),
  joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT player_phone_once UNIQUE (phone),
  CONSTRAINT player_pseudonym_once UNIQUE (pseudonym_key),
  CONSTRAINT player_account_once UNIQUE (available_account_id),
  CONSTRAINT player_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT player_state_known CHECK (state IN ('active', 'excluded', 'closed'))
);

CREATE TRIGGER player_holds_phone BEFORE INSERT OR UPDATE OF phone ON player
  FOR EACH ROW EXECUTE FUNCTION hold_phone('player');

CREATE TABLE staff (
  id uuid PRIMARY KEY,
  phone text NOT NULL,
  name text NOT NULL,
  -- 'operator' runs galas; 'robot' does the same on hidden test galas and touches nothing else.
  role text NOT NULL,
  totp_secret text NOT NULL,
  -- The last accepted TOTP step: a code serves once.
  totp_last_step bigint NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'active',
  joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT staff_phone_once UNIQUE (phone),
  CONSTRAINT staff_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT staff_role_known CHECK (role IN ('operator', 'robot')),
  CONSTRAINT staff_state_known CHECK (state IN ('active', 'left'))
);

CREATE TRIGGER staff_holds_phone BEFORE INSERT OR UPDATE OF phone ON staff
  FOR EACH ROW EXECUTE FUNCTION hold_phone('staff');

CREATE TABLE session (
  -- SHA-256 of the cookie's value: the table alone opens no session.
  token_hash bytea PRIMARY KEY,
  kind text NOT NULL,
  player_id uuid REFERENCES player (id),
  staff_id uuid REFERENCES staff (id),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT session_token_hash_size CHECK (octet_length(token_hash) = 32),
  CONSTRAINT session_one_person CHECK (
    (kind = 'player' AND player_id IS NOT NULL AND staff_id IS NULL) OR
    (kind = 'staff' AND staff_id IS NOT NULL AND player_id IS NULL))
);

-- One row for each phone and purpose: a new code replaces the one before, and what was tried is not forgotten by it.
CREATE TABLE one_time_code (
  phone text NOT NULL,
  purpose text NOT NULL,
  -- HMAC with a key that the database does not have: six digits are guessed at once otherwise. Null when none serves.
  code_hash bytea,
  sent_at timestamptz,
  expires_at timestamptz,
  -- Codes sent since the last log-in.
  send_count smallint NOT NULL DEFAULT 0,
  -- Wrong codes since the last log-in; forgotten a day after the last.
  failure_count smallint NOT NULL DEFAULT 0,
  failed_at timestamptz,
  blocked_until timestamptz,
  PRIMARY KEY (phone, purpose),
  CONSTRAINT one_time_code_purpose_known CHECK (purpose IN ('player_log_in', 'staff_log_in')),
  CONSTRAINT one_time_code_whole CHECK (code_hash IS NULL OR num_nulls(sent_at, expires_at) = 0),
  CONSTRAINT one_time_code_hash_size CHECK (octet_length(code_hash) = 32)
);

-- Text messages on their way out. The sandbox shows them; a gateway sends them.
CREATE TABLE sms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  phone text NOT NULL,
  body text NOT NULL,
  queued_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX sms_phone ON sms (phone, id);

GRANT SELECT, INSERT ON player, staff, session, one_time_code, sms TO mbayar_app;
GRANT UPDATE (state) ON player TO mbayar_app;
GRANT UPDATE (totp_last_step) ON staff TO mbayar_app;
GRANT UPDATE (expires_at, ended_at) ON session TO mbayar_app;
GRANT UPDATE (code_hash, sent_at, expires_at, send_count, failure_count, failed_at, blocked_until)
  ON one_time_code TO mbayar_app;
REVOKE ALL ON FUNCTION hold_phone() FROM PUBLIC;
