-- The desk of a bout shows the commands on it.
CREATE INDEX audit_entry_target ON audit_entry (target, id);
