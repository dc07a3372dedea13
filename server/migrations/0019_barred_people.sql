-- Who may not bet whatever his account says: wrestlers, referees, promoters and those close to them. (Staff cannot have
-- an account at all: phone_holder.) Kept by compliance; refused at the bet, not only alerted.

-- Name and birth date of a document as a keyed fingerprint: finds a barred person, tells nothing without the key.
ALTER TABLE identity_document ADD COLUMN person_print bytea,
  ADD CONSTRAINT identity_document_person_print_size CHECK (octet_length(person_print) = 32);
CREATE INDEX identity_document_approved ON identity_document (player_id) WHERE state = 'approved';
GRANT UPDATE (person_print) ON identity_document TO mbayar_app;

CREATE TABLE barred_person (
  -- The operation that added him.
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  -- The wrestler of the catalogue that he is.
  wrestler_id int REFERENCES wrestler (id),
  phone text,
  number_print bytea,
  person_print bytea,
  reason text NOT NULL,
  -- Null: until somebody ends it.
  until_at timestamptz,
  added_by uuid NOT NULL REFERENCES staff (id),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_by uuid REFERENCES staff (id),
  ended_at timestamptz,
  CONSTRAINT barred_person_kind_known CHECK (kind IN ('wrestler', 'referee', 'promoter', 'close_to_staff', 'other')),
  CONSTRAINT barred_person_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT barred_person_print_sizes CHECK (octet_length(number_print) = 32 AND octet_length(person_print) = 32),
  -- Without one of them nobody could be recognised.
  CONSTRAINT barred_person_recognised CHECK (num_nonnulls(phone, number_print, person_print) >= 1),
  CONSTRAINT barred_person_lasts CHECK (until_at > added_at),
  CONSTRAINT barred_person_ended_whole CHECK (num_nonnulls(ended_by, ended_at) IN (0, 2))
);
CREATE INDEX barred_person_phone ON barred_person (phone) WHERE ended_at IS NULL;
CREATE INDEX barred_person_number ON barred_person (number_print) WHERE ended_at IS NULL;
CREATE INDEX barred_person_person ON barred_person (person_print) WHERE ended_at IS NULL;
GRANT SELECT, INSERT ON barred_person TO mbayar_app;
GRANT UPDATE (ended_by, ended_at) ON barred_person TO mbayar_app;

-- Who of these players is on the list now, by his phone or by an approved document.
CREATE OR REPLACE FUNCTION barred_players(p_players uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
  SELECT p.id FROM player p
  WHERE p.id = ANY (p_players)
    AND EXISTS (
      SELECT FROM barred_person b
      WHERE b.phone = p.phone AND b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > clock_timestamp()))
  UNION
  SELECT d.player_id FROM identity_document d
  WHERE d.player_id = ANY (p_players) AND d.state = 'approved'
    AND EXISTS (
      SELECT FROM barred_person b
      WHERE (b.number_print = d.number_print OR b.person_print = d.person_print)
        AND b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > clock_timestamp()))
$$;

CREATE OR REPLACE FUNCTION who_may_not_play(p_players uuid[]) RETURNS TABLE (player_id uuid, code text, until_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT e.player_id, CASE e.kind WHEN 'cool_off' THEN 'player_cooling_off' ELSE 'player_self_excluded' END, e.returns_at
  FROM exclusion e
  WHERE e.player_id = ANY (p_players) AND (e.returns_at IS NULL OR e.returns_at > clock_timestamp())
  UNION ALL
  SELECT p.id, CASE WHEN p.state <> 'active' THEN 'player_may_not_bet' ELSE 'player_under_age' END, NULL
  FROM player p
  WHERE p.id = ANY (p_players)
    AND (p.state <> 'active' OR p.birth_date > (clock_timestamp() - interval '18 years')::date)
  UNION ALL
  SELECT b.id, 'barred_person', NULL FROM barred_players(p_players) AS b (id)
$$;

-- What was erased is recognised by nothing any more.
CREATE FUNCTION identity_document_forget_person() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.person_print := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER identity_document_erased BEFORE UPDATE OF erased_at ON identity_document
  FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION identity_document_forget_person();
REVOKE ALL ON FUNCTION identity_document_forget_person() FROM PUBLIC;
