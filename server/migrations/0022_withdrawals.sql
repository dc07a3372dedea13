-- What providers said of who is to be paid, what people of the house found out about withdrawals that a provider does not
-- explain, and winnings that go out by themselves.

-- The provider's word on a number, before the first withdrawal to it.
CREATE TABLE recipient_check (
  provider text NOT NULL,
  phone text NOT NULL,
  is_within_limits boolean,
  name_match text,
  checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (provider, phone),
  CONSTRAINT recipient_check_name_match_known CHECK (name_match IN ('match', 'no_match', 'not_known'))
);

-- "It was paid", "it was never paid", "take it back": one person says so with his evidence, another one confirms.
CREATE TABLE withdrawal_verdict (
  id uuid PRIMARY KEY,
  withdrawal_id uuid NOT NULL REFERENCES withdrawal (id),
  verdict text NOT NULL,
  evidence text NOT NULL,
  state text NOT NULL DEFAULT 'proposed',
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  CONSTRAINT withdrawal_verdict_known CHECK (verdict IN ('paid', 'refused', 'reverse')),
  CONSTRAINT withdrawal_verdict_state_known CHECK (state IN ('proposed', 'confirmed', 'dropped')),
  CONSTRAINT withdrawal_verdict_decided_whole CHECK (num_nulls(decided_by, decided_at) = CASE WHEN state = 'proposed' THEN 2 ELSE 0 END),
  CONSTRAINT withdrawal_verdict_two_people CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX withdrawal_verdict_one_open ON withdrawal_verdict (withdrawal_id) WHERE state = 'proposed';

-- Winnings of one settlement that went out by themselves, or why they did not.
CREATE TABLE automatic_payout (
  settlement_id uuid NOT NULL REFERENCES settlement (id),
  player_id uuid NOT NULL REFERENCES player (id),
  withdrawal_id uuid REFERENCES withdrawal (id),
  refusal text,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (settlement_id, player_id),
  CONSTRAINT automatic_payout_one_end CHECK (num_nonnulls(withdrawal_id, refusal) = 1)
);

-- Who won in a settlement.
CREATE INDEX duel_settlement_id ON duel (settlement_id) WHERE settlement_id IS NOT NULL;
CREATE INDEX withdrawal_approval ON withdrawal (requested_at) WHERE state = 'approval';

GRANT SELECT, INSERT ON recipient_check, withdrawal_verdict, automatic_payout TO mbayar_app;
GRANT UPDATE (is_within_limits, name_match, checked_at) ON recipient_check TO mbayar_app;
GRANT UPDATE (state, decided_by, decided_at) ON withdrawal_verdict TO mbayar_app;
GRANT UPDATE (approvals_required) ON withdrawal TO mbayar_app;
