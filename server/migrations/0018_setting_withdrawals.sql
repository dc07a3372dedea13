-- A change of a setting that is to come can be withdrawn: who approved it stays written beside who withdrew it. One
-- change of a setting waits at a time. A change that is approved late takes effect when it is approved.

ALTER TABLE setting_change
  ADD COLUMN withdrawn_by uuid REFERENCES staff (id),
  ADD COLUMN withdrawn_at timestamptz,
  DROP CONSTRAINT setting_change_decision_known,
  ADD CONSTRAINT setting_change_decision_known CHECK (decision IN ('approved', 'refused')),
  ADD CONSTRAINT setting_change_withdrawn_whole CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2)),
  ADD CONSTRAINT setting_change_withdrawn_in_time
    CHECK (withdrawn_at IS NULL OR decision IS NULL OR (decision = 'approved' AND withdrawn_at < effective_at));

DROP INDEX setting_change_in_force;
CREATE INDEX setting_change_in_force ON setting_change (name, effective_at DESC, decided_at DESC)
  WHERE decision = 'approved' AND withdrawn_at IS NULL;
CREATE INDEX setting_change_history ON setting_change (name, proposed_at DESC, id DESC);
CREATE UNIQUE INDEX setting_change_one_waits ON setting_change (name) WHERE decision IS NULL AND withdrawn_at IS NULL;

GRANT UPDATE (effective_at, withdrawn_by, withdrawn_at) ON setting_change TO mbayar_app;

-- The journal is filtered by command.
CREATE INDEX audit_entry_command ON audit_entry (command, id);
