-- Who a player is: his tier, the documents he sent, and what compliance said of them.

ALTER TABLE player
  -- 'identified' once compliance has approved a document of his.
  ADD COLUMN tier text NOT NULL DEFAULT 'phone',
  ADD CONSTRAINT player_tier_known CHECK (tier IN ('phone', 'identified')),
  DROP CONSTRAINT player_state_known,
  -- 'barred': may not bet or deposit (too young, or somebody who may not bet), and can take his money out.
  ADD CONSTRAINT player_state_known CHECK (state IN ('active', 'excluded', 'barred', 'closed'));
GRANT UPDATE (tier, birth_date) ON player TO mbayar_app;

CREATE TABLE identity_document (
  -- The operation that sent it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  kind text NOT NULL,
  -- ISO 3166, of the state that issued it.
  country text NOT NULL,
  -- Keyed fingerprint of kind, country and normalised number: finds a second account, tells nothing without the key.
  number_print bytea,
  -- Number, name, birth date and expiry, encrypted with a key that the database does not have.
  sealed bytea,
  state text NOT NULL DEFAULT 'waiting',
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  -- Why it was refused: a reason of the list, and what the reviewer adds for the player.
  reason text,
  remark text,
  -- When the pictures, the print and what is sealed were taken out.
  erased_at timestamptz,
  CONSTRAINT identity_document_kind_known CHECK (kind IN ('cni', 'passport', 'residence', 'driving')),
  CONSTRAINT identity_document_country_known CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT identity_document_print_size CHECK (octet_length(number_print) = 32),
  CONSTRAINT identity_document_state_known CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
  CONSTRAINT identity_document_decided_whole CHECK
    ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT identity_document_refused_why CHECK ((state = 'refused') = (reason IS NOT NULL)),
  CONSTRAINT identity_document_whole CHECK
    (num_nulls(number_print, sealed) = CASE WHEN erased_at IS NULL THEN 0 ELSE 2 END)
);
-- One person, one account.
CREATE UNIQUE INDEX identity_document_person_once ON identity_document (number_print) WHERE state = 'approved';
CREATE UNIQUE INDEX identity_document_waiting_once ON identity_document (player_id) WHERE state = 'waiting';
CREATE INDEX identity_document_player ON identity_document (player_id, sent_at);
CREATE INDEX identity_document_queue ON identity_document (sent_at) WHERE state = 'waiting';

-- The pictures of a document, re-encoded and encrypted. Never served but to compliance, one audited look at a time.
CREATE TABLE identity_picture (
  document_id uuid NOT NULL REFERENCES identity_document (id),
  side text NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (document_id, side),
  CONSTRAINT identity_picture_side_known CHECK (side IN ('front', 'back'))
);

-- What a document brought to light, for compliance.
CREATE TABLE identity_alert (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  document_id uuid NOT NULL REFERENCES identity_document (id),
  player_id uuid NOT NULL REFERENCES player (id),
  -- The account that has the same document.
  other_player_id uuid REFERENCES player (id),
  raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_by uuid REFERENCES staff (id),
  closed_at timestamptz,
  CONSTRAINT identity_alert_kind_known CHECK (kind IN ('same_document', 'under_age', 'birth_date_differs', 'barred')),
  CONSTRAINT identity_alert_closed_whole CHECK (num_nulls(closed_by, closed_at) IN (0, 2)),
  CONSTRAINT identity_alert_once UNIQUE (document_id, kind)
);
CREATE INDEX identity_alert_open ON identity_alert (raised_at) WHERE closed_at IS NULL;

GRANT SELECT, INSERT ON identity_document, identity_picture, identity_alert TO mbayar_app;
GRANT UPDATE (number_print, sealed, state, decided_by, decided_at, reason, remark, erased_at)
  ON identity_document TO mbayar_app;
GRANT DELETE ON identity_picture TO mbayar_app;
GRANT UPDATE (closed_by, closed_at) ON identity_alert TO mbayar_app;
