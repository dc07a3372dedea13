-- Objections of players to what their bets paid, each with its clock; and alerts about how some play.

-- Free, once for each player and market, within 48 hours of the settlement. Nothing moves by it: a settled bet changes
-- by a correction only, and an objection that is upheld names it.
CREATE TABLE objection (
  -- The operation that raised it.
  id uuid PRIMARY KEY,
  -- What it is called: OBJ-000123.
  number int GENERATED ALWAYS AS IDENTITY UNIQUE,
  player_id uuid NOT NULL REFERENCES player (id),
  market_id int NOT NULL REFERENCES market (id),
  -- The bet from which it was raised, and the version of the settlement it is about.
  duel_id uuid NOT NULL REFERENCES duel (id),
  version smallint NOT NULL,
  reason text NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at timestamptz NOT NULL,
  verdict text,
  answer text,
  -- The correction by which it was upheld.
  result_id uuid REFERENCES result (id),
  answered_by uuid REFERENCES staff (id),
  answered_at timestamptz,
  CONSTRAINT objection_once UNIQUE (market_id, player_id),
  CONSTRAINT objection_due_later CHECK (due_at > raised_at),
  CONSTRAINT objection_verdict_known CHECK (verdict IN ('upheld', 'rejected')),
  CONSTRAINT objection_answered_whole CHECK (num_nonnulls(verdict, answer, answered_by, answered_at) IN (0, 4)),
  CONSTRAINT objection_upheld_by_correction CHECK ((verdict IS NOT DISTINCT FROM 'upheld') = (result_id IS NOT NULL))
);
CREATE INDEX objection_open ON objection (due_at) WHERE answered_at IS NULL;
CREATE INDEX objection_answered ON objection (answered_at) WHERE answered_at IS NOT NULL;
GRANT SELECT, INSERT ON objection TO mbayar_app;
GRANT UPDATE (verdict, answer, result_id, answered_by, answered_at) ON objection TO mbayar_app;

-- What he wrote goes with his data; the answer and its date stay.
CREATE FUNCTION objection_forget_reason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE objection SET reason = '' WHERE player_id = NEW.player_id;
  RETURN NULL;
END $$;
CREATE TRIGGER objection_erased AFTER UPDATE OF erased_at ON account_closure
  FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION objection_forget_reason();
REVOKE ALL ON FUNCTION objection_forget_reason() FROM PUBLIC;

-- What compliance should look at: the same two again and again with the money going one way · linked accounts that met
-- in a duel · somebody who suddenly stakes far more than he did. Facts are as they were when it was raised.
CREATE TABLE play_alert (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  player_id uuid NOT NULL REFERENCES player (id),
  other_player_id uuid REFERENCES player (id),
  bet_count int NOT NULL,
  staked_xof bigint NOT NULL,
  -- Of a pair: what the first has won from the other, less what he lost to him. Of a spike: what an ordinary day was.
  compared_xof bigint NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_by uuid REFERENCES staff (id),
  closed_at timestamptz,
  note text,
  CONSTRAINT play_alert_kind_known CHECK (kind IN ('same_pair', 'linked_accounts', 'stake_spike')),
  CONSTRAINT play_alert_pair_named CHECK ((kind = 'stake_spike') = (other_player_id IS NULL) AND player_id <> other_player_id),
  CONSTRAINT play_alert_closed_whole CHECK (num_nonnulls(closed_by, closed_at, note) IN (0, 3))
);
-- Whoever of a pair is named first, it has one alert of a kind at a time.
CREATE UNIQUE INDEX play_alert_open ON play_alert
  (kind, least(player_id, coalesce(other_player_id, player_id)), greatest(player_id, coalesce(other_player_id, player_id)))
  WHERE closed_at IS NULL;
CREATE INDEX play_alert_of ON play_alert (player_id, closed_at);
CREATE INDEX play_alert_of_other ON play_alert (other_player_id, closed_at) WHERE other_player_id IS NOT NULL;
GRANT SELECT, INSERT ON play_alert TO mbayar_app;
GRANT UPDATE (closed_by, closed_at, note) ON play_alert TO mbayar_app;

-- Duels of the last hours are found without an index that every bet would have to keep: their rows lie together.
CREATE INDEX duel_made_at ON duel USING brin (made_at);
