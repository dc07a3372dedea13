-- The state of the whole service, in one row that every node reads. In maintenance players are turned away at the door;
-- the office stays open, and what providers call about is stored.
CREATE TABLE service_state (
  is_the_row boolean PRIMARY KEY DEFAULT true,
  -- Null: open.
  maintenance_since timestamptz,
  CONSTRAINT service_state_one_row CHECK (is_the_row)
);
INSERT INTO service_state DEFAULT VALUES;
GRANT SELECT ON service_state TO mbayar_app;
GRANT UPDATE (maintenance_since) ON service_state TO mbayar_app;
