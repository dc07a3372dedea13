-- Staff have roles by command; sessions know their device, their last use and their last second factor; the audit log
-- knows every kind of actor and where he was.

ALTER TABLE staff DROP CONSTRAINT staff_role_known;
ALTER TABLE staff ADD CONSTRAINT staff_role_known
  CHECK (role IN ('operator', 'support', 'finance', 'compliance', 'administrator', 'robot'));

ALTER TABLE session
  -- What lists and logs call it: neither the token nor its hash.
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- The bound device it was started on.
  ADD COLUMN device_id uuid,
  ADD COLUMN last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When its person last showed a second factor.
  ADD COLUMN stepped_up_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD CONSTRAINT session_id_once UNIQUE (id);
CREATE INDEX session_player ON session (player_id) WHERE ended_at IS NULL;
CREATE INDEX session_staff ON session (staff_id) WHERE ended_at IS NULL;
GRANT UPDATE (device_id, last_used_at, stepped_up_at) ON session TO mbayar_app;

-- `actor_id` is null for nobody: a refused log-in of a phone that no one has.
ALTER TABLE audit_entry RENAME COLUMN staff_id TO actor_id;
ALTER TABLE audit_entry ALTER COLUMN actor_id DROP NOT NULL;
ALTER TABLE audit_entry
  ADD COLUMN actor_kind text NOT NULL DEFAULT 'staff',
  ADD COLUMN address text,
  ADD COLUMN request_id text,
  ADD CONSTRAINT audit_entry_actor_known CHECK (actor_kind IN ('staff', 'player', 'system', 'command_line', 'nobody'));
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id);

-- One row for each proposed change of a setting. What is in force: of each name, the approved row whose time has come
-- last; without one, the default of core/src/settings.ts.
CREATE TABLE setting_change (
  -- The operation that proposed it.
  id uuid PRIMARY KEY,
  name text NOT NULL,
  value jsonb NOT NULL,
  reason text NOT NULL,
  effective_at timestamptz NOT NULL,
  proposed_by uuid NOT NULL REFERENCES staff (id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid REFERENCES staff (id),
  decided_at timestamptz,
  CONSTRAINT setting_change_decision_known CHECK (decision IN ('approved', 'refused', 'withdrawn')),
  CONSTRAINT setting_change_decided_whole CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
  CONSTRAINT setting_change_two_people CHECK (decision <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX setting_change_in_force ON setting_change (name, effective_at DESC, decided_at DESC) WHERE decision = 'approved';
GRANT SELECT, INSERT ON setting_change TO mbayar_app;
GRANT UPDATE (decision, decided_by, decided_at) ON setting_change TO mbayar_app;
