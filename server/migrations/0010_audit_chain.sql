-- The audit log as a chain: each entry is sealed with a hash over itself and all before it, by one worker at a time.

-- The transaction that wrote it. Below the oldest transaction still running nothing is added any more: that is how the
-- worker knows that it has seen all, though ids may be committed out of their order.
ALTER TABLE audit_entry ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_entry_written_by ON audit_entry (written_by, id);

CREATE TABLE audit_seal (
  seq bigint PRIMARY KEY,
  entry_id bigint NOT NULL,
  -- SHA-256 over the hash before and the entry's text (server/src/audit/chain.ts).
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT audit_seal_entry_once UNIQUE (entry_id),
  CONSTRAINT audit_seal_hash_once UNIQUE (hash),
  CONSTRAINT audit_seal_hash_size CHECK (octet_length(hash) = 32)
);
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Where the chain ends: a tail that was cut off is missed here. Its one row is the lock of the worker.
CREATE TABLE audit_head (
  is_only boolean PRIMARY KEY DEFAULT true,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  -- All that was written by transactions below is sealed.
  sealed_below xid8 NOT NULL,
  CONSTRAINT audit_head_only CHECK (is_only),
  CONSTRAINT audit_head_hash_size CHECK (octet_length(hash) = 32)
);
INSERT INTO audit_head (seq, hash, sealed_below) VALUES (0, decode(repeat('00', 32), 'hex'), '0');

GRANT SELECT, INSERT ON audit_seal TO mbayar_app;
GRANT SELECT ON audit_head TO mbayar_app;
GRANT UPDATE (seq, hash, sealed_below) ON audit_head TO mbayar_app;
