-- Minors whom a provider names, and money that goes back to its sender.

-- What a provider says of a person, without a document: his mobile account is a minor's.
ALTER TABLE identity_alert ALTER COLUMN document_id DROP NOT NULL;
ALTER TABLE identity_alert DROP CONSTRAINT identity_alert_kind_known;
ALTER TABLE identity_alert ADD CONSTRAINT identity_alert_kind_known
  CHECK (kind IN ('same_document', 'under_age', 'birth_date_differs', 'barred', 'account_of_minor'));
ALTER TABLE identity_alert ADD CONSTRAINT identity_alert_document_told
  CHECK ((document_id IS NULL) = (kind = 'account_of_minor'));
CREATE UNIQUE INDEX identity_alert_minor_once ON identity_alert (player_id) WHERE kind = 'account_of_minor' AND closed_at IS NULL;

-- Money that came and is nobody's goes back to its sender: by the provider's own refund, or by people in its portal.
ALTER TABLE suspense_allocation
  -- The provider's id of the movement back, as people read it in the portal.
  ADD COLUMN transaction text,
  DROP CONSTRAINT suspense_allocation_choice_known;
-- refund: the provider gives it back. by_hand: people gave it back in the provider's portal.
ALTER TABLE suspense_allocation ADD CONSTRAINT suspense_allocation_choice_known CHECK (choice IN
  ('player', 'payer', 'refund', 'by_hand', 'treasury', 'fee', 'house', 'omitted'));
ALTER TABLE suspense_allocation ADD CONSTRAINT suspense_allocation_by_hand_told
  CHECK ((choice = 'by_hand') = (transaction IS NOT NULL));

-- refunded: given back to whoever paid, who may be nobody of ours.
ALTER TABLE incoming_payment DROP CONSTRAINT incoming_payment_state_known;
ALTER TABLE incoming_payment ADD CONSTRAINT incoming_payment_state_known
  CHECK (state IN ('credited', 'review', 'allocated', 'settled', 'returned', 'refunded'));

CREATE TABLE payment_refund (
  -- The allocation that two people agreed on.
  id uuid PRIMARY KEY REFERENCES suspense_allocation (id),
  payment_id uuid NOT NULL REFERENCES incoming_payment (id),
  -- asked: the provider is asked until it says; the money is still in suspense. refunded: it has gone. refused: the
  -- provider will not; the money stays, and people decide again.
  state text NOT NULL,
  reason text,
  -- By hand only.
  transaction text,
  -- The line that told of it before people did: the break it had opened moved the clearing account.
  line_id uuid REFERENCES statement_line (id),
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  CONSTRAINT payment_refund_state_known CHECK (state IN ('asked', 'refunded', 'refused')),
  CONSTRAINT payment_refund_ended_whole CHECK ((state = 'asked') = (ended_at IS NULL)),
  CONSTRAINT payment_refund_refused_why CHECK ((state = 'refused') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX payment_refund_once ON payment_refund (payment_id) WHERE state <> 'refused';
CREATE INDEX payment_refund_transaction ON payment_refund (transaction) WHERE transaction IS NOT NULL;

-- The line of a statement that is the way back of a payment; what is missed on the statement of its day.
ALTER TABLE statement_line ADD COLUMN refund_id uuid REFERENCES payment_refund (id);
CREATE UNIQUE INDEX statement_line_refund_once ON statement_line (refund_id) WHERE refund_id IS NOT NULL;
ALTER TABLE statement_break ADD COLUMN refund_id uuid REFERENCES payment_refund (id);
CREATE UNIQUE INDEX statement_break_missing_refund_once ON statement_break (refund_id) WHERE kind = 'missing';

GRANT SELECT, INSERT ON payment_refund TO mbayar_app;
GRANT UPDATE (state, reason, ended_at) ON payment_refund TO mbayar_app;
GRANT UPDATE (refund_id) ON statement_line TO mbayar_app;
