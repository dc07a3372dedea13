-- Money in and out of mobile money. The internal provider serves only accounts flagged as test.

CREATE TABLE deposit (
  -- The operation that asked for it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  provider text NOT NULL,
  amount_xof bigint NOT NULL,
  state text NOT NULL,
  -- Of the operation that asked: the same id with another input is refused before the provider hears of it.
  input_hash bytea NOT NULL,
  -- The provider's own transaction: credited once.
  provider_transaction text,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  credited_at timestamptz,
  CONSTRAINT deposit_provider_known CHECK (provider IN ('internal')),
  CONSTRAINT deposit_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT deposit_state_known CHECK (state IN ('requested', 'credited', 'refused', 'review')),
  CONSTRAINT deposit_credited_whole CHECK ((state = 'credited') = (credited_at IS NOT NULL AND provider_transaction IS NOT NULL)),
  CONSTRAINT deposit_provider_transaction_once UNIQUE (provider, provider_transaction)
);
CREATE INDEX deposit_player ON deposit (player_id, requested_at);
CREATE INDEX deposit_waiting ON deposit (requested_at) WHERE state = 'requested';

CREATE TABLE withdrawal (
  -- The operation that asked for it; the provider's idempotency key for life.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  provider text NOT NULL,
  amount_xof bigint NOT NULL,
  state text NOT NULL,
  provider_transaction text,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  CONSTRAINT withdrawal_provider_known CHECK (provider IN ('internal')),
  CONSTRAINT withdrawal_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT withdrawal_state_known CHECK (state IN ('requested', 'sent', 'unknown', 'paid', 'refused')),
  CONSTRAINT withdrawal_ended_whole CHECK ((state IN ('paid', 'refused')) = (ended_at IS NOT NULL)),
  CONSTRAINT withdrawal_provider_transaction_once UNIQUE (provider, provider_transaction)
);
CREATE INDEX withdrawal_player ON withdrawal (player_id, requested_at);
CREATE INDEX withdrawal_waiting ON withdrawal (requested_at) WHERE ended_at IS NULL;

GRANT SELECT, INSERT ON deposit, withdrawal TO mbayar_app;
GRANT UPDATE (state, provider_transaction, credited_at) ON deposit TO mbayar_app;
GRANT UPDATE (state, provider_transaction, ended_at) ON withdrawal TO mbayar_app;
