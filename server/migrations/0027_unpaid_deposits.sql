-- A deposit that nobody can pay any more counts against no limit: given up, or past the time its provider gives. Money
-- that comes all the same is credited, and counts from then on.
-- - deposit: came, or may still be paid. The rest as in 0015.
CREATE OR REPLACE FUNCTION play_used(p_player uuid, p_kind text, p_since timestamptz)
  RETURNS TABLE (used_xof bigint, oldest_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_made_since timestamptz;
BEGIN
  CASE p_kind
  WHEN 'stake' THEN
    RETURN QUERY SELECT coalesce(sum(s.stake_xof), 0)::bigint, min(s.made_at) FROM stakes_of(p_player, p_since) s;
  WHEN 'deposit' THEN
    RETURN QUERY SELECT coalesce(sum(d.amount_xof), 0)::bigint, min(coalesce(d.credited_at, d.requested_at))
      FROM deposit d
      WHERE d.player_id = p_player AND coalesce(d.credited_at, d.requested_at) >= p_since
        AND (d.state IN ('credited', 'review')
          OR (d.state = 'requested' AND coalesce(d.expires_at > clock_timestamp(), true)));
  ELSE
    -- No duel is older than its market's opening.
    v_made_since := least(
      (SELECT min(m.opened_at) FROM market m WHERE m.state IN ('open', 'suspended', 'closed', 'settling')),
      (SELECT min(m.opened_at) FROM settlement s JOIN market m ON m.id = s.market_id WHERE s.started_at >= p_since));
    RETURN QUERY
      SELECT (coalesce(sum(t.lost_xof), 0)
          + coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.player_id = p_player AND o.is_open), 0))::bigint,
        min(t.settled_at) FILTER (WHERE t.lost_xof > 0)
      FROM (
        SELECT d.stake_a_xof - coalesce(d.payout_a_xof, 0) AS lost_xof, s.started_at AS settled_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_a_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
        UNION ALL
        SELECT d.stake_b_xof - coalesce(d.payout_b_xof, 0), s.started_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_b_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
      ) t;
  END CASE;
END $$;
