-- The erasure of a player reaches what payments know of him: the numbers that paid and were paid, and what providers sent.

CREATE OR REPLACE FUNCTION erase_player(p_player uuid) RETURNS boolean
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
    OR EXISTS (SELECT FROM incoming_payment i WHERE i.player_id = p_player AND i.state = 'review')
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
    DELETE FROM recipient_check WHERE phone = v_phone;
  END IF;
  -- Money keeps its way: amounts, providers and their transaction ids stay, the numbers go. His payments may have come
  -- from another number, and his withdrawals have gone to an earlier one: nothing will be looked up by either again.
  DELETE FROM recipient_check c USING withdrawal w
    WHERE w.player_id = p_player AND c.provider = w.provider AND c.phone = w.phone
      AND NOT EXISTS (SELECT FROM withdrawal o WHERE o.phone = w.phone AND o.player_id <> p_player);
  UPDATE withdrawal SET phone = '+999' || v_number, composed = NULL WHERE player_id = p_player;
  UPDATE statement_line l SET counterparty_phone = NULL WHERE counterparty_phone IS NOT NULL
    AND (l.payment_id IN (SELECT id FROM incoming_payment WHERE player_id = p_player)
      OR l.withdrawal_id IN (SELECT id FROM withdrawal WHERE player_id = p_player));
  -- What providers sent us word for word names who paid.
  UPDATE provider_callback SET body = '' WHERE body <> ''
    AND (reference IN (SELECT a.reference::text FROM deposit_attempt a JOIN deposit d ON d.id = a.deposit_id
                       WHERE d.player_id = p_player
                       UNION ALL SELECT id::text FROM withdrawal WHERE player_id = p_player)
      OR (provider, session) IN (SELECT d.provider, a.session FROM deposit_attempt a JOIN deposit d ON d.id = a.deposit_id
                     WHERE d.player_id = p_player AND a.session IS NOT NULL)
      OR (provider, transaction) IN (SELECT provider, transaction FROM incoming_payment WHERE player_id = p_player));
  UPDATE incoming_payment SET payer_phone = NULL WHERE player_id = p_player;
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
