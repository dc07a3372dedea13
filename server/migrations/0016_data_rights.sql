-- Data rights: a copy of one's data, the end of an account, and the replacement of personal data by a pseudonym.

ALTER TABLE player
  DROP CONSTRAINT player_state_known,
  -- 'closing': its player has asked for the end. No bet, no deposit; what is his is on its way out.
  ADD CONSTRAINT player_state_known CHECK (state IN ('active', 'excluded', 'barred', 'closing', 'closed'));

-- After an erasure the print of an approved document may stay, where its person must not come back under another name.
ALTER TABLE identity_document
  DROP CONSTRAINT identity_document_whole,
  ADD CONSTRAINT identity_document_whole CHECK
    ((sealed IS NULL) = (erased_at IS NOT NULL) AND (number_print IS NOT NULL OR erased_at IS NOT NULL));

CREATE TABLE data_export (
  -- The operation that asked for it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ready_at timestamptz,
  -- Nobody can fetch it afterwards, and the file is taken out.
  expires_at timestamptz,
  -- The file, encrypted with a key that the database does not have.
  sealed bytea,
  fetched_count int NOT NULL DEFAULT 0,
  CONSTRAINT data_export_ready_whole CHECK (num_nulls(ready_at, expires_at) IN (0, 2)),
  CONSTRAINT data_export_file_when_ready CHECK (sealed IS NULL OR ready_at IS NOT NULL)
);
CREATE INDEX data_export_player ON data_export (player_id, asked_at);
CREATE INDEX data_export_kept ON data_export (expires_at) WHERE sealed IS NOT NULL;
CREATE INDEX data_export_to_build ON data_export (asked_at) WHERE ready_at IS NULL;

CREATE TABLE account_closure (
  -- The operation that asked for it.
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  -- waiting: for duels, or for money on its way. paying: his balance is on its way to his number. closed: done.
  state text NOT NULL DEFAULT 'waiting',
  -- What the account was before: who was barred stays barred.
  state_before text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamptz,
  -- The last payout, and how many there were.
  withdrawal_id uuid REFERENCES withdrawal (id),
  payout_count smallint NOT NULL DEFAULT 0,
  -- What a provider cannot pay out: it stays his, on his account in the ledger.
  remainder_xof bigint,
  -- When personal data are replaced by a pseudonym.
  erase_at timestamptz,
  -- Compliance keeps the data longer, and why.
  held_by uuid REFERENCES staff (id),
  held_at timestamptz,
  hold_reason text,
  erased_at timestamptz,
  CONSTRAINT account_closure_once UNIQUE (player_id),
  CONSTRAINT account_closure_state_known CHECK (state IN ('waiting', 'paying', 'closed')),
  CONSTRAINT account_closure_closed_whole CHECK
    (num_nulls(closed_at, remainder_xof, erase_at) = CASE WHEN state = 'closed' THEN 0 ELSE 3 END),
  CONSTRAINT account_closure_held_whole CHECK (num_nulls(held_by, held_at, hold_reason) IN (0, 3)),
  CONSTRAINT account_closure_erased_last CHECK (erased_at IS NULL OR (state = 'closed' AND held_at IS NULL))
);
CREATE INDEX account_closure_unended ON account_closure (asked_at) WHERE erased_at IS NULL;

GRANT SELECT, INSERT ON data_export, account_closure TO mbayar_app;
GRANT UPDATE (ready_at, expires_at, sealed, fetched_count) ON data_export TO mbayar_app;
GRANT UPDATE (state, closed_at, withdrawal_id, payout_count, remainder_xof, erase_at, held_by, held_at, hold_reason)
  ON account_closure TO mbayar_app;

CREATE SEQUENCE erased_player_number;

-- Replaces what names a person by a pseudonym. The ledger, bets, and the audit log keep the account's id, which names
-- nobody any more. True when it was done now; false when it is not to be done: not closed, not yet, held, money still on
-- its way, or done before. The application's role can erase in no other way.
CREATE FUNCTION erase_player(p_player uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_phone text;
  v_number text;
  v_stays_known boolean;
  -- A recycled number is somebody else's as well: what is kept by number is his.
  v_is_shared boolean;
BEGIN
  SELECT c.state_before = 'barred' OR EXISTS (
      SELECT FROM exclusion e WHERE e.player_id = p_player
        AND (e.returns_at IS NULL OR e.returns_at > clock_timestamp()))
    INTO v_stays_known
    FROM account_closure c
    WHERE c.player_id = p_player AND c.state = 'closed' AND c.erased_at IS NULL AND c.held_at IS NULL
      AND c.erase_at <= clock_timestamp()
    FOR NO KEY UPDATE;
  IF NOT FOUND
    OR EXISTS (SELECT FROM withdrawal w WHERE w.player_id = p_player AND w.ended_at IS NULL)
    OR EXISTS (SELECT FROM deposit d WHERE d.player_id = p_player AND (d.state = 'review'
      OR (d.state = 'requested' AND d.requested_at > clock_timestamp() - interval '30 days')))
    OR EXISTS (SELECT FROM account_case a WHERE a.player_id = p_player AND a.state <> 'decided')
  THEN
    RETURN false;
  END IF;
  SELECT phone INTO STRICT v_phone FROM player WHERE id = p_player FOR NO KEY UPDATE;
  v_is_shared := EXISTS (SELECT FROM player p WHERE p.phone = v_phone AND p.id <> p_player)
    OR EXISTS (SELECT FROM staff s WHERE s.phone = v_phone);
  v_number := lpad(nextval('erased_player_number')::text, 10, '0');
  -- No country has the code 999.
  UPDATE player SET phone = '+999' || v_number, pseudonym = 'Ancien-' || v_number, pseudonym_key = 'ancien' || v_number,
    birth_date = '1900-01-01', tier = 'phone', pin_hash = NULL, pin_set_at = NULL, pin_failure_count = 0,
    pin_failed_at = NULL, pin_blocked_until = NULL WHERE id = p_player;
  IF NOT v_is_shared THEN
    DELETE FROM phone_holder WHERE phone = v_phone;
    DELETE FROM one_time_code WHERE phone = v_phone;
    DELETE FROM sms WHERE phone = v_phone;
  END IF;
  UPDATE account_case SET phone = '+999' || v_number, new_phone = NULL, statement = '', proposal_reason =
      CASE WHEN proposal_reason IS NULL THEN NULL ELSE '' END, decision_reason = '' WHERE player_id = p_player;
  DELETE FROM passkey WHERE player_id = p_player;
  DELETE FROM session WHERE player_id = p_player;
  DELETE FROM player_notice WHERE player_id = p_player;
  DELETE FROM device WHERE player_id = p_player;
  DELETE FROM play_limit WHERE player_id = p_player;
  DELETE FROM reality_check WHERE player_id = p_player;
  DELETE FROM data_export WHERE player_id = p_player;
  DELETE FROM identity_picture WHERE document_id IN (SELECT id FROM identity_document WHERE player_id = p_player);
  UPDATE identity_document SET sealed = NULL, remark = NULL, erased_at = clock_timestamp(),
      number_print = CASE WHEN v_stays_known AND state = 'approved' THEN number_print END
    WHERE player_id = p_player AND erased_at IS NULL;
  UPDATE account_closure SET erased_at = clock_timestamp() WHERE player_id = p_player;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION erase_player(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_player(uuid) TO mbayar_app;
