-- Sessions: their tokens rotate, they know from where they are used, and programs have them too. Passkeys.

ALTER TABLE session
  -- 'browser': opened by a cookie. 'program': named by a bearer token; its token_hash is of nothing.
  ADD COLUMN via text NOT NULL DEFAULT 'browser',
  ADD COLUMN rotated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The token before: it lives until `previous_until`; null there: until the new one has been used.
  ADD COLUMN previous_token_hash bytea,
  ADD COLUMN previous_until timestamptz,
  -- "Chrome sur Android", and the network, when it was last used. What a program is called by its owner.
  ADD COLUMN agent text,
  ADD COLUMN place text,
  ADD CONSTRAINT session_via_known CHECK (via IN ('browser', 'program')),
  ADD CONSTRAINT session_previous_token_hash_size CHECK (octet_length(previous_token_hash) = 32),
  ADD CONSTRAINT session_previous_until_of_token CHECK (previous_until IS NULL OR previous_token_hash IS NOT NULL);
CREATE UNIQUE INDEX session_previous_token ON session (previous_token_hash) WHERE previous_token_hash IS NOT NULL;
GRANT UPDATE (token_hash, rotated_at, previous_token_hash, previous_until, agent, place) ON session TO mbayar_app;

CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  player_id uuid REFERENCES player (id),
  staff_id uuid REFERENCES staff (id),
  -- As browsers write it: base64url.
  credential_id text NOT NULL,
  public_key bytea NOT NULL,
  -- What the authenticator says it has signed: it never goes back. 0 for ever with those that do not count.
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  label text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz,
  removed_at timestamptz,
  CONSTRAINT passkey_credential_once UNIQUE (credential_id),
  CONSTRAINT passkey_one_person CHECK (num_nonnulls(player_id, staff_id) = 1)
);
CREATE INDEX passkey_player ON passkey (player_id) WHERE removed_at IS NULL;
CREATE INDEX passkey_staff ON passkey (staff_id) WHERE removed_at IS NULL;

-- What an authenticator is asked to sign: for one purpose and one browser, once, for five minutes.
CREATE TABLE passkey_challenge (
  -- SHA-256 of the browser's cookie for it.
  browser_hash bytea PRIMARY KEY,
  purpose text NOT NULL,
  -- The session that asked; null for a log-in.
  session_id uuid,
  challenge text NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT passkey_challenge_browser_hash_size CHECK (octet_length(browser_hash) = 32)
);
CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);

GRANT SELECT, INSERT ON passkey TO mbayar_app;
GRANT UPDATE (counter, label, last_used_at, removed_at) ON passkey TO mbayar_app;
GRANT SELECT, INSERT, DELETE ON passkey_challenge TO mbayar_app;
