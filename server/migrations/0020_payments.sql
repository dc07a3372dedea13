-- Mobile money: attempts to bring a deposit, the payments that came, callbacks as they came, what people decide of a
-- withdrawal, the history of both, and how each provider fares.
--
-- One payment of a provider's is one row of `incoming_payment` and is booked once. A deposit is what a player asked
-- for; several payments may come for it, and some come for nothing that anybody asked for.

-- Which providers there are is the configuration's, not the database's.
ALTER TABLE deposit DROP CONSTRAINT deposit_provider_known;
ALTER TABLE deposit ADD CONSTRAINT deposit_provider_named CHECK (provider ~ '^[a-z][a-z_]{1,29}$');
ALTER TABLE withdrawal DROP CONSTRAINT withdrawal_provider_known;
ALTER TABLE withdrawal ADD CONSTRAINT withdrawal_provider_named CHECK (provider ~ '^[a-z][a-z_]{1,29}$');

ALTER TABLE ledger.account DROP CONSTRAINT account_kind_known;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_known CHECK (kind IN
  ('player_available', 'market_escrow', 'commission', 'tax_payable', 'provider_clearing', 'withdrawal_pending',
   'suspense', 'provider_fee', 'transfer_tax', 'treasury'));

ALTER TABLE deposit
  ADD COLUMN reason text,
  -- Until when the provider lets it be paid: the last of its attempts.
  ADD COLUMN expires_at timestamptz,
  -- When the provider is asked next; null: never again.
  ADD COLUMN look_at timestamptz DEFAULT clock_timestamp(),
  ADD COLUMN look_count int NOT NULL DEFAULT 0,
  -- The slip he came from, to go on with.
  ADD COLUMN back_path text;
ALTER TABLE deposit DROP CONSTRAINT deposit_state_known;
ALTER TABLE deposit ADD CONSTRAINT deposit_state_known
  CHECK (state IN ('requested', 'credited', 'expired', 'refused', 'review', 'returned'));

-- A session or a code that the provider made for a deposit. Its reference is what the provider knows it by.
CREATE TABLE deposit_attempt (
  reference uuid PRIMARY KEY,
  deposit_id uuid NOT NULL REFERENCES deposit (id),
  seq smallint NOT NULL,
  -- The provider's id for it.
  session text,
  -- What the player opens or scans; core/src/api/wallet.ts has its shape.
  launch jsonb,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  CONSTRAINT deposit_attempt_numbered_once UNIQUE (deposit_id, seq)
);
CREATE INDEX deposit_attempt_session ON deposit_attempt (session) WHERE session IS NOT NULL;

-- Money that reached us at a provider, by the provider's own word.
CREATE TABLE incoming_payment (
  id uuid PRIMARY KEY,
  provider text NOT NULL,
  -- The provider's id of the movement.
  transaction text NOT NULL,
  deposit_id uuid REFERENCES deposit (id),
  player_id uuid REFERENCES player (id),
  is_test boolean NOT NULL,
  amount_xof bigint NOT NULL,
  payer_phone text,
  paid_at timestamptz,
  -- credited: on the player's balance. review: in suspense, two people decide. allocated: they gave it to a player.
  -- settled: they sent it where it belongs, back to its payer or into the house. returned: it goes back by itself.
  state text NOT NULL,
  reason text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT incoming_payment_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT incoming_payment_state_known CHECK (state IN ('credited', 'review', 'allocated', 'settled', 'returned')),
  CONSTRAINT incoming_payment_credited_is_somebodys CHECK (state NOT IN ('credited', 'allocated', 'returned') OR player_id IS NOT NULL),
  CONSTRAINT incoming_payment_once UNIQUE (provider, transaction)
);
CREATE INDEX incoming_payment_deposit ON incoming_payment (deposit_id);
CREATE INDEX incoming_payment_player ON incoming_payment (player_id, recorded_at);
CREATE INDEX incoming_payment_review ON incoming_payment (recorded_at) WHERE state = 'review';

INSERT INTO incoming_payment (id, provider, transaction, deposit_id, player_id, is_test, amount_xof, payer_phone, paid_at, state, recorded_at)
SELECT gen_random_uuid(), d.provider, d.provider_transaction, d.id, d.player_id, p.is_test, d.amount_xof, p.phone, d.credited_at,
  d.state, coalesce(d.credited_at, d.requested_at)
FROM deposit d JOIN player p ON p.id = d.player_id
WHERE d.provider_transaction IS NOT NULL AND d.state IN ('credited', 'returned');
INSERT INTO deposit_attempt (reference, deposit_id, seq, requested_at) SELECT id, id, 1, requested_at FROM deposit;

ALTER TABLE deposit DROP CONSTRAINT deposit_credited_whole;
ALTER TABLE deposit DROP CONSTRAINT deposit_provider_transaction_once;
ALTER TABLE deposit DROP COLUMN provider_transaction;
ALTER TABLE deposit ADD CONSTRAINT deposit_credited_whole CHECK ((state = 'credited') = (credited_at IS NOT NULL));

DROP INDEX deposit_waiting;
-- What the poller goes through.
CREATE INDEX deposit_to_look_at ON deposit (look_at) WHERE look_at IS NOT NULL;
UPDATE deposit SET look_at = NULL WHERE state <> 'requested';

-- A callback, stored before it is answered. Headers keep no credential.
CREATE TABLE provider_callback (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL,
  -- The same for each delivery of one event.
  event_id text NOT NULL,
  body bytea NOT NULL,
  about text NOT NULL,
  reference text,
  session text,
  transaction text,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivery_count int NOT NULL DEFAULT 1,
  -- When the provider had been asked and what it said was booked.
  read_at timestamptz,
  outcome text,
  CONSTRAINT provider_callback_about_known CHECK (about IN ('deposit', 'withdrawal', 'nothing')),
  CONSTRAINT provider_callback_event_once UNIQUE (provider, event_id)
);
CREATE INDEX provider_callback_unread ON provider_callback (received_at) WHERE read_at IS NULL;

ALTER TABLE withdrawal
  -- Where it goes: the number the player had proved when he asked. A later change of number does not redirect it.
  ADD COLUMN phone text,
  ADD COLUMN approvals_required smallint NOT NULL DEFAULT 0,
  -- Why it waits, or how it ended.
  ADD COLUMN reason text,
  -- The provider's id for it.
  ADD COLUMN session text,
  -- The exact text that goes to the provider, made once and sent unchanged. No secret is in it.
  ADD COLUMN composed text,
  ADD COLUMN sent_at timestamptz,
  ADD COLUMN send_count int NOT NULL DEFAULT 0,
  -- Asked for by itself, after a win.
  ADD COLUMN is_automatic boolean NOT NULL DEFAULT false;
UPDATE withdrawal w SET phone = p.phone FROM player p WHERE p.id = w.player_id;
ALTER TABLE withdrawal ALTER COLUMN phone SET NOT NULL;
ALTER TABLE withdrawal DROP CONSTRAINT withdrawal_state_known;
ALTER TABLE withdrawal ADD CONSTRAINT withdrawal_state_known
  CHECK (state IN ('approval', 'requested', 'sent', 'processing', 'unknown', 'paid', 'refused', 'reversed'));
ALTER TABLE withdrawal DROP CONSTRAINT withdrawal_ended_whole;
ALTER TABLE withdrawal ADD CONSTRAINT withdrawal_ended_whole
  CHECK ((state IN ('paid', 'refused', 'reversed')) = (ended_at IS NOT NULL));
ALTER TABLE withdrawal ADD CONSTRAINT withdrawal_approvals_known CHECK (approvals_required BETWEEN 0 AND 2);

-- The way back of a payment, not of a deposit: two may come for one.
ALTER TABLE withdrawal ADD COLUMN returns_payment uuid REFERENCES incoming_payment (id),
  ADD CONSTRAINT withdrawal_returns_payment_once UNIQUE (returns_payment);
UPDATE withdrawal w SET returns_payment = i.id FROM incoming_payment i WHERE i.deposit_id = w.returns_deposit;
ALTER TABLE withdrawal DROP COLUMN returns_deposit;

-- What people of the house said of a withdrawal; each person once.
CREATE TABLE withdrawal_decision (
  withdrawal_id uuid NOT NULL REFERENCES withdrawal (id),
  staff_id uuid NOT NULL REFERENCES staff (id),
  approves boolean NOT NULL,
  note text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (withdrawal_id, staff_id)
);

-- Each state that a deposit or a withdrawal went through, with its reason. A player sees it; `detail` is for staff.
CREATE TABLE payment_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deposit_id uuid REFERENCES deposit (id),
  withdrawal_id uuid REFERENCES withdrawal (id),
  state text NOT NULL,
  reason text,
  detail text,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT payment_event_one_payment CHECK (num_nonnulls(deposit_id, withdrawal_id) = 1)
);
CREATE INDEX payment_event_deposit ON payment_event (deposit_id, id) WHERE deposit_id IS NOT NULL;
CREATE INDEX payment_event_withdrawal ON payment_event (withdrawal_id, id) WHERE withdrawal_id IS NOT NULL;
INSERT INTO payment_event (deposit_id, state, at) SELECT id, state, coalesce(credited_at, requested_at) FROM deposit;
INSERT INTO payment_event (withdrawal_id, state, at) SELECT id, state, coalesce(ended_at, requested_at) FROM withdrawal;

-- How a provider fares, and what people have stopped. No row: nothing is known yet, and nothing is stopped.
CREATE TABLE provider_state (
  provider text PRIMARY KEY,
  deposits_stopped_at timestamptz,
  payouts_stopped_at timestamptz,
  stopped_reason text,
  stopped_detail text,
  -- Null: the house itself, after an answer that means our access is broken.
  stopped_by uuid REFERENCES staff (id),
  -- The last word of the provider on the account that pays withdrawals.
  balance_xof bigint,
  balance_at timestamptz
);

-- Who wants his winnings in his mobile money at once, and where; null: nobody asked.
ALTER TABLE player ADD COLUMN pays_out_to text;

GRANT SELECT, INSERT ON deposit_attempt, incoming_payment, provider_callback, withdrawal_decision, payment_event, provider_state TO mbayar_app;
GRANT UPDATE (session, launch, expires_at) ON deposit_attempt TO mbayar_app;
GRANT UPDATE (state, reason, player_id) ON incoming_payment TO mbayar_app;
GRANT UPDATE (delivery_count, read_at, outcome) ON provider_callback TO mbayar_app;
GRANT UPDATE (deposits_stopped_at, payouts_stopped_at, stopped_reason, stopped_detail, stopped_by, balance_xof, balance_at)
  ON provider_state TO mbayar_app;
GRANT UPDATE (state, reason, expires_at, look_at, look_count, credited_at) ON deposit TO mbayar_app;
GRANT UPDATE (state, reason, provider_transaction, ended_at, session, composed, sent_at, send_count) ON withdrawal TO mbayar_app;
GRANT UPDATE (pays_out_to) ON player TO mbayar_app;
