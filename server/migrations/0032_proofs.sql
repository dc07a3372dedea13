-- Proofs: the chain of published roots, and the keys that sign receipts.

-- Every root that was published, in order. Each value holds all before it: none can be taken out or changed later.
CREATE TABLE root_chain (
  number bigint PRIMARY KEY,
  kind text NOT NULL,
  -- The market or the pool.
  subject_id int NOT NULL,
  leaf_count int NOT NULL,
  root bytea NOT NULL,
  published_at timestamptz NOT NULL,
  -- core/src/proof.ts, chainValue.
  value bytea NOT NULL,
  CONSTRAINT root_chain_number_positive CHECK (number > 0),
  CONSTRAINT root_chain_kind_known CHECK (kind IN ('market', 'pool')),
  CONSTRAINT root_chain_subject_once UNIQUE (kind, subject_id),
  CONSTRAINT root_chain_count CHECK (leaf_count >= 0),
  CONSTRAINT root_chain_hash_size CHECK (octet_length(root) = 32 AND octet_length(value) = 32)
);
-- The value that stood at an instant.
CREATE INDEX root_chain_published_at ON root_chain (published_at, number);
CREATE TRIGGER root_chain_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON root_chain
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Where the chain ends. Its one row is the lock of who publishes: taken after the market's or the pool's, and nothing
-- after it.
CREATE TABLE root_chain_head (
  is_only boolean PRIMARY KEY DEFAULT true,
  number bigint NOT NULL,
  value bytea NOT NULL,
  CONSTRAINT root_chain_head_only CHECK (is_only),
  CONSTRAINT root_chain_head_hash_size CHECK (octet_length(value) = 32)
);

-- The same as `chainValue` in core/src/proof.ts, by the database's own means: what the server wrote is checked by it.
CREATE FUNCTION root_chain_value(
  p_previous bytea, p_number bigint, p_kind text, p_subject int, p_leaves int, p_at timestamptz, p_root bytea
) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT sha256('\x02'::bytea || p_previous || int8send(p_number) || CASE p_kind WHEN 'market' THEN '\x4d'::bytea ELSE '\x50' END
    || int4send(p_subject) || int4send(p_leaves) || int8send(floor(extract(epoch FROM p_at) * 1000)::bigint) || p_root)
$$;

-- Roots that were published before there was a chain are its first.
DO $$
DECLARE
  v_number bigint := 0;
  v_value bytea := decode(repeat('00', 32), 'hex');
  v_market record;
BEGIN
  FOR v_market IN
    SELECT id, root, root_duel_count AS leaves, root_published_at AS at FROM market
    WHERE root IS NOT NULL ORDER BY root_published_at, id
  LOOP
    v_number := v_number + 1;
    v_value := root_chain_value(v_value, v_number, 'market', v_market.id, v_market.leaves, v_market.at, v_market.root);
    INSERT INTO root_chain VALUES (v_number, 'market', v_market.id, v_market.leaves, v_market.root, v_market.at, v_value);
  END LOOP;
  INSERT INTO root_chain_head (number, value) VALUES (v_number, v_value);
END $$;

GRANT SELECT, INSERT ON root_chain TO mbayar_app;
GRANT SELECT ON root_chain_head TO mbayar_app;
GRANT UPDATE (number, value) ON root_chain_head TO mbayar_app;

-- Keys that sign receipts. The public part stays for ever; the private part is sealed with a key that the database does
-- not have (server/src/data-cipher.ts), and goes when its key is replaced.
CREATE TABLE receipt_key (
  -- The first 16 hexadecimal digits of the SHA-256 of the public key.
  id text PRIMARY KEY,
  public_key bytea NOT NULL,
  sealed_private_key bytea,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  retired_at timestamptz,
  CONSTRAINT receipt_key_size CHECK (octet_length(public_key) = 32),
  CONSTRAINT receipt_key_named_by_itself CHECK (id = left(encode(sha256(public_key), 'hex'), 16)),
  CONSTRAINT receipt_key_retired_signs_nothing CHECK ((retired_at IS NULL) = (sealed_private_key IS NOT NULL))
);
CREATE UNIQUE INDEX receipt_key_one_signs ON receipt_key ((true)) WHERE retired_at IS NULL;

CREATE FUNCTION receipt_key_keep() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.retired_at IS NOT NULL
    OR (NEW.id, NEW.public_key, NEW.made_at) IS DISTINCT FROM (OLD.id, OLD.public_key, OLD.made_at) THEN
    RAISE EXCEPTION 'a published key is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_key_kept';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipt_key_kept BEFORE UPDATE OR DELETE ON receipt_key
  FOR EACH ROW EXECUTE FUNCTION receipt_key_keep();
REVOKE ALL ON FUNCTION receipt_key_keep() FROM PUBLIC;
GRANT SELECT, INSERT ON receipt_key TO mbayar_app;
GRANT UPDATE (sealed_private_key, retired_at) ON receipt_key TO mbayar_app;

-- What is wrong with the chain and with what it says of the markets, one row a finding; read beside ledger.find_faults().
-- That a root is the one of its bets is checked by the server (server/src/proofs/find-root-faults.ts).
CREATE FUNCTION find_proof_faults() RETURNS TABLE (fault text, detail text)
LANGUAGE sql STABLE AS $$
  SELECT 'chain_broken', format('root %s does not follow from root %s', c.number, c.number - 1)
  FROM (
    SELECT e.*, coalesce(lag(e.value) OVER w, decode(repeat('00', 32), 'hex')) AS previous, row_number() OVER w AS place
    FROM root_chain e WINDOW w AS (ORDER BY e.number)
  ) c
  WHERE c.number <> c.place
    OR c.value <> root_chain_value(c.previous, c.number, c.kind, c.subject_id, c.leaf_count, c.published_at, c.root)
  UNION ALL
  SELECT 'chain_cut', format('the chain says that it ends at root %s', h.number)
  FROM root_chain_head h LEFT JOIN (SELECT number, value FROM root_chain ORDER BY number DESC LIMIT 1) l ON true
  WHERE h.number <> coalesce(l.number, 0) OR h.value <> coalesce(l.value, decode(repeat('00', 32), 'hex'))
  UNION ALL
  SELECT 'root_not_chained', format('the root of market %s is not the one in the chain', m.id)
  FROM market m LEFT JOIN root_chain e ON e.kind = 'market' AND e.subject_id = m.id
  WHERE (m.root, m.root_duel_count, m.root_published_at) IS DISTINCT FROM (e.root, e.leaf_count, e.published_at)
  UNION ALL
  SELECT 'root_count_differs', format('market %s has %s bets, its root was made of %s', m.id, d.duels, m.root_duel_count)
  FROM market m CROSS JOIN LATERAL (SELECT count(*) AS duels FROM duel WHERE market_id = m.id) d
  WHERE m.root IS NOT NULL AND d.duels <> m.root_duel_count
$$;
REVOKE ALL ON FUNCTION root_chain_value(bytea, bigint, text, int, int, timestamptz, bytea), find_proof_faults() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION root_chain_value(bytea, bigint, text, int, int, timestamptz, bytea), find_proof_faults()
  TO mbayar_app;
