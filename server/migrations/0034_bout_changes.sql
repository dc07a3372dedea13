-- Bouts that are moved, cancelled or not fought, and what becomes of the bets on them.

ALTER TABLE bout
  -- The date that the bettors agreed to, kept when a bout with bets is moved; null as long as it never was.
  ADD COLUMN first_scheduled_at timestamptz,
  -- Moved, and no new date yet: `scheduled_at` still says the last one.
  ADD COLUMN is_undated boolean NOT NULL DEFAULT false,
  -- The bets stand while the same two meet until then; only of a bout that was moved.
  ADD COLUMN stands_until timestamptz,
  -- When the job gives every stake back, unless the bout has met or people have proposed a result.
  ADD COLUMN void_at timestamptz,
  ADD CONSTRAINT bout_moved_whole CHECK ((first_scheduled_at IS NULL) = (stands_until IS NULL)),
  ADD CONSTRAINT bout_voided_is_moved CHECK (void_at IS NULL OR stands_until IS NOT NULL);
CREATE INDEX bout_void_at ON bout (void_at) WHERE void_at IS NOT NULL AND state IN ('announced', 'whistled');
GRANT UPDATE (first_scheduled_at, is_undated, stands_until, void_at) ON bout TO mbayar_app;

-- Every move of a bout: from when to when, why, and where it was announced.
CREATE TABLE postponement (
  -- The operation that moved it.
  id uuid PRIMARY KEY,
  bout_id int NOT NULL REFERENCES bout (id),
  from_at timestamptz NOT NULL,
  -- Null: no new date yet.
  to_at timestamptz,
  reason text NOT NULL,
  source text NOT NULL,
  moved_by uuid NOT NULL REFERENCES staff (id),
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT postponement_says_why CHECK (reason <> '' AND source <> ''),
  CONSTRAINT postponement_moves CHECK (to_at IS DISTINCT FROM from_at)
);
CREATE INDEX postponement_bout ON postponement (bout_id, moved_at);
CREATE TRIGGER postponement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postponement
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON postponement TO mbayar_app;

-- A bout that did not meet in time is ended by the job, and by nobody; everything else by two people.
ALTER TABLE result
  ALTER COLUMN proposed_by DROP NOT NULL,
  DROP CONSTRAINT result_confirmed_whole,
  ADD CONSTRAINT result_by_people_or_job CHECK ((proposed_by IS NULL) = (ending = 'postponed')),
  ADD CONSTRAINT result_confirmed_whole CHECK (CASE WHEN ending = 'postponed'
    THEN confirmed_by IS NULL AND confirmed_at IS NOT NULL ELSE num_nonnulls(confirmed_by, confirmed_at) IN (0, 2) END);

ALTER TABLE gala ADD CONSTRAINT gala_rules_plausible CHECK (round_count BETWEEN 1 AND 10 AND round_minutes BETWEEN 1 AND 60
  AND break_minutes BETWEEN 0 AND 30 AND extension_minutes BETWEEN 0 AND 60 AND warnings_limit BETWEEN 1 AND 20);
