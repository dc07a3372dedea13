-- Staff come in by invitation: a link, the phone shown by a code, and a second factor. Nothing works before all three.

-- Encrypted (base64url); what was written before is encrypted at its next use. Null: has to be enrolled anew.
ALTER TABLE staff ALTER COLUMN totp_secret DROP NOT NULL;
ALTER TABLE staff ADD COLUMN left_at timestamptz;
GRANT UPDATE (role, state, totp_secret, left_at) ON staff TO mbayar_app;

CREATE TABLE staff_invitation (
  -- The operation that invited. The link carries it, with a MAC.
  id uuid PRIMARY KEY,
  phone text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  -- A member who enrols a second factor anew; null for somebody who is to join.
  staff_id uuid REFERENCES staff (id),
  invited_by uuid NOT NULL REFERENCES staff (id),
  invited_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  -- Drawn when the phone was shown; encrypted.
  totp_secret text,
  used_at timestamptz,
  withdrawn_at timestamptz,
  CONSTRAINT staff_invitation_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT staff_invitation_role_known
    CHECK (role IN ('operator', 'support', 'finance', 'compliance', 'administrator', 'robot')),
  CONSTRAINT staff_invitation_one_fate CHECK (num_nonnulls(used_at, withdrawn_at) <= 1)
);
-- A phone has one invitation at a time.
CREATE UNIQUE INDEX staff_invitation_living ON staff_invitation (phone)
  WHERE used_at IS NULL AND withdrawn_at IS NULL;
GRANT SELECT, INSERT ON staff_invitation TO mbayar_app;
GRANT UPDATE (totp_secret, used_at, withdrawn_at) ON staff_invitation TO mbayar_app;

-- The last administrator stays one: nobody could let anybody in afterwards.
CREATE FUNCTION staff_keep_administrator() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.role = 'administrator' AND OLD.state = 'active' AND (NEW.role <> 'administrator' OR NEW.state <> 'active') THEN
    -- Two who would leave at once come one after the other.
    PERFORM 1 FROM staff s WHERE s.role = 'administrator' AND s.state = 'active' ORDER BY s.id FOR UPDATE;
    IF NOT EXISTS (SELECT FROM staff s WHERE s.role = 'administrator' AND s.state = 'active' AND s.id <> OLD.id) THEN
      RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_last_administrator';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER staff_administrator_kept BEFORE UPDATE OF role, state ON staff
  FOR EACH ROW EXECUTE FUNCTION staff_keep_administrator();
REVOKE ALL ON FUNCTION staff_keep_administrator() FROM PUBLIC;
