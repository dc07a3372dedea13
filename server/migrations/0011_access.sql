-- How players get in: PINs, bound devices, what waits after a change, and the cases that a person decides.

ALTER TABLE player
  -- scrypt over an HMAC with a key that the database does not have, as text with its parameters. Null: not chosen yet.
  ADD COLUMN pin_hash text,
  ADD COLUMN pin_set_at timestamptz,
  -- Wrong PINs after a right code, since the last log-in. Those typed on a bound device count on the device: nobody
  -- else can make its owner wait.
  ADD COLUMN pin_failure_count smallint NOT NULL DEFAULT 0,
  ADD COLUMN pin_failed_at timestamptz,
  ADD COLUMN pin_blocked_until timestamptz,
  -- A log-in token made before this instant serves no more.
  ADD COLUMN logged_in_at timestamptz,
  -- Money out waits until then, and why.
  ADD COLUMN payout_held_until timestamptz,
  ADD COLUMN payout_held_for text,
  -- Money out is frozen while a case is open.
  ADD COLUMN payout_frozen_at timestamptz,
  -- The operator gave the number to somebody else: it names this player no more.
  ADD COLUMN phone_released_at timestamptz,
  ADD CONSTRAINT player_payout_held_whole CHECK (num_nulls(payout_held_until, payout_held_for) IN (0, 2)),
  ADD CONSTRAINT player_payout_held_for_known CHECK (payout_held_for IN ('device', 'access')),
  ADD CONSTRAINT player_pin_whole CHECK (num_nulls(pin_hash, pin_set_at) IN (0, 2)),
  ADD CONSTRAINT player_pin_hashed CHECK (pin_hash LIKE 'scrypt$%'),
  ADD CONSTRAINT player_released_is_frozen CHECK (phone_released_at IS NULL OR payout_frozen_at IS NOT NULL);
ALTER TABLE player DROP CONSTRAINT player_phone_once;
CREATE UNIQUE INDEX player_phone_once ON player (phone) WHERE phone_released_at IS NULL;
GRANT UPDATE (phone, pin_hash, pin_set_at, pin_failure_count, pin_failed_at, pin_blocked_until, logged_in_at,
  payout_held_until, payout_held_for, payout_frozen_at, phone_released_at) ON player TO mbayar_app;

-- A browser that has shown a code and the PIN of a player. One browser may be bound to several players: they share its
-- token, each with a row.
CREATE TABLE device (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  player_id uuid NOT NULL REFERENCES player (id),
  -- SHA-256 of the cookie's value.
  token_hash bytea NOT NULL,
  -- "Chrome sur Android", from what the browser says of itself.
  label text NOT NULL,
  bound_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz,
  pin_failure_count smallint NOT NULL DEFAULT 0,
  pin_failed_at timestamptz,
  pin_blocked_until timestamptz,
  CONSTRAINT device_token_hash_size CHECK (octet_length(token_hash) = 32),
  CONSTRAINT device_label_size CHECK (length(label) BETWEEN 1 AND 80)
);
CREATE UNIQUE INDEX device_bound_once ON device (token_hash, player_id) WHERE removed_at IS NULL;
CREATE INDEX device_player ON device (player_id, bound_at);
ALTER TABLE session ADD CONSTRAINT session_device_known FOREIGN KEY (device_id) REFERENCES device (id);
GRANT SELECT, INSERT ON device TO mbayar_app;
GRANT UPDATE (token_hash, label, last_used_at, removed_at, pin_failure_count, pin_failed_at, pin_blocked_until)
  ON device TO mbayar_app;

-- What a player is told on his next page, until he has said that he read it.
CREATE TABLE player_notice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  player_id uuid NOT NULL REFERENCES player (id),
  kind text NOT NULL,
  detail text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Not shown on this device: it is the news.
  except_device_id uuid REFERENCES device (id),
  read_at timestamptz
);
CREATE INDEX player_notice_unread ON player_notice (player_id, made_at) WHERE read_at IS NULL;
GRANT SELECT, INSERT ON player_notice TO mbayar_app;
GRANT UPDATE (read_at) ON player_notice TO mbayar_app;

-- A code serves for one purpose; which ones there are is known to the code that asks for them.
ALTER TABLE one_time_code DROP CONSTRAINT one_time_code_purpose_known;
ALTER TABLE one_time_code ADD CONSTRAINT one_time_code_purpose_named CHECK (purpose ~ '^[a-z_]{3,40}$');

-- Text messages on their way out. The body of what has left, or is of no more use, is not kept.
ALTER TABLE sms
  ALTER COLUMN body DROP NOT NULL,
  ADD COLUMN kind text NOT NULL DEFAULT 'code',
  -- After this instant it is of no more use.
  ADD COLUMN useful_until timestamptz,
  ADD COLUMN state text NOT NULL DEFAULT 'kept',
  ADD COLUMN attempt_count smallint NOT NULL DEFAULT 0,
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN gateway_reference text,
  ADD CONSTRAINT sms_kind_known CHECK (kind IN ('code', 'security', 'service')),
  -- kept: the sandbox shows it. queued: to be handed to the gateway. unknown: handed over, no answer came.
  ADD CONSTRAINT sms_state_known CHECK (state IN ('kept', 'queued', 'sending', 'sent', 'unknown', 'refused', 'expired')),
  ADD CONSTRAINT sms_ended_is_blank CHECK (state IN ('kept', 'queued', 'sending') OR body IS NULL);
CREATE INDEX sms_waiting ON sms (id) WHERE state IN ('queued', 'sending');
GRANT UPDATE (body, state, attempt_count, ended_at, gateway_reference) ON sms TO mbayar_app;

-- Lost phone, forgotten PIN, recycled or changed number: for a person to decide.
CREATE TABLE account_case (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  -- claimed: somebody says so, and nothing is changed. open: the account is frozen for money out.
  state text NOT NULL,
  -- Null: nobody has the number that was named.
  player_id uuid REFERENCES player (id),
  -- The number of the account, as it was named or shown.
  phone text NOT NULL,
  -- The number that was proved by a code, when it is another one.
  new_phone text,
  statement text NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  proposal text,
  proposal_reason text,
  proposed_by uuid REFERENCES staff (id),
  proposed_at timestamptz,
  decision text,
  decision_reason text,
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  CONSTRAINT account_case_kind_known CHECK (kind IN ('lost_phone', 'forgotten_pin', 'recycled_number', 'changed_number')),
  CONSTRAINT account_case_state_known CHECK (state IN ('claimed', 'open', 'decided')),
  CONSTRAINT account_case_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$' AND new_phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT account_case_open_is_somebodys CHECK (state <> 'open' OR player_id IS NOT NULL),
  CONSTRAINT account_case_statement_size CHECK (length(statement) <= 1000),
  CONSTRAINT account_case_proposal_known CHECK (proposal IN ('reset_pin', 'change_phone', 'release_phone', 'refuse')),
  CONSTRAINT account_case_decision_known CHECK (decision IN ('reset_pin', 'change_phone', 'release_phone', 'refuse')),
  CONSTRAINT account_case_proposal_whole CHECK (num_nulls(proposal, proposal_reason, proposed_by, proposed_at) IN (0, 4)),
  CONSTRAINT account_case_decision_whole CHECK (
    (state = 'decided' AND num_nulls(decision, decision_reason, decided_by, decided_at) = 0) OR
    (state <> 'decided' AND num_nonnulls(decision, decision_reason, decided_by, decided_at) = 0))
);
CREATE UNIQUE INDEX account_case_open_once ON account_case (player_id) WHERE state = 'open';
CREATE UNIQUE INDEX account_case_claimed_once ON account_case (new_phone) WHERE state = 'claimed';
CREATE INDEX account_case_undecided ON account_case (opened_at) WHERE state <> 'decided';
CREATE INDEX account_case_player ON account_case (player_id, opened_at);
GRANT SELECT, INSERT ON account_case TO mbayar_app;
GRANT UPDATE (state, player_id, statement, proposal, proposal_reason, proposed_by, proposed_at, decision, decision_reason,
  decided_by, decided_at) ON account_case TO mbayar_app;
