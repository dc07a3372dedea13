-- Rate limits that all nodes share: how much of a window is used, on the database's clock. Not logged: a crash empties
-- the table and every window starts anew, and counting waits for no disk.

CREATE UNLOGGED TABLE rate_count (
  key text PRIMARY KEY,
  ceiling integer NOT NULL,
  -- What the last ask wanted and what it was given.
  wanted integer NOT NULL,
  granted integer NOT NULL,
  taken integer NOT NULL,
  ends_at timestamptz NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_count TO mbayar_app;

-- What a node is given: what it wants, and a twentieth of what remains then to count by itself. The same rule is in
-- server/src/memory/shared-counts.ts and redis-counts.ts.
CREATE FUNCTION rate_lease(remaining integer, wanted integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN remaining <= wanted THEN greatest(remaining, 0) ELSE wanted + (remaining - wanted) / 20 END;
$$;

-- Takes from many windows at once, in the order of their keys, so that two nodes never wait for each other in a circle.
-- A key comes once in an ask. The clock is read once, before the rows are locked: a lease never outlives its window.
CREATE FUNCTION take_rate_counts(keys text[], ceilings integer[], windows_ms integer[], wants integer[])
RETURNS TABLE (key text, granted integer, ends_in_ms integer) LANGUAGE sql AS $$
  INSERT INTO rate_count AS known (key, ceiling, wanted, granted, taken, ends_at)
  SELECT a.key, a.ceiling, a.wanted, rate_lease(a.ceiling, a.wanted), rate_lease(a.ceiling, a.wanted),
    statement_timestamp() + a.window_ms * interval '1 millisecond'
  FROM unnest(keys, ceilings, windows_ms, wants) AS a (key, ceiling, window_ms, wanted)
  ORDER BY a.key
  ON CONFLICT ON CONSTRAINT rate_count_pkey DO UPDATE SET
    ceiling = excluded.ceiling,
    wanted = excluded.wanted,
    granted = CASE WHEN known.ends_at > statement_timestamp()
      THEN rate_lease(excluded.ceiling - known.taken, excluded.wanted) ELSE excluded.granted END,
    taken = CASE WHEN known.ends_at > statement_timestamp()
      THEN known.taken + rate_lease(excluded.ceiling - known.taken, excluded.wanted) ELSE excluded.taken END,
    ends_at = CASE WHEN known.ends_at > statement_timestamp() THEN known.ends_at ELSE excluded.ends_at END
  RETURNING known.key, known.granted,
    greatest(1, extract(epoch FROM known.ends_at - statement_timestamp()) * 1000)::integer;
$$;
