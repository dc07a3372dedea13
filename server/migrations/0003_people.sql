-- People: players, staff, their sessions and one-time codes.

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

CREATE TABLE one_time_code (
  id uuid PRIMARY KEY,
  phone text NOT NULL,
  purpose text NOT NULL,
  code_hash bytea NOT NULL,
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  failures smallint NOT NULL DEFAULT 0,
  used_at timestamptz,
  CONSTRAINT one_time_code_purpose_known CHECK (purpose IN ('player_log_in', 'staff_log_in'))
);
CREATE INDEX one_time_code_phone ON one_time_code (phone, purpose, sent_at);

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
GRANT UPDATE (failures, used_at) ON one_time_code TO mbayar_app;
