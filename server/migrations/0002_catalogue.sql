-- The catalogue: wrestlers, their names and stables, promoters, arenas, the bouts of the past, and the imports they come from.
--
-- An empty field is unknown, never a guess. Names are not unique and are never a key: rows are found by id.
-- `search_name` is the name folded by core/src/name.ts (no accents, no case, words parted by one space).
-- Publication follows the source's confidence (high: published, medium: waits for a reviewer, low: held) until a person
-- decides; `publication_decided_by` says that one has, and an import leaves that decision alone.

CREATE TABLE import_run (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Who applied it: a member of staff, or the command line's user.
  actor text NOT NULL,
  wrestlers_sha256 bytea NOT NULL,
  bouts_sha256 bytea NOT NULL,
  -- Per file: new, changed, unchanged, conflicting, rejected, total.
  counts jsonb NOT NULL,
  CONSTRAINT import_run_actor_named CHECK (actor <> ''),
  CONSTRAINT import_run_wrestlers_sha256_size CHECK (octet_length(wrestlers_sha256) = 32),
  CONSTRAINT import_run_bouts_sha256_size CHECK (octet_length(bouts_sha256) = 32)
);

-- Every row of an import that is not simply unchanged, with the text it came from.
CREATE TABLE import_row (
  run_id int NOT NULL REFERENCES import_run (id),
  file text NOT NULL,
  line int NOT NULL,
  official_id text,
  verdict text NOT NULL,
  -- [{code, params}]: core/src/official-reasons.ts has the sentences.
  reasons jsonb NOT NULL,
  -- [{field, before, after}]
  differences jsonb NOT NULL,
  source_row jsonb NOT NULL,
  PRIMARY KEY (run_id, file, line),
  CONSTRAINT import_row_file_known CHECK (file IN ('wrestlers', 'bouts')),
  CONSTRAINT import_row_verdict_known CHECK (verdict IN ('new', 'changed', 'conflicting', 'rejected'))
);

CREATE TABLE stable (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT stable_name_once UNIQUE (search_name)
);

CREATE TABLE promoter (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT promoter_name_once UNIQUE (search_name)
);

CREATE TABLE arena (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT arena_name_once UNIQUE (search_name)
);

CREATE TABLE wrestler (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The id in the official file ('L001'); absent for a stub and for a wrestler entered in the office.
  official_id text,
  -- A name printed in a bout and nothing else known: it has no page.
  is_stub boolean NOT NULL DEFAULT false,
  -- The page's address; given once, kept when the name is corrected.
  slug text,
  ring_name text NOT NULL,
  search_name text NOT NULL,
  legal_name text,
  search_legal_name text,
  -- 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD': as much as is known.
  born_on text,
  birth_place text,
  height_cm smallint,
  weight_kg smallint,
  status text,
  debut_year smallint,
  -- The record as a source states it on a (partial) date; not a count of the bouts known here.
  record_wins smallint,
  record_losses smallint,
  record_draws smallint,
  record_no_verdicts smallint,
  record_as_of text,
  titles text[] NOT NULL DEFAULT '{}',
  notes text,
  sources text[] NOT NULL DEFAULT '{}',
  confidence text,
  publication text NOT NULL,
  publication_decided_by text,
  publication_decided_at timestamptz,
  -- The row of the official file, word for word: what the next import compares with.
  source_row jsonb,
  last_import_run_id int REFERENCES import_run (id),
  CONSTRAINT wrestler_official_id_once UNIQUE (official_id),
  CONSTRAINT wrestler_slug_once UNIQUE (slug),
  CONSTRAINT wrestler_named CHECK (ring_name <> '' AND search_name <> ''),
  CONSTRAINT wrestler_legal_name_folded CHECK ((legal_name IS NULL) = (search_legal_name IS NULL)),
  CONSTRAINT wrestler_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  CONSTRAINT wrestler_stub_is_a_name CHECK (
    (is_stub AND slug IS NULL AND official_id IS NULL AND source_row IS NULL AND publication = 'held')
    OR (NOT is_stub AND slug IS NOT NULL)),
  CONSTRAINT wrestler_official_row_kept CHECK (num_nonnulls(official_id, source_row, confidence) IN (0, 3)),
  CONSTRAINT wrestler_born_on_form CHECK (born_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
  CONSTRAINT wrestler_height_plausible CHECK (height_cm BETWEEN 100 AND 250),
  CONSTRAINT wrestler_weight_plausible CHECK (weight_kg BETWEEN 30 AND 300),
  CONSTRAINT wrestler_debut_plausible CHECK (debut_year BETWEEN 1900 AND 2100),
  CONSTRAINT wrestler_status_known CHECK (status IN ('active', 'retired', 'deceased')),
  CONSTRAINT wrestler_record_dated CHECK (
    num_nonnulls(record_wins, record_losses, record_as_of) IN (0, 3)
    AND (record_as_of IS NOT NULL OR num_nonnulls(record_draws, record_no_verdicts) = 0)),
  CONSTRAINT wrestler_record_as_of_form CHECK (record_as_of ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
  CONSTRAINT wrestler_record_counts CHECK (
    record_wins >= 0 AND record_losses >= 0 AND record_draws >= 0 AND record_no_verdicts >= 0),
  CONSTRAINT wrestler_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
  CONSTRAINT wrestler_publication_known CHECK (publication IN ('published', 'pending_review', 'held')),
  CONSTRAINT wrestler_decision_signed CHECK ((publication_decided_by IS NULL) = (publication_decided_at IS NULL))
);
CREATE INDEX wrestler_search_name ON wrestler (search_name text_pattern_ops);
-- One stub a name: nothing else tells two of them apart.
CREATE UNIQUE INDEX wrestler_stub_once ON wrestler (search_name) WHERE is_stub;

CREATE TABLE wrestler_alias (
  wrestler_id int NOT NULL REFERENCES wrestler (id),
  name text NOT NULL,
  search_name text NOT NULL,
  position smallint NOT NULL,
  -- 'official' comes from the file and follows it; 'office' is entered by a person and stays.
  origin text NOT NULL,
  PRIMARY KEY (wrestler_id, search_name),
  CONSTRAINT wrestler_alias_named CHECK (name <> '' AND search_name <> ''),
  CONSTRAINT wrestler_alias_origin_known CHECK (origin IN ('official', 'office'))
);
CREATE INDEX wrestler_alias_search_name ON wrestler_alias (search_name text_pattern_ops);

-- Wrestlers move: a membership has dates, as far as they are known.
CREATE TABLE stable_membership (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  wrestler_id int NOT NULL REFERENCES wrestler (id),
  stable_id int NOT NULL REFERENCES stable (id),
  joined_on text,
  left_on text,
  -- True once he has left, the day known or not.
  has_left boolean NOT NULL,
  origin text NOT NULL,
  CONSTRAINT stable_membership_joined_on_form CHECK (joined_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
  CONSTRAINT stable_membership_left_on_form CHECK (left_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
  CONSTRAINT stable_membership_left_has_left CHECK (left_on IS NULL OR has_left),
  CONSTRAINT stable_membership_origin_known CHECK (origin IN ('official', 'office'))
);
CREATE INDEX stable_membership_wrestler ON stable_membership (wrestler_id);
CREATE INDEX stable_membership_stable ON stable_membership (stable_id);
CREATE UNIQUE INDEX stable_membership_official_once ON stable_membership (wrestler_id, stable_id) WHERE origin = 'official';

-- A bout as the sources tell it; the bouts people bet on are the table `bout`.
CREATE TABLE official_bout (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  official_id text,
  -- As much of the date as is known, and the first and last day it can mean, for sorting.
  held_on text,
  held_first date,
  held_last date,
  arena_id int REFERENCES arena (id),
  wrestler_a_id int NOT NULL REFERENCES wrestler (id),
  wrestler_b_id int NOT NULL REFERENCES wrestler (id),
  -- Whom the import found in the printed names; the two above differ once a person has corrected them.
  found_a_id int REFERENCES wrestler (id),
  found_b_id int REFERENCES wrestler (id),
  result text NOT NULL,
  winner_id int,
  method text,
  duration_seconds int,
  title text,
  promoter_id int REFERENCES promoter (id),
  -- The verdict of the day, when it was changed later.
  initial_verdict text,
  notes text,
  sources text[] NOT NULL DEFAULT '{}',
  confidence text,
  publication text NOT NULL,
  publication_decided_by text,
  publication_decided_at timestamptz,
  source_row jsonb,
  last_import_run_id int REFERENCES import_run (id),
  CONSTRAINT official_bout_official_id_once UNIQUE (official_id),
  CONSTRAINT official_bout_official_row_kept CHECK (
    num_nonnulls(official_id, source_row, found_a_id, found_b_id, confidence) IN (0, 5)),
  CONSTRAINT official_bout_two_wrestlers CHECK (wrestler_a_id <> wrestler_b_id),
  CONSTRAINT official_bout_held_on_form CHECK (held_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
  CONSTRAINT official_bout_held_known_together CHECK (
    num_nonnulls(held_on, held_first, held_last) IN (0, 3) AND held_first <= held_last),
  CONSTRAINT official_bout_result_known CHECK (
    result IN ('win', 'draw', 'no_verdict', 'double_disqualification', 'planned')),
  -- COALESCE: a CHECK lets "unknown" pass, and a comparison with NULL is unknown.
  CONSTRAINT official_bout_winner_is_one_of_them CHECK (
    (result = 'win') = COALESCE(winner_id IN (wrestler_a_id, wrestler_b_id), false)
    AND (result = 'win' OR winner_id IS NULL)),
  CONSTRAINT official_bout_method_known CHECK (method IN
    ('fall', 'four_supports', 'ko', 'medical_stop', 'abandon', 'decision', 'warnings', 'draw', 'no_verdict',
     'double_disqualification')),
  CONSTRAINT official_bout_duration_plausible CHECK (duration_seconds BETWEEN 1 AND 7200),
  CONSTRAINT official_bout_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
  CONSTRAINT official_bout_publication_known CHECK (publication IN ('published', 'pending_review', 'held')),
  CONSTRAINT official_bout_decision_signed CHECK ((publication_decided_by IS NULL) = (publication_decided_at IS NULL))
);
CREATE INDEX official_bout_wrestler_a ON official_bout (wrestler_a_id, held_last);
CREATE INDEX official_bout_wrestler_b ON official_bout (wrestler_b_id, held_last);

-- A wrestler as other pages name him. `has_page` is false for stubs and for whoever is not published.
CREATE VIEW wrestler_brief AS
  SELECT w.id, w.ring_name AS name, w.is_stub, w.slug, NOT w.is_stub AND w.publication = 'published' AS has_page,
    -- The stable he is in as far as is known: the one entered last.
    (SELECT s.name FROM stable_membership m JOIN stable s ON s.id = m.stable_id
      WHERE m.wrestler_id = w.id AND NOT m.has_left ORDER BY m.id DESC LIMIT 1) AS stable
  FROM wrestler w;

-- The trace of imports is only ever added to.
CREATE TRIGGER import_run_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON import_run
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER import_row_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON import_row
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

GRANT SELECT ON wrestler_brief TO mbayar_app;
GRANT SELECT, INSERT ON import_run, import_row TO mbayar_app;
GRANT SELECT, INSERT ON stable, promoter, arena TO mbayar_app;
-- Other tables point at these two: nothing in them is deleted. A stub becomes a wrestler, keeping its id, when the file
-- comes to know him.
GRANT SELECT, INSERT ON wrestler, official_bout TO mbayar_app;
GRANT UPDATE (official_id, is_stub, slug, ring_name, search_name, legal_name, search_legal_name, born_on, birth_place,
    height_cm, weight_kg, status, debut_year, record_wins, record_losses, record_draws, record_no_verdicts, record_as_of,
    titles, notes, sources, confidence, publication, publication_decided_by, publication_decided_at, source_row,
    last_import_run_id)
  ON wrestler TO mbayar_app;
GRANT UPDATE (held_on, held_first, held_last, arena_id, wrestler_a_id, wrestler_b_id, found_a_id, found_b_id, result,
    winner_id, method, duration_seconds, title, promoter_id, initial_verdict, notes, sources, confidence,
    publication, publication_decided_by, publication_decided_at, source_row, last_import_run_id)
  ON official_bout TO mbayar_app;
-- Aliases and memberships follow the file or the office: a row that is no longer claimed goes.
GRANT SELECT, INSERT, DELETE ON wrestler_alias, stable_membership TO mbayar_app;
GRANT UPDATE (joined_on, left_on, has_left) ON stable_membership TO mbayar_app;
