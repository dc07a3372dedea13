-- Bonus money that the house gives: to both sides of a referral, and back for a first bet that was lost.
-- Numbered after 0040, whose columns it reads.

-- Who signed up with whose code. Decided with the first bet of the new player that counts, once.
CREATE TABLE referral (
  player_id uuid PRIMARY KEY REFERENCES player (id),
  referrer_id uuid NOT NULL REFERENCES player (id),
  signed_up_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_at timestamptz,
  CONSTRAINT referral_two_people CHECK (player_id <> referrer_id)
);
CREATE INDEX referral_referrer ON referral (referrer_id, signed_up_at, player_id);

-- The first market or pool in which a player had money of his own and that ended with a result. It never changes: a
-- correction may turn its result, not which it was.
CREATE TABLE first_bet (
  player_id uuid PRIMARY KEY REFERENCES player (id),
  market_id int REFERENCES market (id),
  pool_id int REFERENCES pool (id),
  CONSTRAINT first_bet_of_one CHECK (num_nonnulls(market_id, pool_id) = 1)
);
CREATE INDEX first_bet_market ON first_bet (market_id) WHERE market_id IS NOT NULL;
CREATE INDEX first_bet_pool ON first_bet (pool_id) WHERE pool_id IS NOT NULL;

-- What was granted or refused, for ever: the id follows from the reason and the player, and names the transfer.
CREATE TABLE bonus_grant (
  id uuid PRIMARY KEY,
  player_id uuid NOT NULL REFERENCES player (id),
  reason text NOT NULL,
  -- Of a referral: the one who signed up.
  referred_id uuid REFERENCES referral (player_id),
  amount_xof bigint NOT NULL,
  refusal text,
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT bonus_grant_reason_known CHECK (reason IN ('referred', 'referrer', 'first_lost_bet')),
  CONSTRAINT bonus_grant_refusal_known CHECK (refusal IN ('may_not_play', 'linked', 'enough')),
  CONSTRAINT bonus_grant_amount_positive CHECK (amount_xof > 0),
  CONSTRAINT bonus_grant_of_referral CHECK ((referred_id IS NOT NULL) = (reason IN ('referred', 'referrer')))
);
CREATE UNIQUE INDEX bonus_grant_once ON bonus_grant (player_id, reason, coalesce(referred_id, player_id));
CREATE INDEX bonus_grant_day ON bonus_grant (decided_at) WHERE refusal IS NULL;

-- The bets of a market or a pool that had a result: what was staked of the player's own money, and what came back.
-- A void is none.
CREATE FUNCTION decided_bets(p_market int, p_pool int)
  RETURNS TABLE (player_id uuid, other_id uuid, own_xof bigint, payout_xof bigint)
LANGUAGE sql STABLE AS $$
  SELECT d.player_a_id, d.player_b_id, d.stake_a_xof - d.bonus_a_xof, d.payout_a_xof
  FROM duel d WHERE d.market_id = p_market AND d.outcome IN ('A', 'B')
  UNION ALL
  SELECT d.player_b_id, d.player_a_id, d.stake_b_xof - d.bonus_b_xof, d.payout_b_xof
  FROM duel d WHERE d.market_id = p_market AND d.outcome IN ('A', 'B')
  UNION ALL
  SELECT t.player_id, NULL, t.stake_xof - t.bonus_xof, t.payout_xof
  FROM pool_ticket t WHERE t.pool_id = p_pool AND t.outcome IN ('won', 'lost')
$$;

-- Whether money of a player's own ever came from outside.
CREATE FUNCTION has_deposited(p_player uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM player p JOIN ledger.posting o ON o.credit_account_id = p.available_account_id
    JOIN ledger.transfer t ON t.id = o.transfer_id
    WHERE p.id = p_player AND t.kind IN ('deposit_credited', 'suspense_credited'))
$$;

REVOKE ALL ON FUNCTION decided_bets(int, int), has_deposited(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decided_bets(int, int), has_deposited(uuid) TO mbayar_app;
GRANT SELECT, INSERT ON referral, first_bet, bonus_grant TO mbayar_app;
GRANT UPDATE (decided_at) ON referral TO mbayar_app;
